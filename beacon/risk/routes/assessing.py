"""Assessing a risk, setting its level, and MARAC."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import queries as cases
from beacon.core import clock
from beacon.core.errors import NotFound
from beacon.risk import commands, queries
from beacon.risk.forms import AssessForm, HeardForm, LevelForm, MaracForm
from beacon.risk.models import MaracReferral
from beacon.risk.routes.ground import back, bp, page, taken, the_case
from beacon.risk.terms import RiskPermission, RiskTool
from beacon.web.guard import permission_required

WORK = RiskPermission.WORK


@bp.route("/risk/assess/<string:tool>", methods=["GET", "POST"])
@permission_required(WORK)
def assess(reference: str, tool: str) -> ResponseReturnValue:
    """Record an assessment: the person's own judgement first, then the questions."""
    case, what = the_case(reference), _tool(tool)
    form = AssessForm.of(what, queries.wording_of(what), at=clock.now())
    if form.submitted_well() and taken(
        form,
        lambda: commands.assess_risk(case, form.given(), at=form.at.data, actor=current_user.actor),
        "The assessment is recorded.",
    ):
        return back(case)
    return page(
        "risk/assess.html",
        case,
        form=form,
        tool=what,
        standing=queries.standing_of(case.id),
        last_marac_on=queries.last_marac_on(case),
        limits=queries.thresholds(),
    )


@bp.route("/risk/level", methods=["GET", "POST"])
@permission_required(WORK)
def set_level(reference: str) -> ResponseReturnValue:
    """Set the level by a decision of one's own, the only way in which it is lowered."""
    case = the_case(reference)
    form = LevelForm()
    if form.submitted_well() and taken(
        form,
        lambda: commands.set_level(
            case, form.level.data, reason=form.reason.data, actor=current_user.actor
        ),
        "The level is recorded with your reason.",
    ):
        return back(case)
    return page("risk/level.html", case, form=form, standing=queries.standing_of(case.id))


@bp.route("/risk/marac/new", methods=["GET", "POST"])
@permission_required(WORK)
def refer_to_marac(reference: str) -> ResponseReturnValue:
    """Record a referral to MARAC."""
    case = the_case(reference)
    risk = queries.risk_of(current_user.actor, case)
    latest = risk.assessments[0].row if risk.assessments else None
    held = [one.ground for one in latest.grounds] if latest else []
    form = MaracForm(referred_on=clock.today(), grounds=held)
    if form.submitted_well() and taken(
        form,
        lambda: commands.refer_to_marac(case, form.given(), actor=current_user.actor),
        "The referral to MARAC is recorded.",
    ):
        return back(case, "marac")
    return page("risk/marac.html", case, form=form, latest=latest, last=queries.last_marac_on(case))


@bp.route("/risk/marac/<int:marac_id>", methods=["GET", "POST"])
@permission_required(WORK)
def record_marac(reference: str, marac_id: int) -> ResponseReturnValue:
    """Record when MARAC meets, and what came of it."""
    case = the_case(reference)
    row = cases.row_of(current_user.actor, case, MaracReferral, marac_id)
    form = HeardForm.of(row)
    if form.submitted_well() and taken(
        form,
        lambda: commands.record_marac(case, row, form.heard(), actor=current_user.actor),
        "Recorded.",
    ):
        return back(case, "marac")
    return page("risk/marac_record.html", case, form=form, row=row)


def _tool(word: str) -> RiskTool:
    found = next((tool for tool in RiskTool if tool.value == word), None)
    if found is None:
        raise NotFound
    return found
