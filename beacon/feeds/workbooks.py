"""The rows of the first sheet of a workbook, typed as Excel has them."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

import openpyxl
from openpyxl.utils.datetime import from_excel

from beacon.feeds import archive
from beacon.feeds.limits import MAX_COLUMNS, MAX_SHEET_ROWS
from beacon.feeds.terms import Cell, FileRefused

Record = tuple[int, tuple[Cell, ...]]

# A file of 57,519 police rows has 2,000,000; they take about 100 MB.
MAX_KEPT_CELLS = 3_000_000

# The library reports extensions that it leaves out; none of them holds a cell.
warnings.filterwarnings("ignore", module="openpyxl")

# What openpyxl raises on a sheet that breaks the standard, found by feeding it broken ones.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_DAMAGED = (
    "The workbook cannot be read: {where}. Open it in Excel, save the sheet as "
    "'CSV UTF-8 (comma delimited)', and import that file."
)


class Sheet(Protocol):
    """What is used of a sheet that openpyxl reads on demand."""

    def reset_dimensions(self) -> None:
        """Forget the size that the sheet states for itself."""
        ...

    def iter_rows(self, *, max_col: int, values_only: bool) -> Iterator[tuple[object, ...]]:
        """The rows, padded to a width."""
        ...


class Workbook:
    """One workbook whose archive passes its check; it can be read any number of times."""

    def __init__(self, data: bytes, most_kept: int = MAX_KEPT_CELLS) -> None:
        self._most_kept = most_kept
        bare_formulas = archive.check(data)
        self._epoch, self._sheet = _first_sheet(data, values=True)
        # Only where a formula has no stored value is its own text read, beside the values.
        self._formulas = _first_sheet(data, values=False)[1] if bare_formulas else None
        self._kept: list[Record] | None = None

    def records(self) -> Iterator[Record]:
        """Each row that is not blank, with its number in the sheet."""
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[Record] = []
        cells = 0
        for record in self._read():
            cells += len(record[1])
            if cells <= self._most_kept:
                kept.append(record)
            yield record
        # Reading takes a minute where a sheet is long, so it is done once if memory allows.
        self._kept = kept if cells <= self._most_kept else None

    def _read(self) -> Iterator[Record]:
        known: dict[Cell, Cell] = {}
        rows = self._rows()
        number = 0
        while True:
            number += 1
            try:
                row = next(rows, None)
            except _BROKEN as fault:
                where = f"something is wrong at or after row {number:,}"
                raise FileRefused(_DAMAGED.format(where=where)) from fault
            if row is None:
                return
            if number > MAX_SHEET_ROWS:
                raise FileRefused(f"The sheet has a row beyond row {MAX_SHEET_ROWS:,}.")
            width = _width(row)
            if width:
                yield number, tuple(_shared(cell_of(value), known) for value in row[:width])

    def _rows(self) -> Iterator[tuple[object, ...]]:
        rows = _padded_rows(self._sheet)
        if self._formulas is None:
            yield from rows
            return
        for row, own in zip(rows, _padded_rows(self._formulas), strict=True):
            yield tuple(
                text if value is None else value for value, text in zip(row, own, strict=True)
            )

    @property
    def epoch(self) -> datetime:
        """The day from which this workbook counts."""
        return self._epoch

    def dated(self, number: float) -> Cell:
        """A day, moment or time that Excel kept as a bare number, counted as this workbook does."""
        try:
            return cell_of(from_excel(number, self._epoch))
        except (OverflowError, ValueError, TypeError):
            return number


def _first_sheet(data: bytes, *, values: bool) -> tuple[datetime, Sheet]:
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=values, keep_links=False
        )
        sheets = book.worksheets
    except _BROKEN as fault:
        raise FileRefused(_DAMAGED.format(where="its parts do not fit together")) from fault
    if not sheets:
        raise FileRefused("The workbook has no sheet with rows.")
    # The size that a sheet states for itself can be wrong and would cut rows off.
    sheets[0].reset_dimensions()
    return book.epoch, sheets[0]


def _padded_rows(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    return sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)


def _width(row: tuple[object, ...]) -> int:
    """How many cells reach to the last that holds something: the reader pads rows to a width."""
    width = len(row)
    if row.count(None) == width:
        return 0
    while row[width - 1] is None:
        width -= 1
    return width


def _shared(cell: Cell, known: dict[Cell, Cell]) -> Cell:
    """One copy of a short text that comes again and again."""
    if isinstance(cell, str) and len(cell) < 40 and len(known) < 100_000:
        return known.setdefault(cell, cell)
    return cell


def cell_of(value: object) -> Cell:
    """What a workbook's cell holds, as the rows of any file have it."""
    if isinstance(value, str):
        # How Excel writes a carriage return that was inside a cell.
        return value.replace("_x000D_", "")
    if isinstance(value, datetime):
        return _whole(value)
    if value is None or isinstance(value, (bool, int, float, date, time)):
        return value
    if isinstance(value, timedelta):
        return _within_a_day(value)
    # The formula of an array, where its value was not stored.
    return str(getattr(value, "text", ""))


def _whole(moment: datetime) -> datetime:
    """To the second: a fraction of a day as a float is a little off."""
    try:
        return (moment + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)
    except OverflowError:
        return moment.replace(microsecond=0, tzinfo=None)


def _within_a_day(span: timedelta) -> Cell:
    if timedelta() <= span < timedelta(days=1):
        return _whole(datetime(1900, 1, 1) + span).time()
    return str(span)
