"""The work with a victim: contacts, needs, milestones, and what else is to be done."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.cases import commands, queries
from beacon.cases.forms import (
    ContactForm,
    MilestoneForm,
    NeedsForm,
    ProposalAsideForm,
    ProposalForm,
    WithdrawForm,
)
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.cases.terms import CasePermission, Stage
from beacon.core import clock
from beacon.core.errors import NotFound
from beacon.people import queries as people
from beacon.web.guard import permission_required

INVESTIGATION = "investigation"


@bp.route("/<string:reference>/contacts/new", methods=["GET", "POST"])
@permission_required(CasePermission.CONTACT)
def log_contact(reference: str) -> ResponseReturnValue:
    """Record a contact or an attempt."""
    case = the_case(reference)
    form = ContactForm(at=clock.now())
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.log_contact(case, **form.answers(), actor=current_user.actor),
        case,
    ):
        flash("The contact is recorded.")
        return to_case(case, "contacts")
    card = people.contact_card(current_user.actor, case.victim)
    return form_page("cases/contact.html", case, form, card=card, cautions=queries.cautions(card))


@bp.route("/<string:reference>/needs/new", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def assess_needs(reference: str) -> ResponseReturnValue:
    """Score the eight categories of need."""
    case = the_case(reference)
    before = queries.assessments_of(current_user.actor, case)
    started = any(one.stage is Stage.START for one in before)
    form = NeedsForm(at=clock.now(), stage=Stage.REVIEW if started else Stage.START)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.assess_needs(
            case,
            stage=form.stage.data,
            answers=form.given(),
            at=form.at.data,
            actor=current_user.actor,
        ),
        case,
    ):
        flash("The needs assessment is recorded.")
        return to_case(case, "needs")
    lines = {line.category: line for line in queries.need_lines(before)}
    return form_page("cases/needs.html", case, form, lines=lines)


@bp.route("/<string:reference>/milestones/new", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def record_milestone(reference: str) -> ResponseReturnValue:
    """Record what happened to the investigation; the Code's duties follow by themselves."""
    case = the_case(reference)
    form = MilestoneForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.record_milestone(case.crime, **form.answers(), actor=current_user.actor),
        case,
    ):
        flash("Recorded. What the victim must now be told is below.")
        return to_case(case, "to-tell")
    return form_page("cases/milestone.html", case, form)


@bp.route("/<string:reference>/milestones/<int:milestone_id>/take-back", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def take_back(reference: str, milestone_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    case = the_case(reference)
    milestone = queries.get_milestone(current_user.actor, case, milestone_id)
    form = WithdrawForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.withdraw_milestone(
            milestone, reason=form.reason.data, actor=current_user.actor
        ),
        case,
    ):
        flash("Taken back.")
        return to_case(case, INVESTIGATION)
    return form_page("cases/take_back.html", case, form, milestone=milestone)


@bp.route("/<string:reference>/proposals/<int:proposal_id>", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def confirm_proposal(reference: str, proposal_id: int) -> ResponseReturnValue:
    """Give the moment of what the police feed told of."""
    case = the_case(reference)
    proposal = queries.get_proposal(current_user.actor, case, proposal_id)
    kind = proposal.status.milestone
    if kind is None or proposal.decided_at is not None:
        raise NotFound
    form = ProposalForm.of(proposal.id)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.record_milestone(
            case.crime, kind=kind, at=form.at.data, actor=current_user.actor
        ),
        case,
    ):
        flash("Recorded. What the victim must now be told is below.")
        return to_case(case, "to-tell")
    return form_page("cases/proposal.html", case, form, proposal=proposal)


@bp.route("/<string:reference>/proposals/<int:proposal_id>/set-aside", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def set_proposal_aside(reference: str, proposal_id: int) -> ResponseReturnValue:
    """Say why what the police feed told of is not recorded."""
    case = the_case(reference)
    proposal = queries.get_proposal(current_user.actor, case, proposal_id)
    form = ProposalAsideForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.set_proposal_aside(
            proposal, reason=form.reason.data, actor=current_user.actor
        ),
        case,
    ):
        flash("Set aside.")
        return to_case(case, INVESTIGATION)
    return form_page("cases/set_aside.html", case, form, proposal=proposal)


@bp.route("/<string:reference>/tasks/<int:task_id>/done", methods=["POST"])
@permission_required(CasePermission.WORK)
def finish_task(reference: str, task_id: int) -> ResponseReturnValue:
    """Record that something is done."""
    case = the_case(reference)
    task = queries.get_task(current_user.actor, case, task_id)
    commands.finish_task(task, actor=current_user.actor)
    flash("Done.")
    return to_case(case, "to-do")
