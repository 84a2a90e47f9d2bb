"""The book itself: one order at a time, which day counts, who must be asked, and the row at last.

Nothing else writes a row of the ledger. Whoever calls holds the book (`hold_book`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.errors import RuleBroken
from beacon.core.sealed import blind_index
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal
from beacon.fraud_hub.queries.book import A_DAY, bank_index, open_from
from beacon.fraud_hub.rules import counted_on, evidence_key, needs_second_person, paper_key
from beacon.fraud_hub.standards import second_person_pence
from beacon.fraud_hub.terms import Contribution, EntryKind, ProposalKind, ProposalState, Route

LOCK = 0x4C454447  # of PostgreSQL's advisory locks: “LEDG”
TWICE = (
    "Money with this reference is already logged. Check that nobody else has logged it. "
    "Where one letter covers several payments, add the payment, such as “/2”."
)
# Kinds whose parts are parts of one thing: a recovery comes with its interest.
BACK = frozenset({EntryKind.RECOVERED, EntryKind.INTEREST})
KEPT_SAFE = frozenset({EntryKind.PREVENTED, EntryKind.ESTIMATED})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A row as it is to stand in the ledger: amounts in pence, below zero for a reversal."""

    case_id: int
    route: Route
    contribution: Contribution
    amount_pence: int
    happened_on: date
    loss_id: int | None = None
    evidence: str = ""
    words: str = ""
    reverses_id: int | None = None
    bank: str = ""

    @property
    def key(self) -> str:
        """Its reference, as references are compared."""
        return evidence_key(self.evidence)

    @property
    def evidence_index(self) -> str | None:
        """By which the same reference is found again."""
        return blind_index("evidence", self.key) if self.key else None

    @property
    def paper_index(self) -> str | None:
        """By which the other parts of the same letter are found."""
        return blind_index("paper", paper_key(self.key)) if self.key else None


@dataclass(frozen=True)
class Logged:
    """Who logged a row first; with a second person that is not who writes it."""

    id: int | None
    name: str


