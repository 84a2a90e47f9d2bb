"""One person's desk: the figures, then whom to tell, what else to do, and what nobody minds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from beacon.accounts.terms import AccountPermission
from beacon.audit.models import AuditEntry
from beacon.caseloads import queries as caseloads
from beacon.caseloads.queries import Covered, HandedRow
from beacon.cases import queries as cases
from beacon.cases.queries import (
    AwaitedRow,
    CaseRow,
    ChaseRow,
    DueRow,
    Load,
    NewCases,
    ReminderRow,
    SafeguardingRow,
    SafeState,
    TaskRow,
    Unassigned,
    UpdateRow,
)
from beacon.cases.terms import SAME_DAY, TaskKind
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.courts import queries as courts
from beacon.courts.queries import Morning
from beacon.desk.queries import standing
from beacon.desk.queries.figures import Facts, Group, tiles_of
from beacon.desk.queries.standing import JobLine, SentLine
from beacon.plans import queries as plans
from beacon.plans.queries import DoRow, ReviewRow, WaitingPlan
from beacon.referrals.queries import Queue, QueueRow

AHEAD = timedelta(days=7)
LINES_AT_MOST = 30
ALERTS_AT_MOST = 6
QUEUE_AT_MOST = 10


@dataclass(frozen=True)
class Telling:
    """One thing to tell one victim, and how safely they may be reached."""

    due: DueRow
    safe: SafeState


@dataclass(frozen=True)
class Updating:
    """One victim who asked to hear from us by then, and how safely they may be reached."""

    row: UpdateRow
    safe: SafeState


@dataclass(kw_only=True)
class Desk:
    """Everything on one person's desk. What does not concern them is None."""

    groups: Sequence[Group]
    safeguarding: Sequence[SafeguardingRow] = ()
    reminders: Sequence[ReminderRow] = ()
    escalations: Sequence[ReminderRow] = ()
    more_escalations: bool = False
    new_cases: NewCases = field(default_factory=NewCases)
    to_tell: Sequence[Telling] | None = None
    updates: Sequence[Updating] = ()
    awaited: Sequence[AwaitedRow] = ()
    to_chase: Sequence[ChaseRow] = ()
    tasks: Sequence[TaskRow] | None = None
    high_risk: Sequence[TaskRow] = ()  # what a high risk asks for on the same day
    covered: Sequence[Covered] = ()
    handed: Sequence[HandedRow] = ()
    to_do: Sequence[DoRow] = ()
    reviews_due: Sequence[ReviewRow] = ()
    team_promises: Sequence[DoRow] = ()
    plans_waiting: Sequence[WaitingPlan] = ()
    nobodys: Sequence[CaseRow] | None = None
    without_manager: int = 0
    loads: Sequence[Load] | None = None
    queue: Sequence[QueueRow] | None = None
    morning: Morning | None = None
    log: Sequence[AuditEntry] | None = None
    sent: Sequence[SentLine] | None = None
    totals_note: str = ""
    jobs: Sequence[JobLine] | None = None
    case_ids: list[int] = field(default_factory=list)  # whose names are on it, for the log

    @property
    def has_more(self) -> bool:
        """Whether there is more to tell than the desk shows."""
        return self.to_tell is not None and len(self.to_tell) >= LINES_AT_MOST


