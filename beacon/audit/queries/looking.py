"""Searching the log, and who has seen one record. Every way in has its index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any  # a row holds whatever its columns do

import sqlalchemy as sa

from beacon.audit.models import AuditEntry, AuditObject
from beacon.audit.rules import NAMES
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.db import db
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

Records = Sequence[tuple[str, str]]
# Looking, as against changing.
LOOKING = frozenset({Operation.CONSULTATION, Operation.DISCLOSURE})


@dataclass(frozen=True)
class Line:
    """One row of the log as a person reads it: who, when, what, and which fields. No content."""

    seq: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    ip: str
    action: str
    operation: Operation
    object_type: str
    object_id: str
    outcome: Outcome
    request_id: str
    fields: tuple[str, ...]
    clock_back: int | None


COLUMNS = tuple(
    getattr(AuditEntry, name)
    for name in (
        *("seq", "at", "actor_kind", "actor_id", "actor_name", "ip", "action", "operation"),
        *("object_type", "object_id", "outcome", "request_id", "facts"),
    )
)


@dataclass(frozen=True, kw_only=True)
class LogSearch:
    """What is looked for in the log; the newest rows first."""

    person_id: int | None = None
    actor_kind: str = ""  # machines, or nobody signed in
    records: Records | None = None  # a record may be named by several kinds of object
    action: str = ""
    operation: Operation | None = None
    outcome: Outcome | None = None
    first_day: date | None = None
    last_day: date | None = None

    def page(self, cursor: Cursor | None = None, size: int = PAGE_SIZE) -> Page[Line]:
        """One page of the rows found."""
        query = sa.select(*COLUMNS).where(*self._conditions())
        return read_page(
            db.session(),
            query,
            [Key(AuditEntry.seq, descending=True)],
            cursor,
            size=size,
            shape=line_of,
        )

    def _conditions(self) -> Iterator[sa.ColumnElement[bool]]:
        if self.person_id is not None:
            yield sa.and_(AuditEntry.actor_kind == "staff", AuditEntry.actor_id == self.person_id)
        if self.records is not None:
            yield AuditEntry.seq.in_(_naming(self.records))
        if self.first_day:
            yield AuditEntry.at >= stamp(clock.start_of_day(self.first_day))
        if self.last_day:
            yield AuditEntry.at < stamp(clock.end_of_day(self.last_day))
        for column, word in (
            (AuditEntry.actor_kind, self.actor_kind),
            (AuditEntry.action, self.action),
            (AuditEntry.operation, self.operation),
            (AuditEntry.outcome, self.outcome),
        ):
            if word:
                yield column == str(word)


@dataclass(frozen=True)
class Viewer:
    """One person in the list of who has seen a record."""

    actor_kind: str
    actor_id: int | None
    name: str
    looked: int
    changed: int
    refused: int
    first: datetime
    last: datetime


def seen(records: Records) -> list[Line]:
    """Every row that names one of the records, the newest first: opened, listed, found, changed.

    One query by two indexes: a row's own object, and the records it names beside it (U-20).
    """
    query = (
        sa.select(*COLUMNS)
        .where(AuditEntry.seq.in_(_naming(records)))
        .order_by(AuditEntry.seq.desc())
    )
    return [line_of(row) for row in db.session.execute(query)]


def by_person(lines: Iterable[Line]) -> list[Viewer]:
    """The same rows gathered by who it was; whoever looked last comes first."""
    gathered: dict[tuple[str, int | None, str], list[Line]] = {}
    for line in lines:
        name = line.actor_name if line.actor_id is None else ""
        gathered.setdefault((line.actor_kind, line.actor_id, name), []).append(line)
    found = [_viewer(rows) for rows in gathered.values()]
    return sorted(found, key=lambda one: (one.last, one.name), reverse=True)


def _viewer(rows: Sequence[Line]) -> Viewer:
    last = max(rows, key=lambda row: row.seq)
    done = [row for row in rows if row.outcome is Outcome.DONE]
    looked = sum(row.operation in LOOKING for row in done)
    return Viewer(
        last.actor_kind,
        last.actor_id,
        last.actor_name,
        looked=looked,
        changed=len(done) - looked,
        refused=len(rows) - len(done),
        first=min(row.at for row in rows),
        last=max(row.at for row in rows),
    )


def actions_used() -> list[str]:
    """The actions there are in the log, found one after another by their index."""
    found: list[str] = []
    while True:
        query = sa.select(sa.func.min(AuditEntry.action))
        if found:
            query = query.where(AuditEntry.action > found[-1])
        one = db.session.scalar(query)
        if one is None:
            return found
        found.append(one)


def opened(actions: Sequence[str], since: datetime, until: datetime) -> list[Line]:
    """Every time that a person did one of these things in a period, the oldest first."""
    query = (
        sa.select(*COLUMNS)
        .where(
            AuditEntry.at >= stamp(since),
            AuditEntry.at < stamp(until),
            AuditEntry.actor_kind == "staff",
            AuditEntry.action.in_(actions),
            AuditEntry.outcome == Outcome.DONE.value,
        )
        .order_by(AuditEntry.at, AuditEntry.seq)
    )
    return [line_of(row) for row in db.session.execute(query)]


def refusals(since: datetime, until: datetime) -> list[tuple[Line, tuple[str, str]]]:
    """Every refusal of a record to a person in a period, with the record: its own object where
    that is one, else what it names beside it.
    """
    refused = (
        AuditEntry.at >= stamp(since),
        AuditEntry.at < stamp(until),
        AuditEntry.actor_kind == "staff",
        AuditEntry.outcome == Outcome.REFUSED.value,
    )
    kind, identity = AuditEntry.object_type, AuditEntry.object_id
    own = sa.select(*COLUMNS, kind.label("of_kind"), identity.label("of_id"))
    named = sa.select(*COLUMNS, AuditObject.object_type, AuditObject.object_id).join(
        AuditObject, AuditObject.seq == AuditEntry.seq
    )
    query = sa.union_all(
        own.where(*refused, kind.in_(set(NAMES.values()))), named.where(*refused)
    ).order_by("at", "seq")
    return [(line_of(row), (row[-2], row[-1])) for row in db.session.execute(query)]


def stamp(moment: datetime) -> str:
    """A moment as the log writes it, to compare by."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def line_of(row: Sequence[Any]) -> Line:
    """One row of the log, as a person reads it."""
    known = dict(zip((column.key for column in COLUMNS), row, strict=False))
    facts = json.loads(str(known.pop("facts")))
    known |= {
        "at": datetime.fromisoformat(str(known["at"])),
        "operation": Operation(str(known["operation"])),
        "outcome": Outcome(str(known["outcome"])),
        "fields": tuple(facts.get("fields", ())),
        "clock_back": facts.get("clock_back"),
    }
    return Line(**known)


def _naming(records: Records) -> sa.Select[int]:
    """The rows that name a record: by their own object, and by the index of those named beside."""
    kinds: dict[str, list[str]] = {}
    for kind, identity in records:
        kinds.setdefault(kind, []).append(identity)
    either = [
        sa.select(table.seq).where(table.object_type == kind, table.object_id.in_(ids))
        for kind, ids in kinds.items()
        for table in (AuditEntry, AuditObject)
    ]
    if not either:
        return sa.select(AuditEntry.seq).where(sa.false())
    found = sa.union(*either).subquery()
    return sa.select(found.c.seq)
