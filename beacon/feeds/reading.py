"""The rows of a CSV or XLSX file under their headers, in file order, blank ones left out."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from beacon.feeds import scanning, sniffing
from beacon.feeds.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from beacon.feeds.rejected import ADDED, unguarded
from beacon.feeds.specs import FeedSpec, plain
from beacon.feeds.terms import Cell, FileKind, FileRefused, Kind
from beacon.feeds.values import FIRST_YEAR, LAST_YEAR, text_of
from beacon.feeds.workbooks import Workbook

_TEMPORAL = frozenset({Kind.DATE, Kind.MOMENT, Kind.TIME})
_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

# A longer cell is refused below, by the name of its column, which the csv module does not know.
csv.field_size_limit(sniffing.MAX_BYTES + 1)


@dataclass(frozen=True, kw_only=True)
class RawRow:
    """One row as it stands in the file, under its number as in a spreadsheet."""

    row_no: int
    cells: dict[str, Cell]
    """By header, in lower case: typed from a workbook, text from CSV."""
    texts: tuple[str, ...]
    """As in the file, cell by cell, those beyond the headers too."""
    fault: str | None = None


class Grid(Protocol):
    """Anything that has numbered rows of cells."""

    def records(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Each row with its number, blank ones or not; each call begins again."""
        ...

    def dated(self, number: float) -> Cell:
        """A bare number in a column of days or times."""
        ...