def desk_of(viewer: Actor) -> Desk:
    """The desk of this person, in the same number of statements however much there is to do."""
    facts = Facts(viewer)
    desk = Desk(groups=tiles_of(facts))
    desk.safeguarding = cases.safeguarding_for(viewer)
    desk.case_ids += [row.case_id for row in desk.safeguarding if row.may_open]
    if viewer.has(Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER):
        _put_own_work(desk, viewer)
        _put_colleagues_work(desk, viewer)
    if viewer.has(Role.TEAM_LEADER):
        unassigned = Unassigned(viewer=viewer, enhanced_only=True)
        desk.nobodys = unassigned.page(size=ALERTS_AT_MOST).rows
        desk.without_manager = facts.all.enhanced_without_manager
        desk.loads = cases.team_loads(viewer)
        passed_on = cases.escalations_for(viewer)
        desk.escalations = passed_on[:LINES_AT_MOST]
        desk.more_escalations = len(passed_on) > LINES_AT_MOST
        desk.new_cases = cases.new_cases_waiting(viewer)
        desk.high_risk = cases.open_tasks(viewer, kinds=SAME_DAY, at_most=LINES_AT_MOST)
        desk.case_ids += [row.case_id for row in desk.high_risk]
        desk.team_promises = plans.promises_of_team(viewer)
        desk.plans_waiting = plans.plans_waiting(viewer)
        desk.case_ids += plans.case_ids(desk.team_promises, desk.plans_waiting)
        desk.case_ids += [row.id for row in desk.nobodys]
        desk.case_ids += [row.due.case_id for row in desk.escalations]
    if viewer.has(Role.INTAKE_OFFICER):
        desk.queue = Queue(viewer=viewer).page().rows[:QUEUE_AT_MOST]
    if viewer.has(Role.COURT_OFFICER):
        desk.morning = courts.morning(viewer)
    _put_overview(desk, viewer)
    return desk


def _put_overview(desk: Desk, viewer: Actor) -> None:
    """What those need who work with no case: a partner, an analyst, an auditor, the office."""
    if viewer.has(Role.PARTNER):
        desk.sent = standing.sent_by(viewer.agency or "")
    if viewer.has(Role.ANALYST):
        desk.totals_note = standing.TOTALS_NOTE
    if viewer.has(Role.AUDITOR):
        desk.log = standing.latest_of_log()
    if roles.may(viewer.roles, AccountPermission.ADMINISTER):
        desk.jobs = standing.job_lines()


def _put_colleagues_work(desk: Desk, viewer: Actor) -> None:
    """What they cover, and what was handed to them."""
    desk.covered = caseloads.covered_for(viewer)
    desk.handed = caseloads.waiting_for(viewer)
    desk.case_ids += [case_id for one in desk.covered for case_id in one.case_ids]
    desk.case_ids += [row.case_id for row in desk.handed]


def _put_own_work(desk: Desk, viewer: Actor) -> None:
    """What the person must tell and do in the cases they answer for."""
    if viewer.id is None:
        return
    mine = viewer.id
    ahead = clock.today() + AHEAD
    due = cases.duties_due(viewer, ahead, manager_id=mine, at_most=LINES_AT_MOST)
    updates = cases.updates_due(viewer, ahead, manager_id=mine, at_most=LINES_AT_MOST)
    ids = [*(row.case_id for row in due), *(row.case_id for row in updates)]
    safe = cases.safe_states(ids)
    desk.updates = [Updating(row, safe.get(row.case_id, SafeState())) for row in updates]
    if due or viewer.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER):
        desk.to_tell = [Telling(row, safe.get(row.case_id, SafeState())) for row in due]
    desk.reminders = cases.reminders_for(viewer)
    desk.awaited = cases.receipts_awaited(viewer, manager_id=mine)
    desk.to_chase = cases.to_chase(viewer, manager_id=mine)
    desk.to_do = plans.to_do(viewer, ahead)
    desk.reviews_due = plans.reviews_due(viewer, ahead)
    desk.case_ids += plans.case_ids(desk.to_do, desk.reviews_due)
    tasks = cases.open_tasks(viewer, manager_id=mine, at_most=LINES_AT_MOST)
    on_top = {row.task_id for row in desk.safeguarding}
    # An update that is due has its own line above, with the way to reach them.
    above = {row.case_id for row in updates}
    desk.high_risk = [task for task in tasks if task.kind in SAME_DAY]
    tasks = [
        task
        for task in tasks
        if task.task_id not in on_top
        and task.kind not in SAME_DAY
        and not (task.kind is TaskKind.UPDATE_DUE and task.case_id in above)
    ]
    desk.tasks = sorted(tasks, key=lambda task: task.kind is not TaskKind.SAFEGUARDING_NUMBER)
    desk.case_ids += [
        *(row.case_id for row in due),
        *(row.case_id for row in updates),
        *(row.case_id for row in desk.awaited),
        *(row.case_id for row in desk.to_chase),
        *(row.due.case_id for row in desk.reminders),
        *(row.case_id for row in (*tasks, *desk.high_risk)),
    ]
