"""Looking at hearings: a day's list, one hearing, a defendant's whole number."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.core import clock
from beacon.core.actor import reader
from beacon.courts import queries
from beacon.courts.forms import DayForm
from beacon.courts.routes.blueprint import bp
from beacon.courts.terms import CourtPermission
from beacon.web.guard import permission_required


@bp.route("/hearings/")
@permission_required(CourtPermission.READ)
def day_list() -> ResponseReturnValue:
    """The hearings of one day, each with its text or why there is none."""
    form = DayForm(day=clock.today())
    form.court.choices = [("", "Every court"), *court_choices()]
    asked_well = form.asked_well()
    day = (form.day.data if asked_well else None) or clock.today()
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    listed = queries.hearings_on(actor, day, court=(form.court.data or "") if asked_well else "")
    before, after = queries.days_with_hearings(actor, day)
    audit.shown(actor, "hearing", [row.id for row in listed.rows], ("defendant name",))
    return render_template(
        "courts/day.html",
        form=form,
        listed=listed,
        before=before,
        after=after,
        may_manage=current_user.may(CourtPermission.MANAGE),
    )


@bp.route("/hearings/<int:hearing_id>")
@permission_required(CourtPermission.READ)
def hearing(hearing_id: int) -> ResponseReturnValue:
    """One hearing with its defendant, its text and its history."""
    actor = reader(current_user.actor)
    audit.keep_pace(actor, Pace.CASES)
    page = queries.hearing_page(actor, hearing_id)
    audit.shown(
        actor, "hearing", [hearing_id], ("defendant name", "date of birth", "special measures")
    )
    return render_template(
        "courts/hearing.html",
        page=page,
        hearing=page.hearing,
        witnesses=queries.witnesses_of(actor, hearing_id),
        may_call=current_user.may(CourtPermission.CALL),
        may_manage=current_user.may(CourtPermission.MANAGE),
        today=clock.today(),
        whole_number=None,
    )


@bp.route("/hearings/<int:hearing_id>/number", methods=["POST"])
@permission_required(CourtPermission.REVEAL)
def number(hearing_id: int) -> ResponseReturnValue:
    """Show the defendant's whole number; who asked is written down first."""
    actor = current_user.actor
    audit.keep_pace(actor, Pace.CASES)
    page = queries.hearing_page(actor, hearing_id)
    person = page.hearing.defendant
    audit.shown(actor, "defendant", [person.id], ("mobile",), action="defendant.number_shown")
    if not page.mobile:
        flash("No number is recorded.", "error")
    return render_template(
        "courts/hearing.html",
        page=page,
        hearing=page.hearing,
        witnesses=queries.witnesses_of(actor, hearing_id),
        may_call=current_user.may(CourtPermission.CALL),
        may_manage=current_user.may(CourtPermission.MANAGE),
        today=clock.today(),
        whole_number=page.mobile or None,
    )


def court_choices() -> list[tuple[str, str]]:
    """Every court, the county's own first, as a list to choose from."""
    return [(court.code, court.name) for court in queries.courts()]
