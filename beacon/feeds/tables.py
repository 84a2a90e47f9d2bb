"""Tables that leave as files: no spreadsheet takes a cell of them for a formula (X-01)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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
ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)  # the earliest moment that such a file can name
WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook_of(
    sheets: Mapping[str, Iterable[Sequence[str]]], *, made_at: datetime | None = None
) -> bytes:
    """A workbook with a sheet for each name: whole numbers as numbers, all else as texts.

    With the moment at which it counts as made, the same sheets give the same bytes each time.
    """
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:SHEET_NAME_AT_MOST])
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue() if made_at is None else _settled(file.getvalue(), made_at)


def _settled(content: bytes, made_at: datetime) -> bytes:
    """The same workbook, in which no part says when it was written but at that moment."""
    stamp = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    settled = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as said, ZipFile(settled, "w", ZIP_DEFLATED) as out:
        for part in said.infolist():
            body = said.read(part)
            if part.filename == "docProps/core.xml":
                body = WRITTEN.sub(rb"\g<1>" + stamp, body)
            out.writestr(ZipInfo(part.filename, ZIP_BEGINS), body, ZIP_DEFLATED)
    return settled.getvalue()


def _cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if text.isascii() and text.isdigit() and str(int(text)) == text:
        cell.value = int(text)
    else:
        cell.value = text
        cell.data_type = "s"
    return cell
