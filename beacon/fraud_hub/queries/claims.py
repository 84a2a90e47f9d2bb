"""One claim with its log and letters, and the claims of the hub by firm and age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # rows hold whatever the query asked for

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import BankClaim, BankContact, ClaimEvent, ClaimLetter, Loss
from beacon.fraud_hub.terms import AWAITING, ClaimsOf, ClaimStatus, OmbudsmanStep, Scheme
from beacon.people.models import Victim
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

AGES = (30, 60, 120)  # days, by which open claims are counted


@dataclass(frozen=True, kw_only=True)
class ClaimView:
    """One claim with its payment, what was done for it, and when the ombudsman takes it."""

    claim: BankClaim
    loss: Loss
    events: Sequence[ClaimEvent]
    letters: Sequence[ClaimLetter]
    ombudsman_from: date | None
    award: rules.AwardLimit


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """One line of the list of claims."""

    claim: BankClaim
    reference: str
    case_id: int
    victim_name: str
    age_days: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class BankLine:
    """The open claims from one firm: how many, what they ask, and how many are how old."""

    bank_id: int | None
    name: str
    number: int
    asked_pence: int
    by_age: tuple[int, ...]  # up to 30, 60, 120 days, and older


@dataclass(frozen=True, kw_only=True)
class Claims:
    """The claims that a person may see, narrowed to a list, a firm or a scheme; oldest first."""

    viewer: Viewer
    which: ClaimsOf = ClaimsOf.OPEN
    bank_id: int | None = None
    scheme: Scheme | None = None

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[ClaimRow]:
        """One page of them, the oldest first."""
        query: sa.Select[*tuple[Any, ...]] = (
            sa.select(BankClaim, CaseFile.reference, CaseFile.id, Victim)
            .join(CaseFile, CaseFile.id == BankClaim.case_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .join(Loss, Loss.id == BankClaim.loss_id)
            .where(*self._those())
        )
        keys = [Key(BankClaim.made_on), Key(BankClaim.id)]
        return read_page(db.session(), query, keys, cursor, size=size, shape=_claim_row)

    def _those(self) -> list[sa.ColumnElement[bool]]:
        conditions = [
            scope.condition(self.viewer, BankClaim),
            Loss.withdrawn_at.is_(None),
            *_in_list(self.which, clock.today()),
        ]
        if self.bank_id is not None:
            conditions.append(BankClaim.bank_id == self.bank_id)
        if self.scheme is not None:
            conditions.append(BankClaim.scheme == self.scheme)
        return conditions


def claim_view(viewer: Viewer, claim: BankClaim) -> ClaimView:
    """One claim with its log and its letters, the newest first."""
    events = db.session.scalars(
        scope.visible(viewer, ClaimEvent)
        .where(ClaimEvent.claim_id == claim.id)
        .order_by(ClaimEvent.id.desc())
    ).all()
    letters = db.session.scalars(
        scope.visible(viewer, ClaimLetter)
        .where(ClaimLetter.claim_id == claim.id, ClaimLetter.dropped_at.is_(None))
        .order_by(ClaimLetter.id.desc())
    ).all()
    loss = claim.loss
    referred_on = claim.ombudsman_on or clock.today()
    return ClaimView(
        claim=claim,
        loss=loss,
        events=events,
        letters=letters,
        ombudsman_from=rules.ombudsman_from(
            claim.scheme,
            final_response_on=claim.final_response_on,
            complained_on=claim.complained_on,
        ),
        award=rules.award_limit(referred_on, loss.paid_on),
    )


def get_letter(viewer: Viewer, case: CaseFile, letter_id: int) -> ClaimLetter:
    """One letter about a claim of this case, that was not thrown away."""
    row = db.session.scalar(
        scope.visible(viewer, ClaimLetter).where(
            ClaimLetter.id == letter_id,
            ClaimLetter.case_id == case.id,
            ClaimLetter.dropped_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    return row


def open_by_bank(viewer: Viewer) -> list[BankLine]:
    """The open claims by firm and age, in one statement; a firm of no directory counts as none."""
    today = clock.today()
    edges = [today - timedelta(days=days) for days in AGES]
    ages = [
        BankClaim.made_on >= edges[0],
        sa.and_(BankClaim.made_on < edges[0], BankClaim.made_on >= edges[1]),
        sa.and_(BankClaim.made_on < edges[1], BankClaim.made_on >= edges[2]),
        BankClaim.made_on < edges[2],
    ]
    query = (
        sa.select(
            BankClaim.bank_id,
            sa.func.max(BankContact.name),
            sa.func.count(),
            sa.func.sum(BankClaim.amount_pence),
            *(sa.func.sum(sa.case((age, 1), else_=0)) for age in ages),
        )
        .select_from(BankClaim)
        .join(Loss, Loss.id == BankClaim.loss_id)
        .outerjoin(BankContact, BankContact.id == BankClaim.bank_id)
        .where(
            scope.condition(viewer, BankClaim),
            Loss.withdrawn_at.is_(None),
            *_in_list(ClaimsOf.OPEN, today),
        )
        .group_by(BankClaim.bank_id)
        .order_by(sa.func.count().desc(), sa.func.max(BankContact.name))
    )
    return [
        BankLine(
            bank_id=row[0],
            name=row[1] or "A firm outside the directory",
            number=row[2],
            asked_pence=int(row[3]),
            by_age=tuple(int(part) for part in row[4:]),
        )
        for row in db.session.execute(query)
    ]


def _in_list(which: ClaimsOf, today: date) -> list[sa.ColumnElement[bool]]:
    if which is ClaimsOf.ALL:
        return []
    live = [BankClaim.lives()]
    if which is ClaimsOf.WAITING:
        return [*live, BankClaim.status.in_(AWAITING)]
    if which is ClaimsOf.LATE:
        stands_still = BankClaim.stopped_on.is_not(None)
        due_on = sa.case(
            (stands_still, BankClaim.final_reply_on), else_=BankClaim.reply_expected_on
        )
        return [*live, BankClaim.status.in_(AWAITING), due_on < today]
    if which is ClaimsOf.REFUSED:
        refused = BankClaim.status == ClaimStatus.REFUSED
        return [*live, refused, BankClaim.ombudsman_step.is_(None)]
    if which is ClaimsOf.AGREED:
        return [*live, BankClaim.status == ClaimStatus.AGREED]
    if which is ClaimsOf.OMBUDSMAN:
        return [*live, BankClaim.ombudsman_step == OmbudsmanStep.SENT]
    return live


def _claim_row(row: Any) -> ClaimRow:
    claim, today = row[0], clock.today()
    return ClaimRow(
        claim=claim,
        reference=row[1],
        case_id=row[2],
        victim_name=row[3].full_name,
        age_days=(today - claim.made_on).days,
        is_late=claim.is_late(today),
    )
