"""Tables that leave as files: no spreadsheet takes a cell of them for a formula (X-01)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from beacon.feeds.rejected import guarded


def csv_of(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A header and its rows, every cell a text, with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(guarded, headers))
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


SHEET_NAME_AT_MOST = 31


def workbook_of(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook with a sheet for each name: whole numbers as numbers, all else as texts."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:SHEET_NAME_AT_MOST])
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if text.isascii() and text.isdigit() and str(int(text)) == text:
        cell.value = int(text)
    else:
        cell.value = text
        cell.data_type = "s"
    return cell
