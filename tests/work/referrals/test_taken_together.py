"""Rows that are taken together leave exactly what rows that are taken one by one leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import lazyload
from structlog.contextvars import clear_contextvars

from beacon.cases.models import Crime
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import Base, db, transaction
from beacon.core.reference import crime_reference
from beacon.core.sealed import Sealed
from beacon.feeds.commands import run
from beacon.people.models import SearchKey
from beacon.people.terms import KeyKind
from beacon.referrals import columns
from beacon.referrals.imports.taking import Taking
from beacon.referrals.models import Referral
from tests import servers
from tests.feed_rows import a_file

DATA = Path(__file__).parent.parent.parent / "data"
ACTOR = machine("a test")
ROWS = 90
# Made at random, or from what is; and which process it was, and by which key it signed.
BY_CHANCE = {"seal_key", "reference", "mac", "previous", "process", "key_id"}
# What names another row by its key, beside the foreign keys.
BY_KEY = {"object_id", "facts", "subject_id", "owner_id", "place", "about", "seq"}


def one_by_one(feed: str, content: bytes):
    """The same import, with no lot open: each row looks for itself."""
    taking = Taking(feed, ACTOR, dry_run=False)
    ways = {"take": taking.take, "rehearse": taking.rehearse, "ahead": taking.ahead}
    return run(columns.FEEDS[feed], content, file_name="list.csv", actor=ACTOR, **ways)


class Watched(Taking):
    """The import as it is; how each lot was taken."""

    def __init__(self, feed: str) -> None:
        super().__init__(feed, ACTOR, dry_run=False)
        self.lots: list[bool] = []

    def begin(self, *, together: bool) -> None:
        self.lots.append(together)
        super().begin(together=together)


def together(feed: str, content: bytes):
    """The import as it is; no lot of it had to be taken again, one by one."""
    taking = Watched(feed)
    ways = {"take": taking.take, "rehearse": taking.rehearse, "ahead": taking.ahead}
    report = run(
        columns.FEEDS[feed], content, file_name="list.csv", actor=ACTOR, together=taking, **ways
    )
    assert set(taking.lots) == {True}
    return report


def written(*, with_keys: bool) -> dict[str, Counter]:
    """Every row of every table: what it says in the clear, without what chance has a part in."""
    return {
        mapper.local_table.name: Counter(
            frozenset(_facts(row, mapper, with_keys=with_keys).items())
            for row in db.session.scalars(sa.select(mapper.class_).options(lazyload("*")))
        )
        for mapper in Base.registry.mappers
    }


def _facts(row, mapper, *, with_keys: bool) -> dict[str, object]:
    facts: dict[str, object] = {}
    for one in mapper.column_attrs:
        column = one.columns[0]
        if isinstance(row, SearchKey) and one.key == "key" and row.kind is KeyKind.REFERENCE:
            continue  # a case's own reference is made at random
        is_key = column.primary_key or column.foreign_keys or one.key in BY_KEY
        if one.key in BY_CHANCE or one.key.endswith("_sealed"):
            facts[one.key] = getattr(row, one.key) is not None
        elif with_keys or not is_key:
            facts[one.key] = getattr(row, one.key)
    for name, value in vars(mapper.class_).items():
        if isinstance(value, Sealed):
            facts[name] = getattr(row, name)
    return facts


def sample() -> bytes:
    """The first rows of the sample list, faults and all."""
    lines = (DATA / "police.csv").read_bytes().splitlines(keepends=True)
    return b"".join(lines[: ROWS + 1])


CASES = {
    "a police list": sample,
    "rows that hang on each other": lambda: a_file(
        {},
        {},
        {"crime_reference": "41/101/26", "victim_reference": "P1", "suspect_status": "charged"},
        {"crime_reference": "41/102/26", "victim_reference": "P1"},
        {"crime_reference": "41/102/26", "last_name": "Other", "suspect_status": "arrested"},
        {"date_of_birth": "1999-01-02", "email": "", "mobile": "07700 900125"},
        {"crime_reference": "41/103/26", "consent_to_referral": "no", "last_name": "Bell"},
        {"crime_reference": "41/103/26", "consent_to_referral": "yes", "last_name": "Bell"},
        {"crime_reference": "41/104/26", "last_name": "Child", "date_of_birth": "2015-05-05"},
        {"crime_reference": "41/105/26", "last_name": "Flagged", "domestic_abuse": "yes"},
        {"crime_reference": "41/106/26", "last_name": "Two", "phone": "07700 900125"},
        {"crime_reference": "41/107/26", "last_name": "Nowhere", "mobile": "", "email": ""},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_taken_together_leave_what_rows_taken_one_by_one_leave(app, name: str):
    content, with_keys = CASES[name](), db.engine.dialect.name == "sqlite"
    with clock.fixed(clock.now()):
        report = one_by_one("police", content)
        alone = written(with_keys=with_keys)
        db.session.remove()
        servers.fresh_copy(app)
        again = together("police", content)
        many = written(with_keys=with_keys)
    assert again.counts == report.counts
    assert report.counts["created"] > 3
    for table, rows in alone.items():
        assert many[table] == rows, table


class Overtaken(Taking):
    """An import that somebody at a page overtakes: they record one of its crimes meanwhile."""

    met = 0

    def ahead(self, rows):
        super().ahead(rows)
        self.met += 1
        if self.met == 1:
            with db.engine.begin() as page:
                page.execute(
                    sa.insert(Crime).values(
                        kind=CrimeKind.CRIME,
                        reference="41/101/26",
                        reference_key=crime_reference("41/101/26").normal,
                        recorded_at=clock.now(),
                    )
                )


def test_rows_that_a_page_overtook_are_taken_one_by_one(app):
    if db.engine.dialect.name == "sqlite":
        # Nobody can write while the rows of an import are being written.
        with transaction(), db.engine.connect() as page:
            page.exec_driver_sql("PRAGMA busy_timeout=1")
            with pytest.raises(sa.exc.OperationalError, match="locked"):
                page.exec_driver_sql("UPDATE crime SET reference = reference")
        return
    content = a_file({"crime_reference": "41/101/26"}, {"crime_reference": "41/102/26"})
    taking = Overtaken("police", ACTOR, dry_run=False)
    ways = {"take": taking.take, "rehearse": taking.rehearse, "ahead": taking.ahead}
    report = run(
        columns.FEEDS["police"],
        content,
        file_name="list.csv",
        actor=ACTOR,
        together=taking,
        **ways,
    )
    assert taking.met == 2
    assert (report.read, report.counts["created"], report.rejected) == (2, 2, 0)
    assert db.session.scalar(sa.select(sa.func.count(Crime.id))) == 2
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 2


# An import whose rows are made ready by two processes beside it; how many were written as made.
BESIDE = """
import json, sys
from pathlib import Path
from beacon.app import create_app
from beacon.core import clock
from beacon.core.actor import machine
from beacon.feeds.commands import run
from beacon.referrals import columns
from beacon.referrals.imports.taking import Taking
from config import Config

