"""Today's calls: victims, banks and the ombudsman in one list, what runs out first on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases import queries as cases
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.queries import SafeState
from beacon.cases.terms import ContactOutcome
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import BankClaim
from beacon.fraud_hub.queries import standing as stands
from beacon.fraud_hub.terms import AWAITING, CallKind, ClaimStatus, Standing
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

SAME_DAY_FIRST, THEN = 0, 1
AHEAD = timedelta(days=max(rules.WARN_DAYS))
PASSED = timedelta(days=28)  # a last day that is longer ago is no call any more


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """One line: whom it is about, when it runs out, and what is done next."""

    kind: CallKind
    same_day: bool
    due_on: date
    case_id: int
    claim_id: int
    reference: str
    victim_name: str
    manager_name: str
    tries: int
    seen: int  # the last contact that the page shows; nought where there is none
    last_at: datetime | None
    last_channel: Channel | None
    last_outcome: ContactOutcome | None
    firm: str
    amount_pence: int | None
    status: ClaimStatus | None
    final_reply_on: date | None
    safe: SafeState = SafeState()

    @property
    def next_step(self) -> str:
        """What is done next."""
        if self.kind is CallKind.VICTIM:
            if self.same_day:
                return "Call today, and tell the manager"
            return "Try again" if self.tries else "Call for the first time"
        if self.kind is CallKind.BANK:
            return "Ask the bank for its reply"
        if self.status is ClaimStatus.REFUSED:
            return "Go to the ombudsman before the last day"
        return "The bank's time is over: they may go to the ombudsman"


@dataclass(frozen=True, kw_only=True)
class CallsToday:
    """The calls of a day in the cases that the viewer may see, or in their own."""

    viewer: Viewer
    mine: bool = False

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[CallRow]:
        """One page: two statements, however long the list is."""
        lines = sa.union_all(*self._parts(clock.today())).subquery("line")
        keys = [Key(lines.c.rank), Key(lines.c.due_on), Key(lines.c.kind), Key(lines.c.number)]
        query = _dressed(lines)
        page = read_page(db.session(), query, keys, cursor, size=size, shape=_row)
        return replace(page, rows=_with_safety(page.rows))

    def _parts(self, today: date) -> list[stands.Rows]:
        return [self._victims(today), self._banks(today), self._ombudsman(today)]

    def _victims(self, today: date) -> stands.Rows:
        again = stands.next_on()
        word = stands.standing(today)
        due = sa.func.coalesce(again, stands.first_by(), sa.literal(today, sa.Date))
        urgent = sa.and_(stands.same_day(), word == Standing.CALL_TODAY.value)
        query = sa.select(
            sa.literal(CallKind.VICTIM.value).label("kind"),
            sa.case((urgent, SAME_DAY_FIRST), else_=THEN).label("rank"),
            sa.type_coerce(due, sa.Date).label("due_on"),
            CaseFile.id.label("number"),
            CaseFile.id.label("case_id"),
            sa.literal(0).label("claim_id"),
        )
        return stands.joined(query, self.viewer).where(
            CaseFile.closed_at.is_(None),
            sa.or_(word == Standing.CALL_TODAY.value, again <= today),
            *self._own(),
        )

    def _banks(self, today: date) -> stands.Rows:
        return self._claims(CallKind.BANK, BankClaim.reply_expected_on).where(
            BankClaim.status.in_(AWAITING),
            BankClaim.reply_expected_on <= today,
            BankClaim.final_reply_on >= today,
        )

    def _ombudsman(self, today: date) -> stands.Rows:
        """Refusals whose last day is near, and claims that were not answered in their time."""
        over = sa.and_(BankClaim.status.in_(AWAITING), BankClaim.final_reply_on < today)
        near = sa.and_(
            BankClaim.status == ClaimStatus.REFUSED,
            BankClaim.ombudsman_by.between(today - PASSED, today + AHEAD),
        )
        due = sa.case((over, BankClaim.final_reply_on), else_=BankClaim.ombudsman_by)
        return self._claims(CallKind.OMBUDSMAN, due).where(sa.or_(over, near))

    def _claims(self, kind: CallKind, due: Any) -> stands.Rows:
        return (
            sa.select(
                sa.literal(kind.value).label("kind"),
                sa.literal(THEN).label("rank"),
                sa.type_coerce(due, sa.Date).label("due_on"),
                BankClaim.id.label("number"),
                BankClaim.case_id,
                BankClaim.id.label("claim_id"),
            )
            .join(CaseFile, CaseFile.id == BankClaim.case_id)
            .where(scope.condition(self.viewer, BankClaim), *self._own())
        )

    def _own(self) -> list[sa.ColumnElement[bool]]:
        return [CaseFile.manager_id == self.viewer.id] if self.mine else []


def _dressed(lines: sa.Subquery) -> stands.Rows:
    last = (
        sa.select(sa.func.max(ContactLog.id))
        .where(ContactLog.case_id == CaseFile.id)
        .correlate(CaseFile)
        .scalar_subquery()
    )
    return (
        sa.select(
            lines.c.kind,
            lines.c.rank,
            lines.c.due_on,
            lines.c.case_id,
            lines.c.claim_id,
            CaseFile.reference,
            Victim,
            Staff.name.label("manager_name"),
            stands.tries().label("tries"),
            ContactLog,
            BankClaim,
        )
        .join(CaseFile, CaseFile.id == lines.c.case_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Staff, Staff.id == CaseFile.manager_id)
        .outerjoin(ContactLog, ContactLog.id == last)
        .outerjoin(BankClaim, BankClaim.id == lines.c.claim_id)
    )


def _row(row: Any) -> CallRow:
    contact: ContactLog | None = row.ContactLog
    claim: BankClaim | None = row.BankClaim
    return CallRow(
        kind=CallKind(row.kind),
        same_day=row.rank == SAME_DAY_FIRST,
        due_on=row.due_on,
        case_id=row.case_id,
        claim_id=row.claim_id,
        reference=row.reference,
        victim_name=row.Victim.full_name,
        manager_name=row.manager_name or "",
        tries=row.tries,
        seen=contact.id if contact else 0,
        last_at=contact.happened_at if contact else None,
        last_channel=contact.channel if contact else None,
        last_outcome=contact.outcome if contact else None,
        firm=claim.firm if claim else "",
        amount_pence=claim.amount_pence if claim else None,
        status=claim.status if claim else None,
        final_reply_on=claim.final_reply_on if claim else None,
    )


def _with_safety(rows: Any) -> list[CallRow]:
    """The lines about victims, with how safely each may be reached."""
    ids = [row.case_id for row in rows if row.kind is CallKind.VICTIM]
    safe = cases.safe_states(ids)
    return [
        replace(row, safe=safe.get(row.case_id, SafeState()))
        if row.kind is CallKind.VICTIM
        else row
        for row in rows
    ]