class CsvText:
    """Comma-separated text. Quotation marks must be paired, or rows would run into each other.

    It is decoded as it is read: the whole of it as text would be five times the file.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def records(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Each row with its number: a row with a line break inside counts once."""
        text = io.TextIOWrapper(io.BytesIO(self._data), encoding=sniffing.TEXT, newline="")
        lines = csv.reader(text, strict=True)
        number = 0
        while True:
            number += 1
            line = lines.line_num + 1
            try:
                record = next(lines, None)
            except csv.Error as fault:
                raise FileRefused(
                    f"Row {number:,} (line {line:,}) cannot be read: a quotation mark is not "
                    "closed, or something follows one that is. Nothing after it can be trusted."
                ) from fault
            if record is None:
                return
            yield number, record

    def dated(self, number: float) -> Cell:
        """Text has no numbers of its own."""
        return number


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file that has been read through once and found whole; iterating gives its rows."""

    spec: FeedSpec
    kind: FileKind
    digest: str
    """SHA-256 of the file, by which a file that comes again is named as such."""
    headers: tuple[str, ...]
    """As in the file."""
    unknown: tuple[str, ...]
    """The headers that the feed does not know; their cells are kept in the raw row."""
    total: int
    """How many rows are not blank."""
    grid: Grid = field(repr=False)
    header_row: int = 1
    guarded: bool = False
    """Whether this is a file of rejected rows that came back, its cells still guarded."""
    names: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[RawRow]:
        for number, record in self.grid.records():
            if number > self.header_row and not _blank(record):
                yield self._row(number, record)

    def _row(self, number: int, record: Sequence[Cell]) -> RawRow:
        if self.guarded:
            record = [unguarded(cell) for cell in record]
        beyond = [text_of(cell) for cell in record[len(self.names) :]]
        pairs = [
            (name, self._typed(name, cell))
            for name, cell in zip(self.names, _padded(record, len(self.names)), strict=True)
            if name not in ADDED or not self.guarded
        ]
        fault = "has more cells than the header" if any(map(str.strip, beyond)) else None
        texts = [text_of(cell) for _, cell in pairs]
        return RawRow(
            row_no=number,
            cells=dict(pairs),
            texts=(*texts, *beyond) if fault else tuple(texts),
            fault=fault,
        )

    def _typed(self, name: str, cell: Cell) -> Cell:
        column = self.spec.by_name.get(name)
        if column is None or column.kind not in _TEMPORAL:
            return cell
        if isinstance(cell, bool) or not isinstance(cell, (int, float)):
            return cell
        # A time is a part of a day; a whole number there is no time (9.3 is not 9:30).
        if column.kind is Kind.TIME:
            return self.grid.dated(cell) if 0 <= cell < 1 else cell
        # Somebody typed a year alone: counted in days it would be one in 1905.
        return cell if cell in _YEARS else self.grid.dated(cell)


def read_file(
    source: Path | bytes, spec: FeedSpec, *, opened: Callable[[bytes], Grid] = Workbook
) -> Table:
    """Read a file through once, refuse it whole if it breaks a rule, else give its rows.

    `opened` opens a workbook, here or in a process apart. Raises `FileRefused` alone (contract.md
    3: exit 2, nothing stored).
    """
    data = sniffing.load(source)
    scanning.check(data)
    kind = sniffing.kind_of(data)
    grid = opened(data) if kind is FileKind.XLSX else _text(data)
    records = grid.records()
    header_row, headers = _headers(records)
    names = tuple(_named(header, place) for place, header in enumerate(headers))
    _check_headers(names, headers, spec)
    guarded = all(name in names for name in ADDED)
    own = ADDED if guarded else ()
    known = {*spec.by_name, *own}
    return Table(
        spec=spec,
        kind=kind,
        digest=hashlib.sha256(data).hexdigest(),
        headers=tuple(one for one, name in zip(headers, names, strict=True) if name not in own),
        unknown=tuple(one for one, name in zip(headers, names, strict=True) if name not in known),
        total=_count(records, names),
        grid=grid,
        header_row=header_row,
        guarded=guarded,
        names=names,
    )


def _text(data: bytes) -> Grid:
    sniffing.refuse_unless_text(data)
    return CsvText(data)


def _headers(records: Iterator[tuple[int, Sequence[Cell]]]) -> tuple[int, list[str]]:
    """The first row that is not blank."""
    for number, record in records:
        if _blank(record):
            continue
        headers = [text_of(cell).strip() for cell in record]
        while not headers[-1]:
            headers.pop()
        if len(headers) > MAX_COLUMNS:
            raise FileRefused(f"Row {number} has more than {MAX_COLUMNS} columns.")
        return number, headers
    raise FileRefused("The file has no header row: every row is blank.")


def _named(header: str, place: int) -> str:
    return plain(header) or f"(column {place + 1})"


def _check_headers(names: tuple[str, ...], headers: list[str], spec: FeedSpec) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileRefused(f"The header row has a column twice: {_listed(twice)}.")
    missing = spec.missing(names)
    if missing:
        hint = ""
        if len(names) == 1 and any(mark in headers[0] for mark in ";\t|"):
            hint = " The cells seem to be parted by something other than commas."
        raise FileRefused(
            f"This is not a {spec.name} file: its header row lacks {_listed(missing)}.{hint}"
        )


def _count(records: Iterator[tuple[int, Sequence[Cell]]], names: tuple[str, ...]) -> int:
    """How many rows are not blank; every cell is looked at, so that a refusal comes first."""
    total = 0
    for number, record in records:
        if _blank(record):
            continue
        total += 1
        if total > MAX_ROWS:
            raise FileRefused(f"The file has more than {MAX_ROWS:,} rows: split it.")
        if len(record) > MAX_COLUMNS and not _blank(record[MAX_COLUMNS:]):
            raise FileRefused(f"Row {number:,} has more than {MAX_COLUMNS} columns.")
        for place, cell in enumerate(record):
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                column = names[place] if place < len(names) else f"(column {place + 1})"
                raise FileRefused(
                    f"Row {number:,}, column {column[:80]}: the cell holds {len(cell):,} "
                    f"characters; at most {MAX_CELL:,} are read."
                )
    return total


def _blank(record: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in record)


def _padded(record: Sequence[Cell], width: int) -> list[Cell]:
    return [*record[:width], *[None] * (width - len(record))]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name[:80] for name in names[:20])
