"""Letters of banks, and each line of one beside the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # ids and indexes

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.reference import CaseReference
from beacon.core.scope import Viewer
from beacon.fraud_hub.models import BankClaim, BankLetter, LedgerEntry, LedgerProposal, LetterLine
from beacon.fraud_hub.rules.bank_letters import Known, state_of
from beacon.fraud_hub.terms import MONEY_BACK, EntryKind, ProposalState
from beacon.fraud_hub.terms.bank_letters import LineState
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

ASKED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Line:
    """One payment as a bank lists it, kept or only previewed; the amount is in pence."""

    row_no: int
    reference: str
    reference_index: str
    paid_on: date
    amount_pence: int
    payee: str = ""
    ours: str = ""
    case_id: int | None = None
    line_id: int | None = None


@dataclass(frozen=True)
class LineRow:
    """A line beside the ledger: how it stands, what differs, and what is logged."""

    line: Line
    state: LineState
    differs: tuple[str, ...]
    known: Known | None
    case_reference: str | None


@dataclass(frozen=True)
class UnlistedRow:
    """An entry of a case that the letter names, within its days, which the letter does not list."""

    entry: LedgerEntry
    case_reference: str


@dataclass(frozen=True)
class Differences:
    """A whole letter beside the ledger."""

    rows: Sequence[LineRow]
    unlisted: Sequence[UnlistedRow]

    def count(self, state: LineState) -> int:
        """How many lines stand so."""
        return sum(row.state is state for row in self.rows)


def letters(
    viewer: Viewer, cursor: Cursor | None = None, *, size: int = PAGE_SIZE
) -> Page[BankLetter]:
    """The letters that were taken in, the newest first."""
    keys = [Key(BankLetter.id, descending=True)]
    return read_page(db.session(), scope.visible(viewer, BankLetter), keys, cursor, size=size)


def get_bank_letter(viewer: Viewer, letter_id: int) -> BankLetter:
    """One letter."""
    letter = db.session.scalar(scope.visible(viewer, BankLetter).where(BankLetter.id == letter_id))
    if letter is None:
        raise NotFound
    return letter


def letter_of_digest(digest: str) -> BankLetter | None:
    """The letter that this very file was taken in as, if it was."""
    return db.session.scalar(sa.select(BankLetter).where(BankLetter.digest == digest))


def lines_of(viewer: Viewer, letter: BankLetter) -> list[Line]:
    """The lines of a letter that the viewer may see, in its order."""
    rows = db.session.scalars(
        scope.visible(viewer, LetterLine)
        .where(LetterLine.letter_id == letter.id)
        .order_by(LetterLine.row_no)
    )
    return [as_line(row) for row in rows]


def get_line(viewer: Viewer, letter_id: int, line_id: int) -> Line:
    """One line of this letter."""
    row = db.session.scalar(
        scope.visible(viewer, LetterLine).where(
            LetterLine.id == line_id, LetterLine.letter_id == letter_id
        )
    )
    if row is None:
        raise NotFound
    return as_line(row)


def as_line(row: LetterLine) -> Line:
    """A kept line, opened."""
    return Line(
        row_no=row.row_no,
        reference=row.reference or "",
        reference_index=row.reference_index,
        paid_on=row.paid_on,
        amount_pence=row.amount_pence,
        payee=row.payee or "",
        ours=row.ours or "",
        case_id=row.case_id,
        line_id=row.id,
    )


def cases_named(viewer: Viewer, ours: Iterable[str]) -> dict[str, int]:
    """The fraud cases that the viewer may open, by our reference as a bank wrote it.

    The reference of a case, or the number of a claim.
    """
    references: dict[str, list[str]] = {}
    claims: dict[int, str] = {}
    for text in ours:
        try:
            references.setdefault(str(CaseReference.parse(text)), []).append(text)
        except ValueError:
            if text.isascii() and text.isdigit() and len(text) <= 9:
                claims[int(text)] = text
    found: dict[str, int] = {}
    fraud = (
        sa.select(CaseFile.id, CaseFile.reference)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(scope.condition(viewer, CaseFile), Crime.kind == CrimeKind.FRAUD)
    )
    for some in _some(references):
        for case_id, reference in db.session.execute(fraud.where(CaseFile.reference.in_(some))):
            found |= dict.fromkeys(references[reference], case_id)
    of_claim = sa.select(BankClaim.case_id, BankClaim.id).where(scope.condition(viewer, BankClaim))
    for some_ids in _some(claims):
        for case_id, claim_id in db.session.execute(of_claim.where(BankClaim.id.in_(some_ids))):
            found[claims[claim_id]] = case_id
    return found


def differences(viewer: Viewer, lines: Sequence[Line]) -> Differences:
    """Each line beside the ledger, what wants a person first; then what the letter leaves out."""
    known = _known(viewer, {line.reference_index for line in lines})
    cases = {line.case_id for line in lines if line.case_id is not None}
    cases |= {one.case_id for one in known.values() if one.case_id is not None}
    references = _references(viewer, cases)
    rows = []
    for line in lines:
        one = known.get(line.reference_index)
        state, differs = state_of(
            amount_pence=line.amount_pence, paid_on=line.paid_on, case_id=line.case_id, known=one
        )
        case_id = line.case_id if line.case_id is not None else one.case_id if one else None
        rows.append(LineRow(line, state, differs, one, references.get(case_id or 0)))
    order = list(LineState)
    rows.sort(key=lambda row: (order.index(row.state), row.line.row_no))
    return Differences(rows, _unlisted(viewer, lines, references))


def _some(things: Collection[Any]) -> Iterator[Sequence[Any]]:
    """A few at a time, so that no statement asks for too many."""
    listed = sorted(things)
    for place in range(0, len(listed), ASKED_AT_ONCE):
        yield listed[place : place + ASKED_AT_ONCE]


def _known(viewer: Viewer, indexes: set[str]) -> dict[str, Known]:
    back = aliased(LedgerEntry)
    found: dict[str, Known] = {}
    for some in _some(indexes):
        waiting = scope.visible(viewer, LedgerProposal).where(
            LedgerProposal.evidence_index.in_(some),
            LedgerProposal.state == ProposalState.WAITING,
        )
        for row in db.session.scalars(waiting):
            if row.evidence_index and row.happened_on:
                found[row.evidence_index] = Known(
                    entry_id=None,
                    case_id=row.case_id,
                    amount_pence=row.amount_pence,
                    happened_on=row.happened_on,
                    waits=True,
                )
        standing = (
            scope.visible(viewer, LedgerEntry)
            .outerjoin(back, back.reverses_id == LedgerEntry.id)
            .where(LedgerEntry.evidence_index.in_(some), back.id.is_(None))
        )
        for entry in db.session.scalars(standing):
            if entry.evidence_index:
                found[entry.evidence_index] = Known(
                    entry_id=entry.id,
                    case_id=entry.case_id,
                    amount_pence=entry.amount_pence,
                    happened_on=entry.happened_on,
                )
    return found


def _references(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _some(ids):
        query = sa.select(CaseFile.id, CaseFile.reference).where(
            scope.condition(viewer, CaseFile), CaseFile.id.in_(some)
        )
        found |= {row.id: row.reference for row in db.session.execute(query)}
    return found


def _unlisted(
    viewer: Viewer, lines: Sequence[Line], references: dict[int, str]
) -> list[UnlistedRow]:
    cases = sorted({line.case_id for line in lines if line.case_id is not None})
    if not cases:
        return []
    listed = {line.reference_index for line in lines}
    days = [line.paid_on for line in lines]
    back = aliased(LedgerEntry)
    found = []
    for some in _some(cases):
        query = (
            scope.visible(viewer, LedgerEntry)
            .outerjoin(back, back.reverses_id == LedgerEntry.id)
            .where(
                LedgerEntry.case_id.in_(some),
                LedgerEntry.kind.in_((EntryKind.RECOVERED, EntryKind.INTEREST)),
                LedgerEntry.route.in_(MONEY_BACK),
                LedgerEntry.reverses_id.is_(None),
                back.id.is_(None),
                LedgerEntry.happened_on.between(min(days), max(days)),
            )
            .order_by(LedgerEntry.happened_on, LedgerEntry.id)
        )
        found += [
            UnlistedRow(entry, references.get(entry.case_id, ""))
            for entry in db.session.scalars(query)
            if entry.evidence_index not in listed
        ]
    return found
