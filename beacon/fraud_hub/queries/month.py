"""The month's list: every fraud case, whatever its source, each with its standing and next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from beacon.accounts.models import Staff
from beacon.cases import came_by, caseless
from beacon.cases.caseless import Caseless
from beacon.cases.models import CaseFile, ContactLog, Crime, FraudReport
from beacon.cases.terms import ContactOutcome, CrimeKind
from beacon.core import clock, together
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import FraudDecision, FraudTriage
from beacon.fraud_hub.queries import standing as stands
from beacon.fraud_hub.terms import ON_THE_LIST, Decision, Level, Source, Standing
from beacon.people.models import PersonAround, Victim
from beacon.people.terms import Around
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

NOBODY = 0  # as an officer: cases that nobody has


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """One row of the list."""

    case_id: int
    reference: str
    victim_name: str
    is_business: bool
    has_speaker: bool  # somebody is named who speaks for the business
    reported_at: datetime
    source: Source
    district: str
    fraud: str
    lost_pence: int | None
    level: Level
    is_triaged: bool
    same_day: bool
    manager_name: str
    standing: Standing
    decision: Decision | None
    tries: int
    last_at: datetime | None
    last_channel: Channel | None
    last_outcome: ContactOutcome | None
    next_on: date | None
    first_by: date | None

    @property
    def due_on(self) -> date | None:
        """The day of the next step, where it has one."""
        if self.standing is Standing.TRYING or (
            self.standing is Standing.CALL_TODAY and self.tries
        ):
            return self.next_on
        untried = {Standing.TRIAGE, Standing.TO_CALL, Standing.CALL_TODAY}
        return self.first_by if self.standing in untried else None

    @property
    def is_reached(self) -> bool:
        """Whether somebody has spoken with them."""
        return self.standing is Standing.REACHED or self.decision in {
            Decision.PLAN,
            Decision.ADVICE_ONLY,
            Decision.DECLINED,
        }

    @property
    def last_words(self) -> str:
        """The last attempt in words; empty where there is none."""
        if self.last_channel is None or self.last_outcome is None:
            return ""
        return f"{self.last_channel.label}: {self.last_outcome.label.lower()}"


@dataclass(frozen=True, kw_only=True)
class MonthList:
    """The rows that a person may see, as they narrow them; those still on the list if unasked.

    In the order of the reports, the longest waiting first.
    """

    viewer: Viewer
    month: date | None = None  # the first day of the London month of the report
    standing: Standing | None = None
    everything: bool = False
    officer_id: int | None = None
    district: str = ""
    level: Level | None = None
    source: Source | None = None

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[MonthRow]:
        """One page, in one statement."""
        keys = [Key(Crime.recorded_at), Key(CaseFile.id)]
        return read_page(db.session(), self.query(), keys, cursor, size=size, shape=_row)

    def query(self) -> stands.Rows:
        """Every row of it, with its columns."""
        today = clock.today()
        return _rows(self.viewer, today).where(*self._narrowed(today))

    def counts(self) -> Mapping[Standing, int]:
        """How many stand where, asked alone."""
        return together.answer(self.counts_asked())

    def counts_asked(self) -> Asking[Mapping[Standing, int]]:
        """How many stand where, of this month and officer and so on, whatever the standing."""
        today = clock.today()
        word = stands.standing(today).label("standing")
        inner = stands.joined(sa.select(word), self.viewer).where(*self._but_standing(today))
        found = inner.subquery()
        rows = yield from together.rows(
            sa.select(found.c.standing, sa.func.count()).group_by(found.c.standing)
        )
        counted = {Standing(one): number for one, number in rows}
        return {one: counted[one] for one in Standing if counted.get(one)}

    def without_case(self) -> Asking[list[Caseless]]:
        """The reports of the month of which there is no case yet, by what they wait for."""
        since, until = self._moments()
        return caseless.of.ask(CrimeKind.FRAUD, since, until)

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        if self.month is None:
            return None, None
        return clock.start_of_day(self.month), clock.start_of_day(
            self.month + relativedelta(months=1)
        )

    def _narrowed(self, today: date) -> list[sa.ColumnElement[bool]]:
        word = stands.standing(today)
        if self.standing is not None:
            return [*self._but_standing(today), word == self.standing.value]
        if self.everything:
            return self._but_standing(today)
        waits = word.in_([one.value for one in ON_THE_LIST])
        return [*self._but_standing(today), CaseFile.closed_at.is_(None), waits]

    def _but_standing(self, today: date) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = []
        since, until = self._moments()
        if since is not None and until is not None:
            found += [Crime.recorded_at >= since, Crime.recorded_at < until]
        if self.officer_id == NOBODY:
            found.append(CaseFile.manager_id.is_(None))
        elif self.officer_id is not None:
            found.append(CaseFile.manager_id == self.officer_id)
        if self.district:
            found.append(Crime.district == self.district)
        if self.level is not None:
            found.append(stands.level(today) == self.level.value)
        if self.source is not None:
            found.append(stands.source() == self.source.value)
        return found


@asking
def row_of(viewer: Viewer, case_id: int) -> Asking[MonthRow | None]:
    """The row of one case; None where it is no fraud, or not the viewer's to see."""
    rows = yield from together.rows(_rows(viewer, clock.today()).where(CaseFile.id == case_id))
    return _row(rows[0]) if rows else None