def hold_book(session: Session) -> None:
    """Let nobody else write the ledger until this transaction ends.

    SQLite has one writer at a time anyway. On PostgreSQL it is held after the case, so that two
    cases with one reference, two parts of one recovery, and the closing of a month take turns.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


def is_logged(session: Session, wanted: Wanted) -> bool:
    """Whether money with this reference stands in the ledger, or waits for a second person."""
    if wanted.evidence_index is None:
        return False
    back = aliased(LedgerEntry)
    standing = (
        sa.select(LedgerEntry.id)
        .outerjoin(back, back.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.evidence_index == wanted.evidence_index, back.id.is_(None))
    )
    waiting = sa.select(LedgerProposal.id).where(
        LedgerProposal.evidence_index == wanted.evidence_index,
        LedgerProposal.state == ProposalState.WAITING,
    )
    return session.scalar(sa.select(sa.or_(standing.exists(), waiting.exists()))) is True


def together(session: Session, wanted: Wanted) -> int:
    """What the row comes to with the other parts of its recovery, in pence, signs left off.

    A part is of the same case, or of another part of the same letter, and was logged within a day
    or happened on the same day. What was reversed is no part; what waits is one.
    """
    if wanted.reverses_id is not None:
        return abs(wanted.amount_pence) + _reversed_beside(session, wanted)
    group = BACK if wanted.route.kind in BACK else KEPT_SAFE
    back = aliased(LedgerEntry)
    of_ledger = (
        sa.select(sa.func.sum(LedgerEntry.amount_pence))
        .outerjoin(back, back.reverses_id == LedgerEntry.id)
        .where(
            LedgerEntry.amount_pence > 0,
            back.id.is_(None),
            *_beside(LedgerEntry, wanted, group),
        )
    )
    waiting = sa.select(sa.func.sum(LedgerProposal.amount_pence)).where(
        LedgerProposal.what == ProposalKind.ENTRY,
        LedgerProposal.state == ProposalState.WAITING,
        *_beside(LedgerProposal, wanted, group),
    )
    return wanted.amount_pence + _number(session, of_ledger) + _number(session, waiting)


def must_be_approved(together_pence: int) -> bool:
    """Whether a second person is asked: the limit is a setting, read now."""
    return needs_second_person(together_pence, second_person_pence())


def enter(
    session: Session,
    wanted: Wanted,
    *,
    logged: Logged,
    token: str,
    claim_id: int | None = None,
    approved: Actor | None = None,
) -> LedgerEntry:
    """Write the row; the database says if the same reference, or reversal, is there already."""
    entry = LedgerEntry(
        case_id=wanted.case_id,
        loss_id=wanted.loss_id,
        claim_id=claim_id,
        kind=wanted.route.kind,
        route=wanted.route,
        contribution=wanted.contribution,
        amount_pence=wanted.amount_pence,
        happened_on=wanted.happened_on,
        counted_on=counted_on(wanted.happened_on, open_from()),
        verified_by_id=logged.id,
        verified_by_name=logged.name,
        approved_by_id=approved.id if approved else None,
        approved_by_name=approved.name if approved else None,
        reverses_id=wanted.reverses_id,
        token=token,
    )
    entry.words, entry.bank_index = wanted.words.strip(), bank_index(wanted.bank)
    if wanted.key:
        entry.evidence = wanted.evidence.strip()
        entry.evidence_index, entry.paper_index = wanted.evidence_index, wanted.paper_index
        entry.evidence_use = _uses(session, wanted)
    session.add(entry)
    try:
        session.flush()
    except IntegrityError as twice:
        raise RuleBroken(TWICE, field="evidence") from twice
    return entry


def propose(
    session: Session, wanted: Wanted, *, together_pence: int, token: str, actor: Actor
) -> LedgerProposal:
    """Keep the row for a second person; until then it counts nowhere."""
    waiting = LedgerProposal(
        what=ProposalKind.ENTRY if wanted.reverses_id is None else ProposalKind.REVERSAL,
        case_id=wanted.case_id,
        loss_id=wanted.loss_id,
        kind=wanted.route.kind,
        route=wanted.route,
        contribution=wanted.contribution,
        amount_pence=wanted.amount_pence,
        happened_on=wanted.happened_on,
        evidence_index=wanted.evidence_index,
        paper_index=wanted.paper_index,
        reverses_id=wanted.reverses_id,
        together_pence=together_pence,
        proposed_by_id=actor.id,
        proposed_by_name=actor.name,
        token=token,
    )
    waiting.evidence, waiting.words = wanted.evidence.strip(), wanted.words.strip()
    session.add(waiting)
    return waiting


def _beside(
    model: type[LedgerEntry] | type[LedgerProposal], wanted: Wanted, group: Iterable[EntryKind]
) -> list[sa.ColumnElement[bool]]:
    of_one = model.case_id == wanted.case_id
    if wanted.paper_index is not None:
        of_one = sa.or_(of_one, model.paper_index == wanted.paper_index)
    within = sa.or_(model.created_at > clock.now() - A_DAY, model.happened_on == wanted.happened_on)
    return [of_one, within, model.kind.in_(group)]


def _reversed_beside(session: Session, wanted: Wanted) -> int:
    since = clock.now() - A_DAY
    of_ledger = sa.select(sa.func.sum(-LedgerEntry.amount_pence)).where(
        LedgerEntry.case_id == wanted.case_id,
        LedgerEntry.reverses_id.is_not(None),
        LedgerEntry.created_at > since,
    )
    waiting = sa.select(sa.func.sum(-LedgerProposal.amount_pence)).where(
        LedgerProposal.case_id == wanted.case_id,
        LedgerProposal.what == ProposalKind.REVERSAL,
        LedgerProposal.state == ProposalState.WAITING,
        LedgerProposal.created_at > since,
    )
    return _number(session, of_ledger) + _number(session, waiting)


def _uses(session: Session, wanted: Wanted) -> int:
    """How often an entry of this reference was reversed: so often it may be logged anew."""
    back = aliased(LedgerEntry)
    query = (
        sa.select(sa.func.count())
        .select_from(LedgerEntry)
        .join(back, back.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.evidence_index == wanted.evidence_index)
    )
    return _number(session, query)


def _number(session: Session, query: sa.Select[*tuple[object, ...]]) -> int:
    return int(session.scalar(query) or 0)
