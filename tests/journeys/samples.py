"""The sample files of the feeds, and how to look for what they hold in what was stored."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook

from beacon.core.db import db
from beacon.core.phone import normal

DATA = Path(__file__).parents[1] / "data"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text("utf-8"))
OUTCOMES = ("read", "created", "updated", "unchanged", "rejected", "moved", "vacated")
# What would reach or place somebody. Shorter than this it could stand anywhere by chance.
PROTECTED = ("mobile", "phone", "email", "officer_email", "address", "postcode")
SHORTEST = 6
# The columns of random words.
DRAWN = ("seal_key", "token")

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a sample, its headers in lower case."""
    path = DATA / name
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                {key.lower(): text or "" for key, text in row.items()}
                for row in csv.DictReader(file)
            ]
    headers, *rows = load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    names = [str(header).strip().lower() for header in headers]
    return [
        dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=True))
        for row in rows
    ]


def figures(said: dict[str, Any], name: str) -> tuple[dict[str, int], dict[str, int]]:
    """What an import said of a sample, and what it should have said."""
    wanted = {key: EXPECTED[name][key] for key in OUTCOMES if key in EXPECTED[name]}
    return {key: said[key] for key in wanted}, wanted


def secrets_of(*names: str) -> set[str]:
    """Every phone, e-mail, address and postcode of the samples, in each way of writing it."""
    found = set()
    for name in names:
        for row in rows_of(name):
            for column in PROTECTED:
                found |= set(_writings(column, row.get(column, "").strip()))
    return {text for text in found if len(text) >= SHORTEST} - public()


def _writings(column: str, text: str) -> Iterator[str]:
    yield text
    if column in {"mobile", "phone"} and re.search(r"\d{6}", re.sub(r"\D", "", text)):
        plain = normal(text).lstrip("+")
        yield from (plain, re.sub(r"\D", "", text), re.sub(r"^44", "0", plain))
    if column == "postcode":
        yield text.replace(" ", "")


def public() -> set[str]:
    """The postcodes of courts, which everybody may read."""
    from beacon.courts.models import Court

    codes = {code for code in db.session.scalars(sa.select(Court.postcode)) if code}
    return codes | {code.replace(" ", "") for code in codes}


def readable(app: Flask, secrets: set[str], folder: Path) -> list[str]:
    """Which of these texts stand in the clear in what the application keeps, and in what file."""
    needles = folder / "needles"
    needles.write_text("\n".join(sorted(secrets)), "utf-8")
    found = []
    for path in [*_files_of(app), *_tables_of(folder)]:
        said = subprocess.run(
            [
                "grep",
                "--text",
                "--ignore-case",
                "--only-matching",
                "--fixed-strings",
                "-f",
                needles,
                path,
            ],
            capture_output=True,
            check=False,
            env={"LC_ALL": "C"},
        )
        assert said.returncode in {0, 1}, said.stderr
        hits = {text for text in said.stdout.decode().split("\n") if text}
        found += [f"{path.name}: {text}" for text in sorted(_beyond_chance(app, path, hits))]
    return found


def _beyond_chance(app: Flask, path: Path, hits: set[str]) -> set[str]:
    """The hits that stand elsewhere too than in a random word which the application drew itself.

    A postcode is six letters, and ten thousand random keys of 22 letters hold many sixes.
    """
    if not hits:
        return hits
    data, drawn = path.read_bytes(), _drawn(app)
    for word in drawn:
        if any(text.lower() in word.lower() for text in hits):
            data = data.replace(word.encode(), b"\x00")
    rest = data.lower()
    return {text for text in hits if text.lower().encode() in rest}


def _drawn(app: Flask) -> set[str]:
    """Every random word in the tables and in the paper tray, and the tray's ciphertexts."""
    found = set()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if column.name in DRAWN:
                found |= set(db.session.scalars(sa.select(column)))
    tray: Path = app.config["BEACON"].instance / "paper-tray"
    if tray.exists():
        for line in tray.read_text("utf-8").splitlines():
            kept = json.loads(line)
            found |= {kept["token"], kept["sealed"]}
    return {word for word in found if word}


def _files_of(app: Flask) -> list[Path]:
    """The database file with its log of writes, the journal, the tray, and all else there is."""
    instance: Path = app.config["BEACON"].instance
    return [path for path in sorted(instance.rglob("*")) if path.is_file() and path.stat().st_size]


def _tables_of(folder: Path) -> Iterator[Path]:
    """Where the database is a server: every column of text and of bytes, as a file a table."""
    if db.engine.dialect.name == "sqlite":
        return
    for table in sa.inspect(db.engine).get_table_names():
        path = folder / f"{table}.dump"
        with db.engine.connect() as connection, path.open("wb") as file:
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')):
                file.write(b"\x00".join(_bytes(cell) for cell in row) + b"\n")
        yield path


def _bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