@asking
def officers(viewer: Viewer) -> Asking[list[tuple[int, str]]]:
    """Who has live fraud cases of those the viewer may see, by name."""
    of_cases = stands.joined(sa.select(CaseFile.manager_id), viewer).where(
        CaseFile.closed_at.is_(None)
    )
    rows = yield from together.rows(
        sa.select(Staff.id, Staff.name).where(Staff.id.in_(of_cases)).order_by(Staff.name, Staff.id)
    )
    return [(row.id, row.name) for row in rows]


@asking
def districts() -> Asking[list[str]]:
    """The districts that fraud reports name."""
    return (
        yield from together.scalars(
            sa.select(Crime.district)
            .where(Crime.kind == CrimeKind.FRAUD, Crime.district != "")
            .distinct()
            .order_by(Crime.district)
        )
    )


def _rows(viewer: Viewer, today: date) -> stands.Rows:
    last = (
        sa.select(sa.func.max(ContactLog.id))
        .where(ContactLog.case_id == CaseFile.id)
        .correlate(CaseFile)
        .scalar_subquery()
    )
    speaks = sa.exists().where(
        PersonAround.victim_id == Victim.id,
        PersonAround.kind == Around.SPEAKS_FOR,
        PersonAround.retired_at.is_(None),
    )
    query: stands.Rows = sa.select(
        CaseFile.id.label("case_id"),
        CaseFile.reference,
        Victim,
        Crime.recorded_at,
        Crime.district,
        Crime.offence,
        FraudReport.fraud_type,
        FraudReport.amount_lost_pence,
        FraudTriage.id.label("triage_id"),
        FraudTriage.source,
        FraudDecision.decision,
        Staff.name.label("manager_name"),
        ContactLog.happened_at,
        ContactLog.channel,
        ContactLog.outcome,
        came_by.feed().label("feed"),
        came_by.agency().label("agency"),
        speaks.correlate(Victim).label("has_speaker"),
        stands.level(today).label("level"),
        stands.same_day().label("same_day"),
        stands.standing(today).label("standing"),
        stands.tries().label("tries"),
        stands.next_on().label("next_on"),
        stands.first_by().label("first_by"),
    )
    query = stands.joined(query, viewer)
    query = query.outerjoin(Staff, Staff.id == CaseFile.manager_id)
    return query.outerjoin(ContactLog, ContactLog.id == last)


def _row(row: Any) -> MonthRow:
    victim: Victim = row.Victim
    return MonthRow(
        case_id=row.case_id,
        reference=row.reference,
        victim_name=victim.full_name,
        is_business=bool(victim.organisation),
        has_speaker=row.has_speaker,
        reported_at=row.recorded_at,
        source=rules.source_of(row.feed, row.agency, row.recorded_at, row.source),
        district=row.district,
        fraud=row.fraud_type or row.offence,
        lost_pence=row.amount_lost_pence,
        level=Level(row.level),
        is_triaged=row.triage_id is not None,
        same_day=bool(row.same_day),
        manager_name=row.manager_name or "",
        standing=Standing(row.standing),
        decision=row.decision,
        tries=row.tries,
        last_at=row.happened_at,
        last_channel=row.channel,
        last_outcome=row.outcome,
        next_on=row.next_on,
        first_by=row.first_by,
    )
