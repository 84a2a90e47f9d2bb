"""Safeguarding concerns and modern slavery."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.core import clock
from beacon.risk import commands, rules
from beacon.risk.forms import CheckForm, ConcernForm, SlaveryForm, SlaveryStepForm
from beacon.risk.models import SafeguardingConcern, SlaveryReferral
from beacon.risk.routes.ground import back, bp, page, taken, the_case
from beacon.risk.terms import ConcernKind, RiskPermission
from beacon.web.guard import permission_required

WORK = RiskPermission.WORK


@bp.route("/safeguarding/new", methods=["GET", "POST"])
@permission_required(WORK)
def raise_concern(reference: str) -> ResponseReturnValue:
    """Record a safeguarding concern that was passed on."""
    case = the_case(reference)
    form = ConcernForm(made_at=clock.now())
    if form.submitted_well() and taken(
        form,
        lambda: commands.raise_concern(case, form.given(), actor=current_user.actor),
        "The concern is recorded. It stands at the top of every screen of this case.",
    ):
        return back(case, "safeguarding")
    return page("risk/concern.html", case, form=form, kinds=list(ConcernKind))


@bp.route("/safeguarding/<int:concern_id>", methods=["GET", "POST"])
@permission_required(WORK)
def check_concern(reference: str, concern_id: int) -> ResponseReturnValue:
    """Record how a concern stands now."""
    case = the_case(reference)
    concern = cases.row_of(current_user.actor, case, SafeguardingConcern, concern_id)
    form = CheckForm(on=clock.today())
    if form.submitted_well() and taken(
        form,
        lambda: commands.check_concern(case, concern, form.given(), actor=current_user.actor),
        "Recorded.",
    ):
        return back(case, "safeguarding")
    return page("risk/check.html", case, form=form, concern=concern)


@bp.route("/slavery/new", methods=["GET", "POST"])
@permission_required(WORK)
def record_slavery(reference: str) -> ResponseReturnValue:
    """Record what is known of a potential victim of modern slavery."""
    case = the_case(reference)
    form = SlaveryForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_slavery(case, form.given(), actor=current_user.actor),
        "Recorded.",
    ):
        return back(case, "modern-slavery")
    is_child = rules.born_under_18(case.victim.date_of_birth, clock.today())
    return page("risk/slavery.html", case, form=form, is_child=is_child)


@bp.route("/slavery/<int:slavery_id>", methods=["GET", "POST"])
@permission_required(WORK)
def slavery_step(reference: str, slavery_id: int) -> ResponseReturnValue:
    """Record what has happened with the referral, or put a step right."""
    case = the_case(reference)
    row = cases.row_of(current_user.actor, case, SlaveryReferral, slavery_id)
    form = SlaveryStepForm.of(row)
    if form.submitted_well() and taken(
        form,
        lambda: commands.take_slavery_step(case, row, form.given(), actor=current_user.actor),
        "Recorded.",
    ):
        return back(case, "modern-slavery")
    return page("risk/slavery_step.html", case, form=form, row=row)
