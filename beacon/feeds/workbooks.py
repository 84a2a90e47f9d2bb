"""The rows of the first sheet of a workbook, typed as Excel has them."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import openpyxl
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from beacon.feeds import archive
from beacon.feeds.limits import MAX_COLUMNS, MAX_SHEET_ROWS
from beacon.feeds.terms import Cell, FileRefused

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


class Workbook:
    """One workbook whose archive passes its check; it can be read any number of times."""

    def __init__(self, data: bytes) -> None:
        bare_formulas = archive.check(data)
        book, self._sheet = _first_sheet(data, values=True)
        self._epoch = book.epoch
        # Only where a formula has no stored value is its own text read, beside the values.
        self._formulas = _first_sheet(data, values=False)[1] if bare_formulas else None

    def records(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each row that is not blank, with its number in the sheet."""
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
                yield number, tuple(_cell(value) for value in row[:width])

    def _rows(self) -> Iterator[tuple[object, ...]]:
        rows = _padded_rows(self._sheet)
        if self._formulas is None:
            yield from rows
            return
        for row, own in zip(rows, _padded_rows(self._formulas), strict=True):
            yield tuple(
                text if value is None else value for value, text in zip(row, own, strict=True)
            )

    def dated(self, number: float) -> Cell:
        """A day, moment or time that Excel kept as a bare number, counted as this workbook does."""
        try:
            return _cell(from_excel(number, self._epoch))
        except (OverflowError, ValueError, TypeError):
            return number


def _first_sheet(data: bytes, *, values: bool) -> tuple[openpyxl.Workbook, ReadOnlyWorksheet]:
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
    return book, sheets[0]


def _padded_rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[object, ...]]:
    return iter(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True))


def _width(row: tuple[object, ...]) -> int:
    """How many cells reach to the last that holds something: the reader pads rows to a width."""
    width = len(row)
    if row.count(None) == width:
        return 0
    while row[width - 1] is None:
        width -= 1
    return width


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        # How Excel writes a carriage return that was inside a cell.
        return value.replace("_x000D_", "")
    if isinstance(value, datetime):
        return _whole(value)
    if value is None or isinstance(value, (bool, int, float, date, time)):
        return value
    if isinstance(value, timedelta):
        return _within_a_day(value)
    return str(value)


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
