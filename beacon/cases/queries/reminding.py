"""Of which duties whom to remind, what stands on a desk of it, and what a day's mail says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.cases import rules
from beacon.cases.models import CaseFile, DutyReminder, ReminderDigest
from beacon.cases.queries.work_to_do import AT_MOST, DueRow, due_row, with_case
from beacon.cases.terms import FOR_LEADERS, FOR_MANAGERS, ReminderKind
from beacon.core import clock, scope, settings, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState

AHEAD = timedelta(days=14)  # farther than any working day before lies
A_PASS_AT_MOST = 2000  # of one kind: a backlog does not keep the other jobs waiting
LEADER_AFTER = "reminders.leader_after_days"


@dataclass(frozen=True, kw_only=True)
class ReminderRow:
    """One reminder on a desk."""

    kind: ReminderKind
    due: DueRow


@dataclass(frozen=True, kw_only=True)
class ToGive:
    """One reminder that has not been given: to the case's manager, or to this leader."""

    duty_id: int
    kind: ReminderKind
    due_on: date
    leader_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DigestLine:
    """One duty in a day's mail, which names no victim, and the reminders that it stands for.

    A first contact of a new case that nobody has is no line of its own: they are counted together.
    """

    kind: ReminderKind
    reference: str
    due_on: date
    reminder_ids: tuple[int, ...]
    is_new: bool = False


def reminders_to_give(today: date) -> list[ToGive]:
    """Who is to be reminded of what and has not been, each once for a duty and its due date."""
    wanted = _for_managers(today)
    for leader in accounts.holding(Role.TEAM_LEADER):
        wanted += _for_leader(leader, today)
    return wanted


@asking
def reminders_for(viewer: Viewer) -> Asking[list[ReminderRow]]:
    """What this manager was reminded of and has neither seen nor told, the first due first."""
    return _on_desk(viewer, FOR_MANAGERS)


@asking
def escalations_for(viewer: Viewer) -> Asking[list[ReminderRow]]:
    """What came to this leader, because it stayed late or because nobody has the case.

    But for the first contacts of new cases, which are counted together (new_cases_waiting).
    """
    return _on_desk(viewer, FOR_LEADERS, ~is_new_and_nobodys(clock.today()))


def people_to_mail(today: date) -> list[int]:
    """Who has reminders that no mail has told them of, and no mail of this day."""
    whose = sa.case(
        (DutyReminder.kind.in_(FOR_MANAGERS), CaseFile.manager_id), else_=DutyReminder.staff_id
    )
    mailed = sa.exists().where(ReminderDigest.staff_id == whose, ReminderDigest.on_day == today)
    query = (
        sa.select(whose)
        .select_from(DutyReminder)
        .join(Duty, Duty.id == DutyReminder.duty_id)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .where(*_not_mailed(today), *_still_owed(), whose.is_not(None), ~mailed)
        .distinct()
        .order_by(whose)
    )
    return list(db.session.scalars(query))


def digest_for(person: Staff, today: date) -> list[DigestLine]:
    """What a day's mail tells this person: each duty once, the first due first."""
    query = (
        sa.select(
            DutyReminder.id,
            DutyReminder.duty_id,
            DutyReminder.kind,
            DutyReminder.due_on,
            CaseFile.reference,
            is_new_and_nobodys(today).label("is_new"),
        )
        .select_from(DutyReminder)
        .join(Duty, Duty.id == DutyReminder.duty_id)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .where(*_not_mailed(today), *standing(viewer_of(person), tuple(ReminderKind)))
        .order_by(DutyReminder.due_on, DutyReminder.duty_id, DutyReminder.id.desc())
    )
    of_duty: dict[int, list[Any]] = {}
    for row in db.session.execute(query):
        of_duty.setdefault(row.duty_id, []).append(row)
    return [
        DigestLine(
            kind=rows[0].kind,
            reference=rows[0].reference,
            due_on=rows[0].due_on,
            reminder_ids=tuple(row.id for row in rows),
            is_new=bool(rows[0].is_new),
        )
        for rows in of_duty.values()
    ]


def viewer_of(person: Staff) -> Actor:
    """A member of staff as one who looks, while a machine asks on their behalf."""
    return Actor(
        kind="staff",
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        agency=person.agency,
        roles=person.roles,
    )


def is_with_somebody(today: date) -> sa.ColumnElement[bool]:
    """Whether the case has a manager who still works here; the staff row is joined by them."""
    return sa.and_(
        CaseFile.manager_id.is_not(None),
        Staff.disabled_at.is_(None),
        sa.or_(Staff.ends_on.is_(None), Staff.ends_on >= today),
    )


def is_new_and_nobodys(today: date) -> sa.ColumnElement[bool]:
    """Whether a duty is the first contact of a case that nobody has."""
    return sa.and_(Duty.rule == FIRST_CONTACT, ~is_with_somebody(today))


