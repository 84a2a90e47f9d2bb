"""Rows that are taken together leave exactly what rows that are taken one by one leave."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import lazyload

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
# Made at random, or from what is.
BY_CHANCE = {"seal_key", "reference", "mac", "previous"}
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
