"""The second person: approving or refusing what waits. Never whoever logged it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.fraud_hub.commands.book import Logged, Wanted, hold_book
from beacon.fraud_hub.commands.ledger import check_recovered, check_reversal, write
from beacon.fraud_hub.commands.once import held_case, held_loss
from beacon.fraud_hub.commands.opening import enter_opening
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal, OpeningBalance
from beacon.fraud_hub.queries.approvals import may_decide
from beacon.fraud_hub.terms import MONEY_BACK, ProposalKind, ProposalState

SAME = (
    "You logged this, under this account or another of yours. Somebody else must approve or "
    "refuse it."
)


def approve(proposal: LedgerProposal, *, actor: Actor) -> LedgerEntry | OpeningBalance:
    """Let it enter the ledger, with the name of who approved it.

    Every rule is asked anew: what came in meanwhile may leave no room for it (RuleBroken).
    """
    with transaction() as session:
        row = _held(session, proposal, actor)
        if row.what.is_of_a_case:
            made: LedgerEntry | OpeningBalance = _enter(session, row, actor)
        else:
            made = enter_opening(session, row, actor)
        _decide(row, ProposalState.APPROVED, actor)
        audit.record("fraud.entry_approved", row, actor, case_id=row.case_id, made=made.id)
        return made


def refuse(proposal: LedgerProposal, *, because: str, actor: Actor) -> LedgerProposal:
    """Let it not enter the ledger, and say why; whoever logged it may log it anew."""
    with transaction() as session:
        row = _held(session, proposal, actor)
        if not because.strip():
            raise RuleBroken("Enter why you refuse it.", field="because")
        row.because = because.strip()
        _decide(row, ProposalState.REFUSED, actor)
        audit.record("fraud.entry_refused", row, actor, case_id=row.case_id)
        return row


def _held(session: Session, proposal: LedgerProposal, actor: Actor) -> LedgerProposal:
    """The proposal as it is now, the case and the book held, for a second person alone."""
    if proposal.case_id is not None:
        held_case(session.get_one(CaseFile, proposal.case_id))
    hold_book(session)
    row = session.get(LedgerProposal, proposal.id, populate_existing=True)
    if row is None:
        raise NotFound
    if not row.waits:
        raise RuleBroken(f"{row.decided_by_name} has already decided this: {row.state.label}.")
    if not may_decide(row, actor):
        raise RuleBroken(SAME)
    return row


def _enter(session: Session, row: LedgerProposal, actor: Actor) -> LedgerEntry:
    wanted = _wanted(row)
    if row.what is ProposalKind.REVERSAL:
        reversed_row = session.get_one(LedgerEntry, row.reverses_id)
        check_reversal(session, reversed_row, but=row)
    elif wanted.route in MONEY_BACK:
        case = session.get_one(CaseFile, wanted.case_id)
        check_recovered(session, held_loss(case, wanted.loss_id), wanted)
    logged = Logged(row.proposed_by_id, row.proposed_by_name)
    return write(session, wanted, logged=logged, token=row.token, approved=actor)


def _wanted(row: LedgerProposal) -> Wanted:
    if row.case_id is None or row.route is None or row.contribution is None:
        raise RuleBroken("This is no entry of a case.")
    if row.happened_on is None:
        raise RuleBroken("This entry has no date.")
    return Wanted(
        case_id=row.case_id,
        loss_id=row.loss_id,
        route=row.route,
        contribution=row.contribution,
        amount_pence=row.amount_pence,
        # A reversal counts on the day on which it is made (domain.md RULE 4.7).
        happened_on=clock.today() if row.reverses_id else row.happened_on,
        evidence=row.evidence or "",
        words=row.words or "",
        reverses_id=row.reverses_id,
    )


def _decide(row: LedgerProposal, state: ProposalState, actor: Actor) -> None:
    row.state, row.decided_at = state, clock.now()
    row.decided_by_id, row.decided_by_name = actor.id, actor.name
