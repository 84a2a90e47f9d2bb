"""What lies on the disk: nobody can be reached by it, and nothing in it can be moved or changed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core.db import db, transaction
from beacon.core.sealed import CannotUnseal
from beacon.people.models import Address, ContactPoint
from tests.journeys.people import monday
from tests.journeys.samples import readable, rows_of, secrets_of

SAMPLES = ("police.csv", "fraud.xlsx", "court-list.csv")
MORNING = "2026-11-23T09:00+00:00"
MANY, FEW = 80, 8
Take = Callable[[int], None]


@pytest.fixture
def take_in(flask: Callable[..., Any], tmp_path: Path) -> Take:
    """Take in the first rows of each sample, and lay an evening's texts in the paper tray."""

    def take(count: int) -> None:
        for name in SAMPLES:
            order = ["courts", "import"] if name.startswith("court") else ["referrals", "import"]
            feed = [] if name.startswith("court") else ["--feed", Path(name).stem]
            said = flask(*order, beginning_of(name, count, tmp_path), *feed, "--at", MORNING)
            assert said["created"] == count
        flask("scheduler", "tick", "--at", monday(17, 5).isoformat())

    return take


def beginning_of(name: str, count: int, folder: Path) -> Path:
    """A file with the first rows of a sample. (All of them are looked for in the journey.)"""
    rows = rows_of(name)[:count]
    path = folder / f"{Path(name).stem}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.proves("P-05")
@pytest.mark.timeout(300)
def test_nobody_can_be_reached_by_what_lies_on_the_disk(app: Flask, take_in: Take, tmp_path: Path):
    take_in(MANY)
    folder = tmp_path / "looked-for"
    folder.mkdir()
    secrets = secrets_of(*SAMPLES)
    assert len(secrets) > 5_000
    instance = app.config["BEACON"].instance
    assert (instance / "paper-tray").stat().st_size
    assert (instance / "send-journal").stat().st_size
    assert readable(app, secrets, folder) == []
    # The same look finds what is meant to be readable: a name, for the search by name.
    (instance / "a-note").write_text("Ring 07700 900123", "utf-8")
    assert readable(app, {"07700 900123", "Gillian"}, folder)


@pytest.mark.timeout(300)
def test_a_postcode_that_a_random_key_holds_by_chance_is_no_leak(
    app: Flask, take_in: Take, tmp_path: Path
):
    take_in(FEW)
    key = db.session.scalars(sa.select(Address.seal_key).order_by(Address.id).limit(1)).one()
    sixes = {key[4:10], key[4:10].upper()}
    assert readable(app, sixes, tmp_path) == []
    (app.config["BEACON"].instance / "a-note").write_text(f"at {key[4:10]}", "utf-8")
    assert readable(app, sixes, tmp_path) == [f"a-note: {key[4:10]}"]


@pytest.mark.timeout(300)
def test_what_is_sealed_opens_in_its_own_place_alone(take_in: Take):
    take_in(FEW)
    one, other = db.session.scalars(
        sa.select(ContactPoint).order_by(ContactPoint.id).limit(2)
    ).all()
    assert one.value != other.value
    put(ContactPoint, one.id, value_sealed=other.value_sealed)
    with pytest.raises(CannotUnseal):
        _ = db.session.get_one(ContactPoint, one.id).value
    home = db.session.scalars(
        sa.select(Address)
        .where(Address.lines_sealed.is_not(None), Address.postcode_sealed.is_not(None))
        .limit(1)
    ).one()
    assert home.lines != home.postcode
    put(Address, home.id, postcode_sealed=home.lines_sealed)
    with pytest.raises(CannotUnseal):
        _ = db.session.get_one(Address, home.id).postcode
    assert db.session.get_one(Address, home.id).lines


def put(model: type[Address | ContactPoint], row_id: int, **sealed: bytes | None) -> None:
    """Write a sealed value into another place, behind the application's back."""
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(sa.update(model.__table__).where(model.id == row_id).values(sealed))
    db.session.expire_all()


@pytest.mark.proves("P-05")
@pytest.mark.timeout(300)
def test_a_value_that_is_written_again_never_lies_there_in_the_same_bytes(take_in: Take):
    take_in(FEW)
    points = db.session.scalars(sa.select(ContactPoint)).all()
    before = {point.id: point.value_sealed for point in points}
    with transaction():
        for point in points:
            point.value = str(point.value)
    after = {point.id: point.value_sealed for point in points}
    assert len(before) > FEW
    assert len({*before.values(), *after.values()}) == 2 * len(before)


@pytest.mark.timeout(300)
def test_the_log_names_the_row_that_was_changed_by_force(take_in: Take, flask: Callable[..., Any]):
    take_in(FEW)
    before = flask("audit", "verify")
    assert (before["ok"], before["first_bad_seq"]) == (True, None)
    seq = before["rows"] // 2
    tamper(seq)
    after = flask("audit", "verify", ends=1)
    assert (after["ok"], after["first_bad_seq"]) == (False, seq)


def tamper(seq: int) -> None:
    """Drop what keeps the log as it is, and change one byte of one row."""
    with db.engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER audit_entry_keeps_update")
        else:
            connection.exec_driver_sql("DROP TRIGGER audit_entry_keeps_rows ON audit_entry")
        (action,) = connection.execute(
            sa.select(AuditEntry.action).where(AuditEntry.seq == seq)
        ).one()
        changed = chr(ord(action[0]) ^ 1) + action[1:]
        connection.execute(
            sa.update(AuditEntry.__table__).where(AuditEntry.seq == seq).values(action=changed)
        )
