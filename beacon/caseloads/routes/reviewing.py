"""Reviews of cases: how the work was done, recorded by a leader and read by the manager."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.caseloads import commands, queries
from beacon.caseloads.forms import ReviewForm
from beacon.caseloads.routes.ground import LEAD, OWN, bp, carried_out, reviewing
from beacon.caseloads.terms import ReviewQuestion
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.core.together import Asking, asking
from beacon.web.forms import OrderForm
from beacon.web.guard import permission_required


@reviewing.route("/<string:reference>/supervision", methods=["GET", "POST"])
@permission_required(LEAD)
def review(reference: str) -> ResponseReturnValue:
    """Record how one case was done, and what was agreed with its manager."""
    case, form = cases.get_case(current_user.actor, reference), ReviewForm()
    if (
        form.submitted_well()
        and form.has_its_days()
        and carried_out(
            form, lambda: commands.review_case(case, form.found(), actor=current_user.actor)
        )
    ):
        flash("The review is recorded. The case manager sees it.")
        return redirect(url_for("cases.show", reference=case.reference, _anchor="supervision"))
    audit.shown(current_user.actor, "case_file", [case.id], ("people.name",), action="case.shown")
    return render_template("caseloads/review.html", case=case, form=form, questions=ReviewQuestion)


@bp.post("/reviews/<int:supervision_id>/seen")
@permission_required(OWN)
def see_review(supervision_id: int) -> ResponseReturnValue:
    """The manager has read a review of their own work."""
    found = queries.get_own_review(current_user.actor, supervision_id)
    if OrderForm().submitted_well():
        commands.see_review(found, actor=current_user.actor)
        flash("Recorded as read.")
    return redirect(url_for("workload.own"))


@bp.post("/actions/<int:agreed_id>/done")
@permission_required(OWN)
def finish_action(agreed_id: int) -> ResponseReturnValue:
    """What was agreed in a review is done."""
    found = queries.get_action(current_user.actor, agreed_id)
    if OrderForm().submitted_well():
        commands.finish_action(found, actor=current_user.actor)
        flash("Recorded as done.")
    return redirect(url_for("workload.own"))


@asking
def panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """The reviews of a case, for its leaders and for the manager whose work was looked at."""
    lines = yield from queries.reviews_of_case.ask(actor, case)
    leads = Role.TEAM_LEADER in actor.roles and case.manager_id not in {None, actor.id}
    if not lines and not (leads and case.is_open):
        return None
    return render_template(
        "caseloads/_reviews.html",
        case=case,
        lines=lines,
        may_review=leads and case.is_open and not actor.is_reading,
        today=clock.today(),
        own_id=actor.id,
        with_case=False,
    )


@asking
def cover_panel(case: CaseFile, actor: Actor) -> Asking[str | None]:
    """Who answers for the case today in its manager's place."""
    line = yield from queries.cover_of.ask(case)
    if line is None:
        return None
    return render_template("caseloads/_covered.html", line=line, is_you=line.cover_id == actor.id)