def _for_managers(today: date) -> list[ToGive]:
    """On the day before what comes next, and before what is late already."""
    stages = [
        (ReminderKind.ON_THE_DAY, Duty.due_on == today),
        (ReminderKind.DAY_BEFORE, sa.and_(Duty.due_on > today, Duty.due_on <= today + AHEAD)),
        (ReminderKind.LATE, Duty.due_on < today),
    ]
    return [
        ToGive(duty_id=duty_id, kind=kind, due_on=due_on)
        for kind, when in stages
        for duty_id, due_on in _unreminded(kind, sa.and_(when, is_with_somebody(today)))
        if rules.stage_of(due_on, today) is kind
    ]


def _for_leader(leader: Staff, today: date) -> list[ToGive]:
    """Of cases that they lead: of their team, or of nobody's; never of their own kin."""
    as_leader = Actor(
        kind="staff",
        id=leader.id,
        name=leader.name,
        team_id=leader.team_id,
        agency=leader.agency,
        roles=leader.roles & {Role.TEAM_LEADER, Role.PARTNER},
    )
    theirs = scope.condition(as_leader, CaseFile)
    after = settings.count(LEADER_AFTER)
    nobodys = sa.and_(theirs, ~is_with_somebody(today), Duty.due_on <= today + AHEAD)
    late = sa.and_(
        theirs,
        Duty.due_on < today,
        sa.or_(CaseFile.manager_id.is_(None), CaseFile.manager_id != leader.id),
    )
    wanted = [
        (duty_id, ReminderKind.NOBODYS, due_on)
        for duty_id, due_on in _unreminded(ReminderKind.NOBODYS, nobodys, leader.id)
        if due_on <= today or rules.stage_of(due_on, today)
    ]
    wanted += [
        (duty_id, ReminderKind.ESCALATED, due_on)
        for duty_id, due_on in _unreminded(ReminderKind.ESCALATED, late, leader.id)
        if rules.late_from(due_on, more=after) <= today
    ]
    return [
        ToGive(duty_id=duty_id, kind=kind, due_on=due_on, leader_id=leader.id)
        for duty_id, kind, due_on in wanted
    ]


def _unreminded(
    kind: ReminderKind, when: sa.ColumnElement[bool], leader_id: int | None = None
) -> list[tuple[int, date]]:
    reminded = sa.select(DutyReminder.id).where(
        DutyReminder.duty_id == Duty.id,
        DutyReminder.kind == kind,
        DutyReminder.due_on == Duty.due_on,
    )
    if leader_id is not None:
        reminded = reminded.where(DutyReminder.staff_id == leader_id)
    query = (
        sa.select(Duty.id, Duty.due_on)
        .join(CaseFile, CaseFile.id == Duty.case_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .where(*_open(), when, ~reminded.exists())
        .order_by(Duty.due_on, Duty.id)
        .limit(A_PASS_AT_MOST)
    )
    return [(row.id, row.due_on) for row in db.session.execute(query)]


def _on_desk(
    viewer: Viewer, kinds: Collection[ReminderKind], *which: sa.ColumnElement[bool]
) -> Asking[list[ReminderRow]]:
    query = (
        with_case(Duty, DutyReminder.kind.label("reminder"))
        .join(Duty, Duty.case_id == CaseFile.id)
        .join(DutyReminder, DutyReminder.duty_id == Duty.id)
        .where(*standing(viewer, kinds), *which)
        .order_by(Duty.due_on, Duty.id, DutyReminder.id.desc())
        .limit(AT_MOST)
    )
    newest: dict[int, ReminderRow] = {}
    for row in (yield from together.rows(query)):
        newest.setdefault(row.Duty.id, ReminderRow(kind=row.reminder, due=due_row(row)))
    return list(newest.values())


def standing(viewer: Viewer, kinds: Collection[ReminderKind]) -> list[sa.ColumnElement[bool]]:
    """What is still to be told, of which this person was reminded and which is still theirs."""
    of_manager = sa.and_(DutyReminder.kind.in_(FOR_MANAGERS), CaseFile.manager_id == viewer.id)
    of_leader: sa.ColumnElement[bool] = sa.false()
    if Role.TEAM_LEADER in viewer.roles:
        of_leader = sa.and_(
            DutyReminder.staff_id == viewer.id,
            sa.or_(
                DutyReminder.kind == ReminderKind.ESCALATED,
                sa.and_(
                    DutyReminder.kind == ReminderKind.NOBODYS,
                    ~is_with_somebody(clock.today()),
                ),
            ),
        )
    return [
        *_still_owed(),
        DutyReminder.kind.in_(kinds),
        DutyReminder.seen_at.is_(None),
        sa.or_(of_manager, of_leader),
        scope.condition(viewer, CaseFile),
    ]


def _still_owed() -> list[sa.ColumnElement[bool]]:
    """As it was due when it was reminded of, and neither ended nor put off since."""
    return [*_open(), DutyReminder.due_on == Duty.due_on]


def _open() -> list[sa.ColumnElement[bool]]:
    return [
        Duty.state == DutyState.OPEN,
        CaseFile.closed_at.is_(None),
        CaseFile.erased_at.is_(None),
    ]


def _not_mailed(today: date) -> list[sa.ColumnElement[bool]]:
    """In no mail yet, and known at eight: what begins during the day is on the desk at once."""
    return [
        DutyReminder.digest_id.is_(None),
        DutyReminder.seen_at.is_(None),
        Duty.created_at < rules.mail_opens(today),
    ]
