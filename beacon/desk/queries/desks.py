"""One person's desk: the figures, then whom to tell, what else to do, and what nobody minds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any  # each part of a desk is of its own kind

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
from beacon.cases.terms import ON_TOP, TaskKind
from beacon.core import clock, roles, together
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.core.together import Asking
from beacon.courts import queries as courts
from beacon.courts.queries import Morning
from beacon.desk.queries import standing
from beacon.desk.queries.figures import Group, figures_of
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


Asked = dict[str, Asking[Any]]
Found = Mapping[str, Any]


def desk_of(viewer: Actor) -> Desk:
    """The desk of this person, in the same number of statements however much there is to do.

    Each part says what it asks, by name; all of it is asked together, and put on the desk after.
    """
    asked: Asked = {
        "figures": figures_of(viewer),
        "safeguarding": cases.safeguarding_for.ask(viewer),
    }
    works = viewer.has(Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER)
    if works:
        asked |= _own_work(viewer) | _colleagues_work(viewer)
    if viewer.has(Role.TEAM_LEADER):
        asked |= _team_work(viewer)
    if viewer.has(Role.INTAKE_OFFICER):
        asked["queue"] = Queue(viewer=viewer).first(QUEUE_AT_MOST)
    found = dict(zip(asked, together.ask(*asked.values()), strict=True))
    desk = Desk(groups=found["figures"].groups, safeguarding=found["safeguarding"])
    desk.case_ids += [row.case_id for row in desk.safeguarding if row.may_open]
    if works:
        _put_own_work(desk, viewer, found)
        _put_colleagues_work(desk, found)
    if viewer.has(Role.TEAM_LEADER):
        _put_team_work(desk, found)
    desk.queue = found.get("queue")
    _put_overview(desk, viewer)
    return desk


def _put_overview(desk: Desk, viewer: Actor) -> None:
    """What those need who work with no case, from the court officer to the administrator."""
    if viewer.has(Role.COURT_OFFICER):
        desk.morning = courts.morning(viewer)
    if viewer.has(Role.PARTNER):
        desk.sent = standing.sent_by(viewer.agency or "")
    if viewer.has(Role.ANALYST):
        desk.totals_note = standing.TOTALS_NOTE
    if viewer.has(Role.AUDITOR):
        desk.log = standing.latest_of_log()
    if roles.may(viewer.roles, AccountPermission.ADMINISTER):
        desk.jobs = standing.job_lines()


def _team_work(viewer: Actor) -> Asked:
    """What a leader asks of their team."""
    return {
        "nobodys": Unassigned(viewer=viewer, enhanced_only=True).first(ALERTS_AT_MOST),
        "loads": cases.team_loads.ask(viewer),
        "escalations": cases.escalations_for.ask(viewer),
        "new_cases": cases.new_cases_waiting.ask(viewer),
        "team_high_risk": cases.open_tasks.ask(viewer, kinds=ON_TOP, at_most=LINES_AT_MOST),
        "team_promises": plans.promises_of_team.ask(viewer),
        "plans_waiting": plans.plans_waiting.ask(viewer),
    }


def _put_team_work(desk: Desk, found: Found) -> None:
    desk.nobodys = found["nobodys"]
    desk.without_manager = found["figures"].facts["all"].enhanced_without_manager
    desk.loads = found["loads"]
    desk.escalations = found["escalations"][:LINES_AT_MOST]
    desk.more_escalations = len(found["escalations"]) > LINES_AT_MOST
    desk.new_cases = found["new_cases"]
    desk.high_risk = found["team_high_risk"]
    desk.team_promises, desk.plans_waiting = found["team_promises"], found["plans_waiting"]
    desk.case_ids += [
        *(row.case_id for row in desk.high_risk),
        *plans.case_ids(desk.team_promises, desk.plans_waiting),
        *(row.id for row in found["nobodys"]),
        *(row.due.case_id for row in desk.escalations),
    ]


def _colleagues_work(viewer: Actor) -> Asked:
    """What they cover, and what was handed to them."""
    return {
        "covered": caseloads.covered_for.ask(viewer),
        "handed": caseloads.waiting_for.ask(viewer),
    }


def _put_colleagues_work(desk: Desk, found: Found) -> None:
    desk.covered, desk.handed = found["covered"], found["handed"]
    desk.case_ids += [case_id for one in desk.covered for case_id in one.case_ids]
    desk.case_ids += [row.case_id for row in desk.handed]


def _own_work(viewer: Actor) -> Asked:
    """What the person must tell and do in the cases they answer for."""
    if viewer.id is None:
        return {}
    mine, ahead = viewer.id, clock.today() + AHEAD
    return {
        "telling": _telling(viewer, mine, ahead),
        "reminders": cases.reminders_for.ask(viewer),
        "awaited": cases.receipts_awaited.ask(viewer, manager_id=mine),
        "to_chase": cases.to_chase.ask(viewer, manager_id=mine),
        "to_do": plans.to_do.ask(viewer, ahead),
        "reviews_due": plans.reviews_due.ask(viewer, ahead),
        "tasks": cases.open_tasks.ask(viewer, manager_id=mine, at_most=LINES_AT_MOST),
    }


def _telling(
    viewer: Actor, mine: int, ahead: date
) -> Asking[tuple[Sequence[Telling], Sequence[Updating]]]:
    """Whom to tell and who asked to hear from us, and how safely each may be reached."""
    due, updates = yield from together.at_once(
        cases.duties_due.ask(viewer, ahead, manager_id=mine, at_most=LINES_AT_MOST),
        cases.updates_due.ask(viewer, ahead, manager_id=mine, at_most=LINES_AT_MOST),
    )
    ids = [*(row.case_id for row in due), *(row.case_id for row in updates)]
    safe = yield from cases.safe_states.ask(ids)
    return (
        [Telling(row, safe.get(row.case_id, SafeState())) for row in due],
        [Updating(row, safe.get(row.case_id, SafeState())) for row in updates],
    )


def _put_own_work(desk: Desk, viewer: Actor, found: Found) -> None:
    if viewer.id is None:
        return
    to_tell, desk.updates = found["telling"]
    if to_tell or viewer.has(Role.CASE_MANAGER, Role.FRAUD_OFFICER):
        desk.to_tell = to_tell
    desk.reminders, desk.awaited = found["reminders"], found["awaited"]
    desk.to_chase, desk.to_do = found["to_chase"], found["to_do"]
    desk.reviews_due = found["reviews_due"]
    tasks = found["tasks"]
    desk.high_risk = [task for task in tasks if task.kind in ON_TOP]
    desk.tasks = _beside(desk, tasks)
    desk.case_ids += [
        *plans.case_ids(desk.to_do, desk.reviews_due),
        *(line.due.case_id for line in to_tell),
        *(line.row.case_id for line in desk.updates),
        *(row.case_id for row in desk.awaited),
        *(row.case_id for row in desk.to_chase),
        *(row.due.case_id for row in desk.reminders),
        *(row.case_id for row in (*desk.tasks, *desk.high_risk)),
    ]


def _beside(desk: Desk, tasks: Sequence[TaskRow]) -> list[TaskRow]:
    """What else there is to do: nothing twice that stands above with more to go by."""
    on_top = {row.task_id for row in desk.safeguarding}
    # An update that is due has its own line above, with the way to reach them.
    above = {line.row.case_id for line in desk.updates}
    others = [
        task
        for task in tasks
        if task.task_id not in on_top
        and task.kind not in ON_TOP
        and not (task.kind is TaskKind.UPDATE_DUE and task.case_id in above)
    ]
    return sorted(others, key=lambda task: task.kind is not TaskKind.SAFEGUARDING_NUMBER)
