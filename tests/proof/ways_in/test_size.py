"""How much memory the importer takes: of a year's list, and of files made to take all there is."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from beacon.ops.bench.rows import POLICE, police
from tests.proof.ways_in.children import importing, referrals, weighed
from tests.ways import MONDAY

DATABASES = ("sqlite",)
A_YEAR = 57_519
MEGABYTE = 1024 * 1024
MAY_TAKE = 400  # MB
MORE_FOR_A_BOMB = 50  # MB over what the same command takes for a plain small workbook


def a_year(path: Path) -> Path:
    """A list as long as a year's, each row another person and crime."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(POLICE)
        writer.writerows(police(n, MONDAY.date()) for n in range(1, A_YEAR + 1))
    return path


def a_bomb() -> bytes:
    """A small workbook that would unpack to 80 MB."""
    book, plain, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["crime_reference"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/sharedStrings.xml", b" " * (80 * MEGABYTE))
    return made.getvalue()


@pytest.mark.proves("M-02")
def test_a_bomb_takes_little_memory_and_is_refused(app: Flask, tmp_path: Path):
    book, path = openpyxl.Workbook(), tmp_path / "plain.xlsx"
    book.active.append(["crime_reference"])
    book.save(path)
    status, plain = weighed(app, *importing(path))
    assert status == 2
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(a_bomb())
    status, peak = weighed(app, *importing(bomb))
    assert status == 2
    print(f"peak memory of the importer on a zip bomb: {peak:.0f} MB (a small file: {plain:.0f})")
    assert peak < plain + MORE_FOR_A_BOMB
    assert referrals() == 0


@pytest.mark.proves("M-18")
def test_a_year_s_list_stays_within_its_memory(app: Flask, tmp_path: Path):
    path, begun = a_year(tmp_path / "year.csv"), time.monotonic()
    status, peak = weighed(app, *importing(path))
    took = time.monotonic() - begun
    assert status == 0
    assert referrals() == A_YEAR
    print(f"peak memory of the importer on {A_YEAR:,} rows: {peak:.0f} MB, in {took:.0f} s")
    assert peak < MAY_TAKE
