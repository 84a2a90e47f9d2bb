"""A bank's letter as a file: read with the reasons of what is wrong in it, and kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core.actor import Actor, machine
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import blind_index
from beacon.feeds.apart import WorkbookApart
from beacon.feeds.columns import Column, FeedSpec, Kind, parse_row
from beacon.feeds.reading import RawRow, read_file
from beacon.feeds.terms import RowRejected
from beacon.fraud_hub.commands.book import hold_book
from beacon.fraud_hub.models import BankLetter, LetterLine
from beacon.fraud_hub.queries.bank_letters import Line, cases_named, letter_of_digest
from beacon.fraud_hub.rules import evidence_key

LETTER = FeedSpec(
    name="bank letter",
    columns=(
        Column(name="reference", required=True, most=100),
        Column(name="date", kind=Kind.DATE, required=True, past=True),
        Column(name="amount", kind=Kind.MONEY, required=True),
        Column(name="payee", most=100),
        Column(name="our_reference", most=60),
    ),
)
LINES_AT_MOST = 2_000
EVERY_CASE = machine("matching a bank's letter")


@dataclass(frozen=True)
class ReadLetter:
    """A file that was read: its lines, and the rows that cannot be used with the reason."""

    digest: str
    headers: tuple[str, ...]
    lines: Sequence[Line]
    rejects: Sequence[tuple[RawRow, str]]


def read_letter(source: Path | bytes) -> ReadLetter:
    """Read a CSV or workbook; `FileRefused` where it is none, RuleBroken where it is too long.

    A row without a reference, a date that has come, or an amount above nothing is sent back, and so
    is a reference that the file has twice.
    """
    table = read_file(source, LETTER, opened=WorkbookApart)
    if table.total > LINES_AT_MOST:
        raise RuleBroken(
            f"A letter has at most {LINES_AT_MOST:,} lines. Split the file, then choose each part.",
            field="file",
        )
    lines: list[Line] = []
    rejects: list[tuple[RawRow, str]] = []
    seen: dict[str, int] = {}
    for raw in table:
        try:
            line = _line(raw)
            if line.reference_index in seen:
                raise RowRejected(f"reference is that of row {seen[line.reference_index]} too")
        except RowRejected as refusal:
            rejects.append((raw, str(refusal)))
            continue
        seen[line.reference_index] = line.row_no
        lines.append(line)
    return ReadLetter(table.digest, table.headers, lines, rejects)


def matched(viewer: Actor, lines: Sequence[Line]) -> list[Line]:
    """The lines with the cases that our references name and the viewer may open."""
    named = cases_named(viewer, {line.ours for line in lines if line.ours})
    return [_of_case(line, named.get(line.ours)) for line in lines]


def keep_letter(letter: ReadLetter, *, actor: Actor) -> tuple[BankLetter, bool]:
    """Keep the lines for a person to log one by one, and say whether the file was new.

    No entry is made. The same file twice changes nothing.
    """
    with transaction() as session:
        hold_book(session)
        before = letter_of_digest(letter.digest)
        if before is not None:
            return before, False
        if not letter.lines:
            raise RuleBroken("No line of this letter can be used, so there is nothing to keep.")
        days = [line.paid_on for line in letter.lines]
        kept = BankLetter(
            digest=letter.digest,
            lines=len(letter.lines),
            rejected=len(letter.rejects),
            first_on=min(days),
            last_on=max(days),
            by_id=actor.id,
            by_name=actor.name,
        )
        session.add(kept)
        session.flush()
        for line in matched(EVERY_CASE, letter.lines):
            row = LetterLine(
                letter_id=kept.id,
                row_no=line.row_no,
                paid_on=line.paid_on,
                amount_pence=line.amount_pence,
                reference_index=line.reference_index,
                case_id=line.case_id,
            )
            row.reference, row.payee, row.ours = line.reference, line.payee, line.ours
            session.add(row)
        audit.record("fraud.letter_kept", kept, actor, operation=Operation.COLLECTION)
        return kept, True


def _line(raw: RawRow) -> Line:
    row = parse_row(LETTER, raw)
    facts = row.facts
    reference, amount, paid_on = facts["reference"], facts["amount"], facts["date"]
    key = evidence_key(str(reference or ""))
    if not key:
        raise RowRejected("reference has neither a letter nor a figure")
    if not isinstance(amount, int) or amount <= 0:
        raise RowRejected("amount is nothing")
    if not isinstance(paid_on, date):
        raise RowRejected("date is missing")
    return Line(
        row_no=row.row_no,
        reference=str(reference),
        reference_index=blind_index("evidence", key),
        paid_on=paid_on,
        amount_pence=amount,
        payee=str(facts["payee"] or ""),
        ours=str(facts["our_reference"] or ""),
    )


def _of_case(line: Line, case_id: int | None) -> Line:
    return Line(**{**line.__dict__, "case_id": case_id})
