"""Anti-social behaviour: incidents, their reports, and the application for a Case Review."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.core import clock
from beacon.risk import commands, queries
from beacon.risk.forms import ApplicationForm, IncidentForm, ReportForm, TakeBackForm
from beacon.risk.models import AsbApplication, AsbIncident
from beacon.risk.routes.ground import back, bp, page, taken, the_case
from beacon.risk.terms import RiskPermission
from beacon.web.guard import permission_required

WORK = RiskPermission.WORK
PART = "asb"


@bp.route("/asb/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_incident(reference: str) -> ResponseReturnValue:
    """Record something that happened, with its first report where there is one."""
    case = the_case(reference)
    form = IncidentForm(on=clock.today())
    if (
        form.submitted_well()
        and form.is_whole()
        and taken(
            form,
            lambda: commands.record_incident(case, form.given(), actor=current_user.actor),
            "The incident is recorded.",
        )
    ):
        return back(case, PART)
    return page("risk/incident.html", case, form=form)


@bp.route("/asb/<int:incident_id>/report", methods=["GET", "POST"])
@permission_required(WORK)
def record_report(reference: str, incident_id: int) -> ResponseReturnValue:
    """Record that an incident was reported, perhaps to a second agency."""
    case = the_case(reference)
    row = cases.row_of(current_user.actor, case, AsbIncident, incident_id)
    form = ReportForm(reported_on=clock.today())
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_report(case, row, form.report(), actor=current_user.actor),
        "The report is recorded.",
    ):
        return back(case, PART)
    return page("risk/report.html", case, form=form, row=row)


@bp.route("/asb/<int:incident_id>/take-back", methods=["GET", "POST"])
@permission_required(WORK)
def take_incident_back(reference: str, incident_id: int) -> ResponseReturnValue:
    """Take back an incident that was recorded by mistake."""
    case = the_case(reference)
    row = cases.row_of(current_user.actor, case, AsbIncident, incident_id)
    form = TakeBackForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.take_incident_back(
            case, row, reason=form.reason.data, actor=current_user.actor
        ),
        "Taken back. It stays, and counts no more.",
    ):
        return back(case, PART)
    return page("risk/take_back.html", case, form=form, row=row)


@bp.route("/asb/apply", methods=["GET", "POST"])
@permission_required(WORK)
def prepare_application(reference: str) -> ResponseReturnValue:
    """Prepare an application for a Case Review, to be printed."""
    case = the_case(reference)
    form = ApplicationForm(district=queries.known_district(case.crime.district))
    if form.submitted_well() and taken(
        form,
        lambda: commands.prepare_application(case, form.given(), actor=current_user.actor),
        "The application is prepared. Print it, and send it to the council.",
    ):
        return back(case, PART)
    asb = queries.asb_of(current_user.actor, case, clock.today(), form.district.data or "")
    return page("risk/apply.html", case, form=form, asb=asb)


@bp.route("/asb/applications/<int:application_id>")
@permission_required(WORK)
def application(reference: str, application_id: int) -> ResponseReturnValue:
    """An application with its facts, as it is printed."""
    opened = cases.open_to(current_user.actor, reference)
    row = cases.row_of(opened.viewer, opened.case, AsbApplication, application_id)
    asb = queries.asb_of(opened.viewer, opened.case, row.prepared_on, row.district)
    return page("risk/application.html", opened.case, viewer=opened.viewer, row=row, asb=asb)
