"""A workbook is opened in another process: the same rows, and no harm where it is hostile."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from beacon.feeds.apart import TOO_MUCH, Bounds, WorkbookApart
from beacon.feeds.terms import FileRefused
from beacon.feeds.workbooks import Workbook

DATA = Path(__file__).parents[2] / "data"
MEGABYTE = 1024 * 1024


def a_workbook(*rows: list[object]) -> bytes:
    """A workbook of these rows."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TEXTS = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}"/></Types>'


def with_texts(texts: str) -> bytes:
    """A workbook with this markup in its table of shared texts, the first of which is shown."""
    plain, made = a_workbook(["x"]), io.BytesIO()
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name).replace(b"</Types>", TEXTS.encode())
            new.writestr(name, re.sub(rb"<c r=.*?</c>", cell, part))
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return made.getvalue()


def test_every_kind_of_cell_comes_as_it_does_in_this_process():
    data = a_workbook(
        ["text", 1, 2.5, True, None, date(2026, 11, 20), datetime(2026, 11, 20, 10, 30)],
        [time(9, 30), "Zo\u00eb \u202e", "line\nline", 10**30, -0.0, "", "x" * 300],
    )
    here, apart = Workbook(data), WorkbookApart(data)
    assert list(apart.records()) == list(here.records())
    assert list(apart.records()) == list(here.records())  # kept, and not opened again
    assert apart.dated(46_000) == here.dated(46_000)


def test_the_sample_comes_as_it_does_in_this_process():
    data = (DATA / "police-next-day.xlsx").read_bytes()
    assert list(WorkbookApart(data).records()) == list(Workbook(data).records())


def test_a_workbook_that_counts_from_1904_is_counted_so():
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["x"])
    book.save(file)
    apart = WorkbookApart(file.getvalue())
    list(apart.records())
    assert apart.dated(1) == datetime(1904, 1, 2)


def test_a_refusal_comes_with_its_own_words():
    with pytest.raises(FileRefused, match="end is missing"):
        list(WorkbookApart(b"PK\x03\x04" + b"x" * 100).records())


@pytest.mark.proves("M-05")
def test_one_that_takes_too_much_memory_is_ended_and_refused():
    chance = random.Random(3)
    data = with_texts(
        "".join(f"<si><t>{chance.randbytes(5_000).hex()}</t></si>" for _ in range(1_500))
    )
    assert list(WorkbookApart(data).records())
    with pytest.raises(FileRefused) as refusal:
        list(WorkbookApart(data, Bounds(memory=48 * MEGABYTE)).records())
    assert refusal.value.message == TOO_MUCH


@pytest.mark.proves("M-05")
def test_one_that_takes_too_much_time_is_ended_and_refused():
    chance = random.Random(3)
    runs = [f"<r><t>{chance.getrandbits(64):016x}</t></r>" for _ in range(40_000)]
    data = with_texts("".join(f"<si>{''.join(runs[n : n + 9])}</si>" for n in range(40_000)))
    with pytest.raises(FileRefused) as refusal:
        list(WorkbookApart(data, Bounds(seconds=2)).records())
    assert refusal.value.message == TOO_MUCH