class Watched(Taking):
    accepted = asked = 0

    def accept(self, row):
        result = super().accept(row)
        self.asked += 1
        self.accepted += result is not None
        return result

feed, path, at = sys.argv[1:]
with create_app(Config.from_environment()).app_context(), clock.fixed(clock.parse_instant(at)):
    taking = Watched(feed, machine("a test"), dry_run=False)
    report = run(
        columns.FEEDS[feed], Path(path), file_name="list.csv", actor=machine("a test"),
        take=taking.take, rehearse=taking.rehearse, ahead=taking.ahead, together=taking, beside=2,
    )
    print(json.dumps([report.read, report.counts, taking.asked, taking.accepted]))
"""


def made_beside(app, feed: str, path: Path, at: datetime):
    """Take a file in with two processes beside; what it counted, how many were asked and taken."""
    db.session.remove()
    environment = {
        **os.environ,
        "BEACON_INSTANCE": str(app.config["BEACON"].instance),
        "DATABASE_URL": app.config["BEACON"].database_url,
    }
    order = [sys.executable, "-c", BESIDE, feed, str(path), at.isoformat()]
    done = subprocess.run(order, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def long_list() -> bytes:
    """The whole sample list: whoever comes twice, changes, or hangs on another is in it."""
    return (DATA / "police.csv").read_bytes()


SOUNDS = ("bar", "del", "fin", "gus", "hok", "lem", "rit")


def hanging() -> bytes:
    """More than a thousand rows: every third has to do with one of the nine before it."""
    rows = []
    for n in range(1, 1_101):
        row = {
            "crime_reference": f"41/{n}/26",
            "victim_reference": f"V{n}",
            "first_name": SOUNDS[n % 7] + SOUNDS[n // 7 % 7],
            "last_name": SOUNDS[n // 49 % 7] + SOUNDS[n % 5] + "er",
            "mobile": f"07700 900{n % 1000:03}" if n % 2 else "",
            "email": f"made{n}@example.org",
            "date_of_birth": f"{1950 + n % 50}-05-{1 + n % 28:02}",
            "postcode": f"SG{n % 9 + 1} {n // 9 % 9 + 1}{'ABDEFG'[n // 81 % 6]}A",
        }
        if n % 3 == 0:
            before = rows[-(n % 9 + 1)] if len(rows) > 9 else rows[0]
            way = n // 3 % 5
            row |= (
                {"victim_reference": before["victim_reference"]},
                {**before, "suspect_status": "arrested"},
                {"crime_reference": before["crime_reference"]},
                {name: before[name] for name in ("first_name", "last_name", "date_of_birth")},
                dict(before),
            )[way]
        rows.append(row)
    return a_file(*rows)


@pytest.mark.on_both
@pytest.mark.parametrize(
    ("content", "least"), [(long_list, 0.5), (hanging, 0.3)], ids=["the sample list", "hanging"]
)
def test_rows_made_beside_leave_what_rows_taken_here_leave(app, tmp_path, content, least):
    path, at = tmp_path / "list.csv", clock.now()
    path.write_bytes(content())
    clear_contextvars()  # the log would name the last request of an earlier test
    with clock.fixed(at):
        report = together("police", content())
        here = written(with_keys=False)
        db.session.remove()
        servers.fresh_copy(app)
        read, counts, asked, accepted = made_beside(app, "police", path, at)
        for table, rows in written(with_keys=False).items():
            assert rows == here[table], table
    assert (read, Counter(counts)) == (report.read, report.counts)
    assert report.rejected + asked > report.read - 400
    assert accepted > least * asked, (accepted, asked)
