"""A contact round: whom to ring from one's own list, at most twelve on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from beacon.cases import queries as cases
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.queries import SafeState
from beacon.cases.queries.caseload import listed, name_of
from beacon.cases.terms import ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people import rules as people
from beacon.people.models import ContactPoint, SafeContact, Victim
from beacon.people.terms import ContactKind, Preferred, Safe
from beacon.plans import queries as plans

ROWS_AT_MOST = 12
READ_AT_MOST = 60  # of each list: several lines may be of one case
FIRST_CONTACTS_AHEAD = timedelta(days=7)  # a first contact is made before its day
PROMISE = "Promise"  # as the desk calls it


@dataclass(frozen=True, kw_only=True)
class NumberShown:
    """One number of theirs, masked; it is shown behind its own button."""

    id: int
    kind: ContactKind
    shown: str
    safe: Safe
    voicemail_ok: Safe
    is_number: bool = True
    is_open: bool = True

    @property
    def called(self) -> str:
        """How a page names it beside others."""
        return f"{self.kind.label.lower()} {self.shown}"


@dataclass(frozen=True, kw_only=True)
class LastTry:
    """The last contact or attempt with somebody."""

    id: int
    at: datetime
    outcome: ContactOutcome
    by_name: str


@dataclass(kw_only=True)
class RoundRow:
    """One person to ring, why, and how safely."""

    case_id: int
    victim_id: int
    reference: str
    victim_name: str
    due_on: date
    why: list[str] = field(default_factory=list)
    safe: SafeState = field(default_factory=SafeState)
    safe_words: str = ""
    language: str = ""
    interpreter: str = ""
    numbers: list[NumberShown] = field(default_factory=list)
    last: LastTry | None = None

    @property
    def wants_no_contact(self) -> bool:
        """Whether they would rather hear nothing, whatever we owe them."""
        return self.safe.preferred is Preferred.NONE

    @property
    def seen(self) -> int:
        """The last contact that the page showed: nought where there was none."""
        return self.last.id if self.last else 0


def round_rows(viewer: Viewer, *, at_most: int = ROWS_AT_MOST) -> list[RoundRow]:
    """Whom this person owes a call today, the longest awaited first; each case once."""
    rows: dict[int, RoundRow] = {}
    wanted = sorted(_wanted(viewer), key=lambda one: (one[1], one[0]))
    for case_id, due_on, why, reference, name in wanted:
        row = rows.get(case_id)
        if row is None:
            if len(rows) == at_most:
                continue
            row = rows[case_id] = RoundRow(
                case_id=case_id, victim_id=0, reference=reference, victim_name=name, due_on=due_on
            )
        if why not in row.why:
            row.why.append(why)
    return _dressed(list(rows.values()))


def rows_of(viewer: Viewer, case_ids: Sequence[int]) -> list[RoundRow]:
    """The same of cases that a page has named, as far as this person may still open them."""
    lines = db.session.execute(
        listed(viewer).where(CaseFile.id.in_(case_ids), CaseFile.closed_at.is_(None))
    )
    found = {
        row.id: RoundRow(
            case_id=row.id,
            victim_id=row.victim_id,
            reference=row.reference,
            victim_name=name_of(row),
            due_on=clock.today(),
        )
        for row in lines
    }
    return _dressed([found[one] for one in case_ids if one in found])


def last_contact(case_id: int) -> int:
    """The newest contact of a case by its number; nought where there is none."""
    return (
        db.session.scalar(
            sa.select(sa.func.max(ContactLog.id)).where(ContactLog.case_id == case_id)
        )
        or 0
    )


def _wanted(viewer: Viewer) -> Iterable[tuple[int, date, str, str, str]]:
    """Each case with a day, why, its reference and its name, from the lists of the desk."""
    today, mine = clock.today(), viewer.id
    ahead = today + FIRST_CONTACTS_AHEAD
    for due in cases.duties_due(viewer, ahead, manager_id=mine, at_most=READ_AT_MOST):
        why = "First contact" if due.is_local_standard else due.order
        if due.is_local_standard or due.due_on <= today:
            yield due.case_id, due.due_on, why, due.reference, due.victim_name
    for update in cases.updates_due(viewer, today, manager_id=mine, at_most=READ_AT_MOST):
        yield update.case_id, update.due_on, "They asked for an update", *_named(update)
    for row in plans.to_do(viewer, today, at_most=READ_AT_MOST):
        if row.kind == PROMISE:
            yield row.case_id, row.due_on, f"You promised: {row.words}", *_named(row)
    again = (TaskKind.RING_AGAIN,)
    for task in cases.open_tasks(viewer, manager_id=mine, kinds=again, at_most=READ_AT_MOST):
        if task.due_on <= today:
            yield task.case_id, task.due_on, "Try again", *_named(task)


def _named(row: cases.UpdateRow | cases.TaskRow | plans.DoRow) -> tuple[str, str]:
    return row.reference, row.victim_name


def _dressed(rows: list[RoundRow]) -> list[RoundRow]:
    """The rows with how safely each may be rung, and when somebody last tried: four statements."""
    ids = [row.case_id for row in rows]
    if not ids:
        return rows
    whose = {row.id: row for row in db.session.execute(_people(ids))}
    victims = {row.victim_id for row in whose.values()}
    safe, lasts = cases.safe_states(ids), _lasts(ids)
    words, numbers = _words(victims), _numbers(victims)
    for row in rows:
        person = whose[row.case_id]
        row.victim_id, row.language = person.victim_id, person.language
        row.interpreter = person.interpreter
        row.safe = safe.get(row.case_id, SafeState())
        row.safe_words = words.get(row.victim_id, "")
        row.numbers = numbers.get(row.victim_id, [])
        row.last = lasts.get(row.case_id)
    return rows


def _people(case_ids: Sequence[int]) -> sa.Select[int, int, str, str]:
    """Whose each case is, and in which language they are spoken with."""
    return (
        sa.select(CaseFile.id, CaseFile.victim_id, Victim.language, Victim.interpreter)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.id.in_(case_ids))
    )


def _words(victim_ids: Iterable[int]) -> dict[int, str]:
    query = sa.select(SafeContact).where(SafeContact.victim_id.in_(set(victim_ids)))
    return {one.victim_id: one.words for one in db.session.scalars(query)}


def _numbers(victim_ids: Iterable[int]) -> dict[int, list[NumberShown]]:
    query = (
        sa.select(ContactPoint)
        .where(
            ContactPoint.victim_id.in_(set(victim_ids)),
            ContactPoint.kind != ContactKind.EMAIL,
            ContactPoint.retired_at.is_(None),
        )
        .order_by(ContactPoint.id)
    )
    found: dict[int, list[NumberShown]] = {}
    for point in db.session.scalars(query):
        shown = NumberShown(
            id=point.id,
            kind=point.kind,
            shown=people.masked(point.kind, point.value),
            safe=Safe.NO if point.call_ok is Safe.NO else point.safe,
            voicemail_ok=point.voicemail_ok,
        )
        found.setdefault(point.victim_id, []).append(shown)
    return found


def _lasts(case_ids: Sequence[int]) -> dict[int, LastTry]:
    newest = (
        sa.select(sa.func.max(ContactLog.id))
        .where(ContactLog.case_id.in_(case_ids))
        .group_by(ContactLog.case_id)
    )
    query = sa.select(ContactLog).where(ContactLog.id.in_(newest))
    return {
        one.case_id: LastTry(
            id=one.id, at=one.happened_at, outcome=one.outcome, by_name=one.by_name
        )
        for one in db.session.scalars(query)
    }
