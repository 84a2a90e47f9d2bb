"""Backups: taken while others write, unreadable without their key, put back whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit import commands as audit
from beacon.core import restored
from beacon.core.actor import machine
from beacon.core.db import db, transaction
from beacon.core.errors import BeaconError, RuleBroken, Unavailable
from beacon.core.reference_rows import ForeignDatabase, refuse_foreign_database
from beacon.ops.backup import restoring, sealing
from beacon.ops.backup.contents import Backup
from beacon.ops.start import stop_where_foreign
from tests.factories import a_member_of_staff, a_victim
from tests.restores import Vault

pytestmark = pytest.mark.on_both

TEST = machine("a test")
WRITERS = 4


def write_on(app: Flask, stop: threading.Event, written: list[int]) -> None:
    """One writer at work: a row and its line in the log in each transaction."""
    with app.app_context():
        while not stop.is_set():
            with transaction():
                audit.record("test.written", ("test", len(written)), TEST)
            written.append(1)
        db.session.remove()


@pytest.mark.proves("B-01", "B-02")
def test_a_backup_taken_while_others_write_is_whole(app: Flask, vault: Vault):
    a_victim()
    stop, written = threading.Event(), [0]
    writers = [threading.Thread(target=write_on, args=(app, stop, written)) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    try:
        before = len(written)
        taken = vault.take()
        while len(written) == before:
            stop.wait(0.01)
    finally:
        stop.set()
        for one in writers:
            one.join()
    proved = restoring.verify(taken.path, vault.config)
    assert proved.checksum == taken.checksum
    assert proved.manifest.facts.rows["victim"] == 1
    assert proved.manifest.facts.rows["audit_entry"] == proved.manifest.facts.head_seq


@pytest.mark.proves("B-02")
def test_a_backup_says_nothing_without_its_key(vault: Vault):
    a_victim(last_name="Featherstonehaugh")
    taken = vault.take()
    data = taken.path.read_bytes()
    for told in (b"Featherstonehaugh", b"victim", b"SQLite format", b"PGDMP", b"environment"):
        assert told not in data
    assert taken.path.stat().st_mode & 0o777 == 0o600
    other = replace(vault.config, backup_keys=(secrets.token_bytes(32),))
    with pytest.raises(sealing.NotWhole, match="No key of BEACON_BACKUP_KEY"):
        restoring.verify(taken.path, other)


@pytest.mark.proves("B-02")
def test_a_backup_is_not_put_beside_its_key(vault: Vault):
    vault.folder = vault.config.instance
    with pytest.raises(RuleBroken, match="keep a backup apart from its key"):
        vault.take()


def test_a_backup_opens_with_a_key_that_was_replaced_since(vault: Vault):
    taken = vault.take()
    keys = (secrets.token_bytes(32), *vault.config.backup_keys)
    assert restoring.verify(taken.path, replace(vault.config, backup_keys=keys)).checksum


def test_without_a_key_nothing_is_written(vault: Vault):
    vault.app.config["BEACON"] = replace(vault.config, backup_keys=())
    with pytest.raises(RuleBroken, match="BEACON_BACKUP_KEY"):
        vault.take()
    assert list(vault.folder.iterdir()) == []


def test_no_backup_is_written_over(vault: Vault):
    vault.take()
    with pytest.raises(RuleBroken, match="is there already"):
        vault.take()


@pytest.mark.proves("B-04")
@pytest.mark.parametrize("where", ["header", "beginning", "middle", "end"])
def test_a_flipped_byte_is_refused_and_nothing_changes(vault: Vault, rows, where: str):
    a_victim()
    path = vault.take().path
    data = bytearray(path.read_bytes())
    places = {
        "header": len(sealing.MAGIC) + 20,
        "beginning": sealing.HEADER_BYTES + 5,
        "middle": len(data) // 2,
        "end": len(data) - 1,
    }
    data[places[where]] ^= 1
    path.write_bytes(data)
    with pytest.raises(sealing.NotWhole):
        vault.put_back()
    assert rows("victim") == 1
    refuse_foreign_database("demo")


@pytest.mark.proves("B-04")
@pytest.mark.parametrize("kept", [0, 10, sealing.HEADER_BYTES, -1, -40])
def test_a_cut_file_is_refused(vault: Vault, kept: int):
    path = vault.take().path
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(sealing.NotWhole):
        restoring.verify(path, vault.config)


@pytest.mark.proves("B-04")
def test_a_file_cut_between_two_chunks_is_refused(tmp_path: Path):
    key, path = secrets.token_bytes(32), tmp_path / "long"
    with path.open("wb") as file:
        writer = sealing.SealedWriter(file, key)
        writer.write(os.urandom(3 * sealing.CHUNK))
        writer.close()
    with path.open("rb") as file:
        assert sum(map(len, sealing.unsealed(file, [key]))) == 3 * sealing.CHUNK
    one = sealing.CHUNK + sealing.TAG_BYTES
    path.write_bytes(path.read_bytes()[: sealing.HEADER_BYTES + 2 * one])
    with path.open("rb") as file, pytest.raises(sealing.NotWhole, match="part 2"):
        list(sealing.unsealed(file, [key]))


def test_a_database_is_replaced_only_where_that_was_asked_for(vault: Vault, rows):
    path = vault.take().path
    a_victim()
    with pytest.raises(RuleBroken, match="--replace"):
        restoring.restore(path, vault.config)
    assert rows("victim") == 1


def test_what_was_restored_is_as_it_was_and_what_was_there_is_kept(vault: Vault, rows):
    a_victim()
    vault.take()
    a_victim()
    put = vault.put_back()
    assert rows("victim") == 1
    assert put.kept
    assert put.kept.rpartition("/")[2].startswith(
        str(sa.make_url(vault.config.database_url).database).rpartition("/")[2]
    )
    assert not put.needs_upgrade
    db.session.rollback()


def test_a_database_that_is_used_is_not_replaced(app: Flask, vault: Vault, rows):
    vault.take()
    a_victim()
    used, done = threading.Event(), threading.Event()

    def use() -> None:
        other = sa.create_engine(db_url, **options)
        with other.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM victim").all()
            used.set()
            done.wait(60)
        other.dispose()

    db_url = vault.config.database_url
    options = {k: v for k, v in vault.config.flask()["SQLALCHEMY_ENGINE_OPTIONS"].items()
               if k == "module"}  # fmt: skip
    user = threading.Thread(target=use)
    user.start()
    try:
        assert used.wait(60)
        with pytest.raises(RuleBroken, match="in use"):
            vault.put_back()
    finally:
        done.set()
        user.join()
    assert rows("victim") == 1
    refuse_foreign_database("demo")


@pytest.mark.proves("B-09")
def test_a_backup_of_a_schema_that_is_not_known_is_refused_with_advice(vault: Vault):
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    path = vault.take().path
    with pytest.raises(RuleBroken, match="schema 9999.*install the version"):
        restoring.verify(path, vault.config)
    with pytest.raises(RuleBroken, match="schema 9999"):
        vault.put_back()


@pytest.mark.proves("B-09")
def test_no_start_takes_a_database_that_a_later_version_made(app: Flask, capsys):
    with transaction() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SystemExit) as stopped:
        stop_where_foreign(app)
    assert stopped.value.code == 2
    assert "flask backup restore" in capsys.readouterr().err


def test_a_restored_database_belongs_to_nobody_until_it_is_adopted(vault: Vault):
    vault.take()
    vault.put_back()
    with pytest.raises(ForeignDatabase, match="belongs to nobody"):
        refuse_foreign_database("demo")
    kept = restored.read(vault.config.instance)
    assert kept is not None
    assert kept.environment == "demo"
    vault.adopt()
    refuse_foreign_database("demo")


def test_the_manifest_is_the_beginning_and_the_dump_the_rest(vault: Vault):
    taken = vault.take()
    backup = Backup(taken.path, vault.config.backup_keys)
    start = next(piece for piece in backup.dump() if piece)[:6]
    assert start in {b"SQLite", b"PGDMP\x01"}
    assert backup.manifest() == taken.manifest


def test_a_disk_that_cannot_be_written_is_told_and_leaves_nothing(vault: Vault):
    with pytest.raises(BeaconError):
        vault.take("nowhere/one.backup")
    assert list(vault.folder.iterdir()) == []


def test_tools_that_are_not_there_are_named(vault: Vault, database_kind: str):
    if database_kind == "sqlite":
        assert vault.take().path.exists()
        return
    vault.app.config["BEACON"] = replace(vault.config, postgresql_tools=vault.folder)
    with pytest.raises(Unavailable, match="BEACON_POSTGRESQL_TOOLS"):
        vault.take()


@pytest.mark.proves("B-12")
def test_the_doctor_asks_for_a_backup_a_day(vault: Vault, clock_at):
    from datetime import timedelta

    from beacon.core import clock
    from beacon.ops.anchored import backups

    now = clock.now()
    assert (backups().state, backups().words[:4]) == ("ok", "none")  # a demonstration needs none
    vault.app.config["BEACON"] = replace(vault.config, env="staging")
    assert backups().state == "warning"
    vault.take()
    with clock_at(now + timedelta(hours=25)):
        assert backups().state == "ok"
    with clock_at(now + timedelta(hours=27)):
        found = backups()
    assert (found.state, "26 hours" in found.words) == ("warning", True)


def test_the_commands_take_prove_and_put_back(app: Flask, vault: Vault):
    a_member_of_staff()
    run, file = app.test_cli_runner(), str(vault.folder / "two.backup")

    def said(*words: str) -> dict[str, object]:
        answer = run.invoke(args=[*words, "--json"])
        assert answer.exit_code == 0, answer.stderr
        return dict(json.loads(answer.stdout))

    made = said("backup", "create", file)
    assert made["file"] == file
    assert said("backup", "verify", file)["sha256"] == made["sha256"]
    refused = run.invoke(args=["backup", "restore", file])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert len(refused.stderr.splitlines()) == 1
    put = said("backup", "restore", file, "--replace")
    assert (put["environment"], put["needs_upgrade"]) == ("demo", False)
    stopped = run.invoke(args=["scheduler", "tick"])
    assert (stopped.exit_code, "flask env adopt" in stopped.stderr) == (2, True)
    assert said("env", "adopt")["origin"] == "demo"
    assert run.invoke(args=["env", "adopt"]).stdout.startswith("Nothing to do")
