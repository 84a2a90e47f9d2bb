"""The plan of a case: its page, goals, actions and sessions, and the supervisor's word."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import PERSON
from beacon.core import clock, roles, settings
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking
from beacon.people import queries as people
from beacon.plans import commands, queries
from beacon.plans.forms import (
    ActionChangeForm,
    ActionForm,
    DecideForm,
    GoalChangeForm,
    GoalForm,
    SessionChangeForm,
    SessionForm,
)
from beacon.plans.models import Action, Goal, PlanSession
from beacon.plans.routes.ground import (
    READ,
    WORK,
    bp,
    carried_out,
    changed,
    doubts_of_day,
    form_page,
    onward,
    the_case,
    to_plan,
)
from beacon.plans.terms import PlanPermission, PlanState, SessionState
from beacon.web.guard import permission_required
from beacon.web.versions import VersionedForm

APPROVE = PlanPermission.APPROVE
FIELDS = (*PERSON, "plan", "promises", "safety plan")


@bp.route("/<string:reference>/plan")
@permission_required(READ)
def show(reference: str) -> ResponseReturnValue:
    """The plan of a case with all that belongs to it, and every change of it."""
    audit.keep_pace(current_user.actor, Pace.CASES)
    opened = cases.open_to(current_user.actor, reference)
    actor, case = opened.viewer, opened.case
    page = queries.plan_page(actor, case)
    card = people.contact_card(actor, case.victim)
    audit.shown(actor, "case_file", [case.id], FIELDS, action="plan.shown")
    return render_template(
        "plans/show.html",
        case=case,
        page=page,
        card=card,
        ways=cases.ways_to(card),
        today=clock.today(),
        is_broken=queries.promise_is_broken,
        asks_approval=settings.is_on("plans.approval"),
        may_work=case.is_open and not opened.is_only_read and roles.may(actor.roles, WORK),
        may_approve=not opened.is_only_read and roles.may(actor.roles, APPROVE),
    )


@asking
def plan_panel(case: CaseFile, actor: Actor) -> Asking[str]:
    """The part of the page of a case: what is promised, and what is to be done."""
    part = yield from queries.plan_part.ask(actor, case)
    return render_template(
        "plans/panel.html",
        case=case,
        part=part,
        is_only_read=actor.is_reading,
        today=clock.today(),
        may_work=case.is_open and not actor.is_reading and roles.may(actor.roles, WORK),
    )


@bp.route("/<string:reference>/plan/goals/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_goal(reference: str) -> ResponseReturnValue:
    """Set a goal."""
    case, form = the_case(reference), GoalForm()
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.add_goal(case, form.given(), actor=current_user.actor),
        VersionedForm,
    ):
        flash("The goal is set.")
        return to_plan(case, "goals")
    return form_page("plans/goal.html", case, form)


@bp.route("/<string:reference>/plan/goals/<int:goal_id>", methods=["GET", "POST"])
@permission_required(WORK)
def change_goal(reference: str, goal_id: int) -> ResponseReturnValue:
    """Change a goal, or say how far it was reached."""
    case = the_case(reference)
    goal = cases.row_of(current_user.actor, case, Goal, goal_id)
    form = GoalChangeForm.of(goal)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_goal(
            case,
            goal,
            form.given(),
            reason=form.reason.data,
            version=form.read_version,
            actor=current_user.actor,
        ),
        lambda: GoalChangeForm.of(goal, formdata=None),
    ):
        flash("The goal is changed.")
        return to_plan(case, "goals")
    return form_page("plans/goal.html", case, form, goal=goal)


@bp.route("/<string:reference>/plan/goals/<int:goal_id>/actions/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_action(reference: str, goal_id: int) -> ResponseReturnValue:
    """Add something to do towards a goal."""
    case, actor = the_case(reference), current_user.actor
    goal = cases.row_of(actor, case, Goal, goal_id)
    form = ActionForm()
    form.offer(queries.owners_for(case))
    if (
        form.submitted_well()
        and form.is_sure(doubts_of_day(case, form.due_on.data, form.owner.data), form.due_on)
        and carried_out(
            form, lambda: commands.add_action(case, goal, form.given(), actor=actor), VersionedForm
        )
    ):
        flash("It is in the plan.")
        return to_plan(case, "goals")
    return form_page("plans/action.html", case, form, goal=goal)


@bp.route("/<string:reference>/plan/actions/<int:action_id>", methods=["GET", "POST"])
@permission_required(WORK)
def change_action(reference: str, action_id: int) -> ResponseReturnValue:
    """Change an action, or say what became of it."""
    case, actor = the_case(reference), current_user.actor
    action = cases.row_of(actor, case, Action, action_id)
    owners = queries.owners_for(case)
    form, was_due = ActionChangeForm.of(action, owners), action.due_on
    if form.submitted_well() and changed(
        form,
        case,
        was_due,
        lambda: commands.change_action(
            case,
            action,
            form.given(),
            reason=form.reason.data or "",
            version=form.read_version,
            actor=actor,
        ),
        lambda: ActionChangeForm.of(action, owners, formdata=None),
    ):
        flash("The plan is changed.")
        return to_plan(case, "goals")
    return form_page("plans/action.html", case, form, action=action, goal=action.goal)


@bp.route("/<string:reference>/plan/actions/<int:action_id>/done", methods=["POST"])
@permission_required(WORK)
def finish_action(reference: str, action_id: int) -> ResponseReturnValue:
    """Say with one press that something is done."""
    case = the_case(reference)
    action = cases.row_of(current_user.actor, case, Action, action_id)
    commands.finish_action(case, action, actor=current_user.actor)
    flash("Done.")
    return onward(case, "goals")


@bp.route("/<string:reference>/plan/sessions/new", methods=["GET", "POST"])
@permission_required(WORK)
def add_session(reference: str) -> ResponseReturnValue:
    """Plan a session, or write down one that was."""
    case, actor = the_case(reference), current_user.actor
    form = SessionForm(state=SessionState.PLANNED)
    form.offer(queries.goals_of(actor, case))
    if form.submitted_well() and carried_out(
        form, lambda: commands.add_session(case, form.given(), actor=actor), VersionedForm
    ):
        flash("The session is written down.")
        return to_plan(case, "sessions")
    return form_page("plans/session.html", case, form)


@bp.route("/<string:reference>/plan/sessions/<int:meeting_id>", methods=["GET", "POST"])
@permission_required(WORK)
def change_session(reference: str, meeting_id: int) -> ResponseReturnValue:
    """Say whether they came, or move it."""
    case, actor = the_case(reference), current_user.actor
    meeting = cases.row_of(actor, case, PlanSession, meeting_id)
    goals = queries.goals_of(actor, case)
    form = SessionChangeForm.of(meeting, goals)
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.change_session(
            case,
            meeting,
            form.given(),
            reason=form.reason.data or "",
            version=form.read_version,
            actor=actor,
        ),
        lambda: SessionChangeForm.of(meeting, goals, formdata=None),
    ):
        flash("The session is written down.")
        return to_plan(case, "sessions")
    return form_page("plans/session.html", case, form, meeting=meeting)


@bp.route("/<string:reference>/plan/submit", methods=["POST"])
@permission_required(WORK)
def submit(reference: str) -> ResponseReturnValue:
    """Send the plan to a supervisor."""
    case = the_case(reference)
    commands.submit_plan(case, actor=current_user.actor)
    flash("The plan waits for a supervisor.")
    return to_plan(case)


@bp.route("/<string:reference>/plan/decide", methods=["GET", "POST"])
@permission_required(APPROVE)
def decide(reference: str) -> ResponseReturnValue:
    """A supervisor approves the plan, or sends it back."""
    case, actor = the_case(reference), current_user.actor
    plan = queries.plan_of(actor, case)
    form = DecideForm(version=str(plan.version if plan else 0))
    if form.submitted_well() and carried_out(
        form,
        lambda: commands.decide_plan(
            case,
            approved=form.approved.data,
            words=form.words.data or "",
            version=form.read_version,
            actor=actor,
        ),
        lambda: DecideForm(formdata=None, version=str(plan.version if plan else 0)),
    ):
        flash("The plan is decided.")
        return to_plan(case)
    page = queries.plan_page(actor, case)
    waits = plan is not None and plan.state is PlanState.SUBMITTED
    return form_page("plans/decide.html", case, form, page=page, waits=waits)
