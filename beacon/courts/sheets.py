"""The preview of a day's texts as a sheet for a spreadsheet: one row a hearing or text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from beacon.core.phone import Phone
from beacon.courts.queries import HearingRow, Preview, PreviewText
from beacon.feeds.rejected import guarded

COLUMNS = (
    "day", "time", "court", "room", "defendant", "number", "text", "code", "reason",
    "what_to_do", "words", "segments",
)  # fmt: skip


def preview_sheet(preview: Preview) -> bytes:
    """The sheet, with the mark by which Excel knows UTF-8; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for cells in _rows(preview):
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _rows(preview: Preview) -> Iterator[list[str]]:
    for text in preview.texts:
        yield [*_of_hearing(text.row), text.row.text.words, "", "", "", *_of_text(text)]
    for row in preview.refused:
        said = row.text
        yield [*_of_hearing(row), "Not texted", said.code, said.reason, said.advice, "", ""]


def _of_hearing(row: HearingRow) -> list[str]:
    at = f"{row.starts_at:%H:%M}" if row.starts_at else ""
    return [row.held_on.isoformat(), at, row.court, row.room, row.defendant, _masked(row.mobile)]


def _of_text(text: PreviewText) -> list[str]:
    return [text.words, str(text.segments) if text.words else ""]


def _masked(number: str) -> str:
    try:
        return Phone.parse(number).masked if number else ""
    except ValueError:
        return "cannot be read"
