"""What an import is asked to do with rows, and what it came to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from beacon.core.reserve import Keys, Reserve
from beacon.feeds.columns import ParsedRow
from beacon.feeds.models import ImportBatch
from beacon.feeds.reading import RawRow

WARNED_AT_MOST = 1_000
SoFar = tuple[int, Counter[str], list[tuple[RawRow, str]], int]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one row: its outcome, and whatever else is counted."""

    outcome: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Rows that are in or out together, and what is to be done with them.

    `take` gives one result for each row, in order. It raises `RowRejected` before it changes
    anything: then all the rows of the unit are sent back for that reason.
    """

    rows: tuple[ParsedRow, ...]
    take: Callable[[ImportBatch], Sequence[Result]]


@dataclass(kw_only=True)
class Report:
    """What an import came to, in the figures of contract.md 2."""

    feed: str
    file_name: str
    dry_run: bool
    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[tuple[RawRow, str]] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    outcomes: dict[int, str] = field(default_factory=dict)
    """What became of each row of a small file that was taken in, by its number."""
    warned: list[tuple[RawRow, str]] = field(default_factory=list)
    """The first rows of a dry run that would be taken in with a doubt, and which."""
    seen_before: datetime | None = None
    rejected_file: Path | None = None
    batch_id: int | None = None
    seconds: float = 0.0

    @property
    def rejected(self) -> int:
        """How many rows were sent back."""
        return len(self.rejects)

    def written(self) -> str:
        """The figures as a batch keeps them."""
        figures = {**self.counts, "read": self.read}
        return json.dumps(figures | {"rejected": self.rejected}, sort_keys=True)

    def so_far(self) -> SoFar:
        """How much was counted, so that it can be gone back to."""
        return self.read, self.counts.copy(), self.rejects.copy(), len(self.warnings)

    def go_back(self, to: SoFar) -> None:
        """Count as if nothing had come since."""
        self.read, self.counts, self.rejects, warnings = to
        del self.warnings[warnings:]

    def count(self, raw: RawRow, result: Result, *, in_full: bool) -> None:
        """Count what became of a row; `in_full`: keep its outcome too."""
        self.counts.update((result.outcome, *result.also))
        if in_full:
            self.outcomes[raw.row_no] = result.outcome

    def warn(self, raw: RawRow, warnings: Sequence[str]) -> None:
        """Keep what is odd about a row; a dry run keeps the row itself, up to so many."""
        self.warnings += [(raw.row_no, words) for words in warnings]
        if warnings and self.dry_run and len(self.warned) < WARNED_AT_MOST:
            self.warned.append((raw, "; ".join(warnings)))

    def figures(self, *outcomes: str) -> dict[str, int]:
        """`read`, the outcomes asked for, and `rejected`."""
        return {
            "read": self.read,
            **{name: self.counts[name] for name in outcomes},
            "rejected": self.rejected,
        }


Progress = Callable[[int, int], None]
Take = Callable[[ParsedRow, ImportBatch], Result]
Ahead = Callable[[Sequence[ParsedRow]], None]
Rehearse = Callable[[ParsedRow], Result]
Plan = Callable[[Sequence[ParsedRow]], Iterable[Unit]]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A row that was read, and taken as if it were new, in a process beside this one."""

    warnings: tuple[str, ...] = ()
    refused: str = ""
    row: Any = None
    """What the feature made of it."""


@dataclass(frozen=True)
class Ready:
    """The rows of a lot as they were made, with the keys that they were given."""

    rows: list[Made]
    keys: Keys
    reserve: Reserve

    def are_free(self) -> bool:
        """Whether the keys still are: asked within the transaction that writes the rows."""
        return self.reserve.are_free(self.keys)


class Together(Protocol):
    """What a feature offers whose rows are taken faster together than one by one.

    `begin` comes before the rows of each transaction, `end` after them. Where they cannot be
    taken together after all, they are taken again one by one. Rows that were made beside this
    process (`beside`) are looked up (`ahead_of_made`) and accepted, each if it is new after all.
    """

    @property
    def needed(self) -> Mapping[sa.Table, int]:
        """How many keys of each table a lot has needed so far."""

    def beside(self, batch_id: int) -> Callable[[list[RawRow], Keys], list[Made]]:
        """What processes beside this one do with rows of this batch."""

    def ahead_of_made(self, rows: Sequence[Any]) -> None:
        """Look up what is held of rows that were made."""

    def accept(self, row: Any) -> Result | None:
        """Have a row that was made be written; None where it must be taken here."""

    def begin(self, *, together: bool) -> None:
        """Make ready for the next rows."""

    def end(self) -> None:
        """Write whatever was put by."""
