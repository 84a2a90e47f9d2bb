"""Files made for one test each: good ones, broken ones and hostile ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from beacon.feeds.columns import Column, FeedSpec, Kind, OneOf, ParsedRow, parse_row, words
from beacon.feeds.reading import RawRow, read_file

LIST = FeedSpec(
    name="list",
    columns=(
        Column(name="reference", kind=Kind.REFERENCE, required=True, most=40),
        Column(name="recorded_at", kind=Kind.MOMENT, past=True),
        Column(name="first_name"),
        Column(name="last_name"),
        Column(name="organisation"),
        Column(name="born", kind=Kind.DATE, past=True),
        Column(name="at", kind=Kind.TIME),
        Column(name="amount", kind=Kind.MONEY),
        Column(name="mobile", kind=Kind.PHONE),
        Column(name="email", kind=Kind.EMAIL),
        Column(name="postcode", kind=Kind.POSTCODE),
        Column(name="vulnerable", kind=Kind.BOOLEAN),
        Column(name="channel", kind=Kind.WORD, words=words("sms", "email", "not_asked")),
        Column(name="collar"),
        Column(name="notes", kind=Kind.NOTES, most=5_000),
    ),
    one_of=(OneOf(label="a name", ways=(("first_name", "last_name"), ("organisation",))),),
)
HEADERS = tuple(column.name for column in LIST.columns)
USUAL = {"reference": "A1", "first_name": "Ada", "last_name": "Byron"}


def csv_bytes(*rows: Sequence[str]) -> bytes:
    """A CSV file of these rows, the first its headers."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def xlsx_bytes(*rows: Sequence[Any], mac: bool = False) -> bytes:
    """A workbook of these rows, as openpyxl writes it."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes], *, stored: Iterable[str] = ()) -> bytes:
    """The workbook with these parts added, or put in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, content in (kept | dict(parts)).items():
            how = zipfile.ZIP_STORED if name in set(stored) else zipfile.ZIP_DEFLATED
            new.writestr(name, content, how)
    return made.getvalue()


def sheet(inner: str) -> bytes:
    """The markup of a first sheet that holds these rows."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{inner}</sheetData></worksheet>"
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"


def raw_row(**cells: Any) -> RawRow:
    """One row with a reference and a name; say only what the test is about."""
    known = USUAL | cells
    return RawRow(row_no=2, cells=known, texts=tuple(map(str, known.values())))


def parsed(**cells: Any) -> ParsedRow:
    return parse_row(LIST, raw_row(**cells))


def rows_of(data: bytes) -> list[RawRow]:
    return list(read_file(data, LIST))
