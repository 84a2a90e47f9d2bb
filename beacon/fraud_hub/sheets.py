"""Entries of the ledger as a file: no cell of it is taken for a formula (security.md X-01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beacon.feeds.rejected import guarded
from beacon.feeds.tables import csv_of, workbook_of
from beacon.fraud_hub.queries import LedgerRow

HEADS = (
    "Entry", "Case", "Counted on", "Happened on", "Kind", "Route", "What Beacon did", "Pence",
    "Pounds", "Reference", "Reverses entry", "Reversed", "Logged by", "Approved by",
)  # fmt: skip


def ledger_csv(rows: Iterable[LedgerRow], *, with_bank: bool) -> bytes:
    """The entries under their heads; references of banks only for those who may see them."""
    return csv_of(HEADS, _lines(rows, with_bank=with_bank))


def ledger_workbook(rows: Iterable[LedgerRow], *, with_bank: bool) -> bytes:
    """The same as a workbook of one sheet."""
    lines = ([guarded(text) for text in line] for line in _lines(rows, with_bank=with_bank))
    return workbook_of({"Ledger": [HEADS, *lines]})


def _lines(rows: Iterable[LedgerRow], *, with_bank: bool) -> Iterator[list[str]]:
    for row in rows:
        entry = row.entry
        pounds, pence = divmod(abs(entry.amount_pence), 100)
        yield [
            str(entry.id),
            row.reference,
            entry.counted_on.isoformat(),
            entry.happened_on.isoformat(),
            entry.kind.label,
            entry.route.label,
            entry.contribution.label,
            str(entry.amount_pence),
            f"{'-' if entry.amount_pence < 0 else ''}{pounds}.{pence:02}",
            (entry.evidence or "") if with_bank else "",
            str(entry.reverses_id or ""),
            "yes" if row.is_reversed else "no",
            entry.verified_by_name,
            entry.approved_by_name or "",
        ]
