"""The charge on a case, and the hearings on its page."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.rules import Happened, doubts
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.core.roles import may
from beacon.core.together import Asking, asking
from beacon.courts import commands, queries
from beacon.courts.forms import INITIATIONS, REMANDS, ChargeForm
from beacon.courts.routes.blueprint import bp
from beacon.courts.routes.looking import court_choices
from beacon.courts.terms import CourtPermission
from beacon.entitlements.terms import Milestone
from beacon.web.guard import permission_required


@bp.route("/cases/<string:reference>/charge", methods=["GET", "POST"])
@permission_required(CourtPermission.RECORD)
def record_charge(reference: str) -> ResponseReturnValue:
    """Record that a suspect was charged, with the first hearing."""
    case = cases.get_case(current_user.actor, reference)
    form = ChargeForm(type_code="FH")
    form.court.choices = [("", "Choose a court"), *court_choices()]
    form.type_code.choices = type_choices()
    form.remand.choices, form.initiation.choices = REMANDS, INITIATIONS
    if form.submitted_well() and _is_sure(form, case):
        try:
            commands.record_charge(case, form.charge(), at=form.when(), actor=current_user.actor)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _recorded(form, case)
    audit.shown(current_user.actor, "case_file", [case.id], ("reference",))
    return render_template("courts/record_charge.html", form=form, case=case)


def _is_sure(form: ChargeForm, case: CaseFile) -> bool:
    """Whether charge and hearing are in their order and new, or somebody says that it is right."""
    charged = doubts(Milestone.CHARGED, form.when(), cases.recorded_of(case))
    listed = queries.doubts_of_first(
        case.crime.reference_key, form.last_name.data, form.type_code.data, form.held_on.data
    )
    return form.is_sure([*charged, *listed], form.charged_at if charged else form.held_on)


def _recorded(form: ChargeForm, case: CaseFile) -> ResponseReturnValue:
    """Back to the case; whoever records the charge of a defendant twice is told that it stands."""
    if Happened(Milestone.CHARGED, form.when()) in cases.recorded_of(case):
        flash("Charge recorded. The victim must now be told.")
    else:
        flash("This defendant's charge is recorded already, for another moment, which stands.")
    return redirect(url_for("cases.show", reference=case.reference))


def type_choices() -> list[tuple[str, str]]:
    """The types of hearing, as a list to choose from."""
    return [(code, f"{kind.name} ({code})") for code, kind in queries.hearing_types().items()]


@asking
def hearings_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The hearings of a case's crime, on the page of the case: never a defendant's number."""
    rows = yield from queries.hearings_of_crime.ask(actor, case.crime.reference_key)
    return render_template(
        "courts/panel.html",
        case=case,
        rows=rows,
        may_record=case.is_open
        and not actor.is_reading
        and may(actor.roles, CourtPermission.RECORD),
    )
