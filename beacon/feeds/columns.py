"""A row of a feed as facts: read, weighed, and put in the form by which rows are compared."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from beacon.feeds import values
from beacon.feeds.reading import RawRow
from beacon.feeds.specs import Column, FeedSpec, OneOf, words
from beacon.feeds.terms import Fact, Kind, RowRejected

__all__ = ["Column", "FeedSpec", "Kind", "OneOf", "ParsedRow", "parse_row", "words"]


# So that the reason fits where it is kept.
MAX_REASONS = 3
NOT_THERE = ("", None)


@dataclass(frozen=True, kw_only=True)
class ParsedRow:
    """What one row says. `facts` has every column of the feed; None is not known."""

    row_no: int
    facts: dict[str, Fact | None]
    raw: dict[str, str]
    unknown: dict[str, str]
    warnings: list[str]
    normal: str
    """The known columns in normal form, as JSON in one order: equal for rows that say the same."""


@dataclass
class _Sheet:
    """What is gathered while the cells of one row are read."""

    facts: dict[str, Fact | None] = field(default_factory=dict)
    normal: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def parse_row(spec: FeedSpec, raw: RawRow) -> ParsedRow:
    """Read a row by its feed's columns, or raise `RowRejected` with every reason (contract.md 3).

    Neither warnings nor reasons repeat what a cell holds: they may be shown where the row may not.
    """
    if raw.fault:
        raise RowRejected(raw.fault)
    found = _Sheet()
    for column in spec.columns:
        _read(column, raw, found)
    if not found.reasons:
        found.reasons = [_lacking(group) for group in spec.one_of if not _given(group, found.facts)]
    if found.reasons:
        raise RowRejected(_together(found.reasons))
    texts = {name: values.text_of(cell) for name, cell in raw.cells.items()}
    known = spec.by_name
    return ParsedRow(
        row_no=raw.row_no,
        facts=found.facts,
        raw=texts,
        unknown={name: text for name, text in texts.items() if name not in known},
        warnings=found.warnings,
        normal=json.dumps(found.normal, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    )


def _together(reasons: list[str]) -> str:
    shown = reasons[:MAX_REASONS]
    more = len(reasons) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def _read(column: Column, raw: RawRow, found: _Sheet) -> None:
    cell = raw.cells.get(column.name)
    if not cell and cell in NOT_THERE and not column.required:  # most cells of most rows
        found.facts[column.name] = None
        return
    try:
        reading = values.read(column, cell)
    except values.Unreadable as fault:
        found.reasons.append(f"{column.name} {fault}")
        return
    if column.required and reading.fact is None:
        found.reasons.append(f"{column.name} {reading.warning or 'is missing'}")
    found.facts[column.name] = reading.fact
    if reading.normal:
        found.normal[column.name] = reading.normal
    if reading.warning:
        found.warnings.append(f"{column.name} {reading.warning}")


def _given(group: OneOf, facts: dict[str, Fact | None]) -> bool:
    return any(all(facts.get(name) not in (None, False, "") for name in way) for way in group.ways)


def _lacking(group: OneOf) -> str:
    return f"{group.label} is missing: give {group.told}"
