"""The work with a victim: contacts, needs, milestones, and what else is to be done."""

from __future__ import annotations

from flask import Response, flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.cases import commands, days_off, queries
from beacon.cases.forms import (
    RECORDED_ELSEWHERE,
    ContactForm,
    MilestoneForm,
    NeedsForm,
    ProposalAsideForm,
    ProposalForm,
    WithdrawForm,
)
from beacon.cases.models import CaseFile, CaseTask, CrimeMilestone, ProposedMilestone
from beacon.cases.promising import Said
from beacon.cases.routes.ground import bp, carried_out, form_page, the_case, to_case
from beacon.cases.rules import Happened, doubts
from beacon.cases.terms import CasePermission, Stage
from beacon.core import clock, scope
from beacon.core.errors import NotFound
from beacon.entitlements.terms import Milestone
from beacon.people import queries as people
from beacon.web import charts
from beacon.web.guard import permission_required

INVESTIGATION = "investigation"
MOST_NEED = 5
# Each category in a word, as a drawing has room for it, in their own order.
IN_A_WORD = (
    "Health", "Shelter", "Family", "Education", "Substances", "Finance", "Outlook", "Social",
)  # fmt: skip


@bp.route("/<string:reference>/contacts/new", methods=["GET", "POST"])
@permission_required(CasePermission.CONTACT)
def log_contact(reference: str) -> ResponseReturnValue:
    """Record a contact or an attempt."""
    case = the_case(reference)
    form = ContactForm(at=clock.now())
    if (
        form.submitted_well()
        and form.is_whole()
        and form.is_sure(_doubts(case, form.promised), form.promise_by)
        and carried_out(
            form,
            lambda: commands.log_contact(
                case, **form.contact(), promised=form.promised, actor=current_user.actor
            ),
            case,
        )
    ):
        flash("The contact is recorded.")
        return to_case(case, "contacts")
    card = people.contact_card(current_user.actor, case.victim)
    return form_page("cases/contact.html", case, form, card=card, cautions=queries.cautions(card))


def _doubts(case: CaseFile, promised: Said | None) -> list[str]:
    return days_off.doubts(case, promised.due_on) if promised else []


@bp.route("/<string:reference>/needs/new", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def assess_needs(reference: str) -> ResponseReturnValue:
    """Score the eight categories of need."""
    case = the_case(reference)
    before = queries.assessments_of(current_user.actor, case)
    started = any(one.stage is Stage.START for one in before)
    form = NeedsForm(at=clock.now(), stage=_stage(started=started))
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


@bp.route("/<string:reference>/needs/distance.svg")
@permission_required(CasePermission.READ)
def needs_chart(reference: str) -> ResponseReturnValue:
    """How far a victim has come, drawn: a pair of bars for each category (domain.md RULE 2.1)."""
    opened = queries.open_to(current_user.actor, reference)
    actor, case = opened.viewer, opened.case
    if not scope.may_see(actor, "cases.needs"):
        raise NotFound
    lines = queries.need_lines(queries.assessments_of(actor, case))
    audit.shown(actor, "case_file", [case.id], ("cases.needs",), action="case.shown")
    drawn = charts.pairs(
        IN_A_WORD,
        [line.start.score if line.start else None for line in lines],
        [line.last.score if line.last else None for line in lines],
        most=MOST_NEED,
    )
    return Response(drawn, mimetype="image/svg+xml")


def _stage(*, started: bool) -> Stage:
    """The stage that is meant: that of the address, such as the close; else the next there is."""
    if request.args.get("stage") == Stage.CLOSE.value:
        return Stage.CLOSE
    return Stage.REVIEW if started else Stage.START


@bp.route("/<string:reference>/milestones/new", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def record_milestone(reference: str) -> ResponseReturnValue:
    """Record what happened to the investigation; the Code's duties follow by themselves."""
    case = the_case(reference)
    form = MilestoneForm(kind=_kind_asked_for())
    before = queries.recorded_of(case)
    if (
        form.submitted_well()
        and form.is_sure(doubts(form.kind.data, form.at.data, before), form.at)
        and carried_out(
            form,
            lambda: commands.record_milestone(
                case.crime,
                kind=form.kind.data,
                at=form.at.data,
                received_at=form.received_at.data,
                actor=current_user.actor,
            ),
            case,
        )
    ):
        return _recorded(case, Happened(form.kind.data, form.at.data), before)
    return form_page("cases/milestone.html", case, form)


def _kind_asked_for() -> Milestone | None:
    """What the address says has happened, such as after an answer; none where it names nothing."""
    word = request.args.get("kind", "")
    offered = {kind.value: kind for kind in Milestone if kind not in RECORDED_ELSEWHERE}
    return offered.get(word)


def _recorded(case: CaseFile, new: Happened, before: list[Happened]) -> ResponseReturnValue:
    """Back to the case; whoever records a thing twice is told that it was there."""
    if new in before:
        flash("That was recorded already for this moment. It is not recorded twice.")
    else:
        flash("Recorded. What the victim must now be told is below.")
    return to_case(case, "to-tell")


@bp.route("/<string:reference>/milestones/<int:milestone_id>/take-back", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def take_back(reference: str, milestone_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    case = the_case(reference)
    milestone = queries.row_of(current_user.actor, case, CrimeMilestone, milestone_id)
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
    proposal = queries.row_of(current_user.actor, case, ProposedMilestone, proposal_id)
    kind = proposal.status.milestone
    if kind is None or proposal.decided_at is not None:
        raise NotFound
    form = ProposalForm.of(proposal.id)
    before = queries.recorded_of(case)
    if (
        form.submitted_well()
        and form.is_sure(doubts(kind, form.at.data, before), form.at)
        and carried_out(
            form,
            lambda: commands.record_milestone(
                case.crime, kind=kind, at=form.at.data, actor=current_user.actor
            ),
            case,
        )
    ):
        return _recorded(case, Happened(kind, form.at.data), before)
    return form_page("cases/proposal.html", case, form, proposal=proposal)


@bp.route("/<string:reference>/proposals/<int:proposal_id>/set-aside", methods=["GET", "POST"])
@permission_required(CasePermission.WORK)
def set_proposal_aside(reference: str, proposal_id: int) -> ResponseReturnValue:
    """Say why what the police feed told of is not recorded."""
    case = the_case(reference)
    proposal = queries.row_of(current_user.actor, case, ProposedMilestone, proposal_id)
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
    task = queries.row_of(current_user.actor, case, CaseTask, task_id)
    commands.finish_task(task, actor=current_user.actor)
    flash("Done.")
    return to_case(case, "to-do")
