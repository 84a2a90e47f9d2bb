"""What was published before the ledger was kept: by financial year, always with a second person."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub.commands.book import hold_book
from beacon.fraud_hub.models import TOKEN_CHARS, LedgerProposal, OpeningBalance
from beacon.fraud_hub.rules import why_no_opening
from beacon.fraud_hub.terms import EntryKind, ProposalKind, ProposalState

COUNTED = (EntryKind.RECOVERED, EntryKind.PREVENTED)


@dataclass(frozen=True, kw_only=True)
class OpeningFacts:
    """A published figure: the financial year by the one in which it begins, the amount in pence."""

    year: int
    kind: EntryKind
    amount_pence: int
    source: str


def propose_opening(facts: OpeningFacts, *, token: str, actor: Actor) -> LedgerProposal:
    """Keep a published figure for a second person; one stands for each year and kind."""
    with transaction() as session:
        hold_book(session)
        before = _sent_before(session, token)
        if before is not None:
            return before
        if facts.kind not in COUNTED:
            raise RuleBroken("Choose recovered or prevented.", field="kind")
        refusal = why_no_opening(
            year=facts.year,
            amount_pence=facts.amount_pence,
            source=facts.source,
            today=clock.today(),
        )
        if refusal is not None:
            raise RuleBroken(refusal[0], field=refusal[1])
        _only_one(session, facts.year, facts.kind)
        return _propose(
            session,
            ProposalKind.OPENING,
            facts,
            token=token,
            actor=actor,
        )


def propose_opening_reversal(
    opening: OpeningBalance, *, reason: str, token: str, actor: Actor
) -> LedgerProposal:
    """Keep the reversal of a published figure for a second person."""
    with transaction() as session:
        hold_book(session)
        before = _sent_before(session, token)
        if before is not None:
            return before
        row = session.get(OpeningBalance, opening.id, populate_existing=True)
        if row is None:
            raise NotFound
        _may_be_reversed(session, row)
        if not reason.strip():
            raise RuleBroken("Enter why the figure is reversed.", field="reason")
        facts = OpeningFacts(
            year=row.year, kind=row.kind, amount_pence=-row.amount_pence, source=reason
        )
        return _propose(
            session,
            ProposalKind.OPENING_REVERSAL,
            facts,
            token=token,
            actor=actor,
            reverses=row,
        )


def enter_opening(session: Session, row: LedgerProposal, actor: Actor) -> OpeningBalance:
    """Write the figure that a second person has approved; asked anew whether it still may be."""
    if row.year is None:
        raise RuleBroken("This figure has no year.")
    if row.reverses_opening_id is None:
        _only_one(session, row.year, row.kind, but=row)
        use = _reversals(session, row.year, row.kind)
    else:
        _may_be_reversed(session, session.get_one(OpeningBalance, row.reverses_opening_id), but=row)
        use = -row.reverses_opening_id
    opening = OpeningBalance(
        year=row.year,
        kind=row.kind,
        amount_pence=row.amount_pence,
        use=use,
        reverses_id=row.reverses_opening_id,
        logged_by_id=row.proposed_by_id,
        logged_by_name=row.proposed_by_name,
        approved_by_id=actor.id,
        approved_by_name=actor.name,
    )
    opening.source = row.words
    session.add(opening)
    session.flush()
    return opening


def _propose(
    session: Session,
    what: ProposalKind,
    facts: OpeningFacts,
    *,
    token: str,
    actor: Actor,
    reverses: OpeningBalance | None = None,
) -> LedgerProposal:
    row = LedgerProposal(
        what=what,
        kind=facts.kind,
        amount_pence=facts.amount_pence,
        year=facts.year,
        reverses_opening_id=reverses.id if reverses else None,
        together_pence=abs(facts.amount_pence),
        proposed_by_id=actor.id,
        proposed_by_name=actor.name,
        token=token,
    )
    row.words = facts.source.strip()
    session.add(row)
    audit.record("fraud.opening_proposed", row, actor, operation=Operation.COLLECTION)
    return row


def _sent_before(session: Session, token: str) -> LedgerProposal | None:
    if not 1 <= len(token) <= TOKEN_CHARS:
        raise RuleBroken("Open this page again, and enter it once more.")
    return session.scalar(sa.select(LedgerProposal).where(LedgerProposal.token == token))


def _only_one(
    session: Session, year: int, kind: EntryKind, *, but: LedgerProposal | None = None
) -> None:
    back = aliased(OpeningBalance)
    standing = (
        sa.select(OpeningBalance.id)
        .outerjoin(back, back.reverses_id == OpeningBalance.id)
        .where(
            OpeningBalance.year == year,
            OpeningBalance.kind == kind,
            OpeningBalance.reverses_id.is_(None),
            back.id.is_(None),
        )
    )
    if session.scalar(standing) is not None:
        raise RuleBroken(
            "A figure for this year is kept already. Reverse it first, then log the right one.",
            field="year",
        )
    waiting = sa.select(LedgerProposal.id).where(
        LedgerProposal.what == ProposalKind.OPENING,
        LedgerProposal.state == ProposalState.WAITING,
        LedgerProposal.year == year,
        LedgerProposal.kind == kind,
        LedgerProposal.id != (but.id if but else 0),
    )
    if session.scalar(waiting) is not None:
        raise RuleBroken("A figure for this year already waits for a second person.", field="year")


def _may_be_reversed(
    session: Session, row: OpeningBalance, *, but: LedgerProposal | None = None
) -> None:
    if row.is_reversal:
        raise RuleBroken("A reversal cannot be reversed. Log the figure again.")
    taken = sa.select(OpeningBalance.id).where(OpeningBalance.reverses_id == row.id)
    if session.scalar(taken) is not None:
        raise RuleBroken("Somebody has already reversed this figure.")
    waiting = sa.select(LedgerProposal.id).where(
        LedgerProposal.reverses_opening_id == row.id,
        LedgerProposal.state == ProposalState.WAITING,
        LedgerProposal.id != (but.id if but else 0),
    )
    if session.scalar(waiting) is not None:
        raise RuleBroken("The reversal of this figure already waits for a second person.")


def _reversals(session: Session, year: int, kind: EntryKind) -> int:
    query = sa.select(sa.func.count()).where(
        OpeningBalance.year == year,
        OpeningBalance.kind == kind,
        OpeningBalance.reverses_id.is_not(None),
    )
    return int(session.scalar(query) or 0)
