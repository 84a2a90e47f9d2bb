"""The commissioner's page of a demonstration quarter: each figure against plain SQL, its rows, what
of it may leave, and the same bytes whatever is recorded later."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseFile, Crime
from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db, transaction
from beacon.people.models import Victim
from beacon.reports.outcome_sheets import outcomes_workbook
from beacon.reports.queries.outcomes import FAMILIES, Asked, BehindList, outcomes
from beacon.reports.rules import LEAST, Period
from beacon.reports.rules.grid_hiding import publish_grids
from beacon.reports.rules.grids import Grid
from beacon.reports.rules.leaving import leaving
from beacon.reports.rules.outcome_files import outcomes_bytes, outcomes_read_back
from beacon.reports.terms import Kind
from tests.proof.voice import plain_sql
from tests.unit.reports.integers import Solver, system_of_grids

FRIDAY = datetime(2026, 11, 27, 16, 50, tzinfo=UTC)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
LATER = Period(date(2026, 9, 1), date(2026, 11, 27))
WHO = machine("test")


@pytest.fixture
def county(app):
    """The demonstration, as it is loaded by the command."""
    with clock.fixed(FRIDAY):
        words = ["demo", "load", "--victims", "60", "--seed", "7"]
        loaded = app.test_cli_runner().invoke(args=words)
        assert loaded.exit_code == 0, loaded.output
        yield app


@pytest.mark.timeout(900)  # the county takes a minute, and longer where much else runs
def test_the_page_of_a_demonstration_quarter(county):
    filled = set()
    for period in (QUARTER, LATER):
        out = outcomes(WHO, period, clock.now())
        assert_every_figure_is_what_plain_sql_counts(out.grids, period)
        assert_every_count_has_its_rows(out.grids, period)
        assert_nothing_that_leaves_is_certain(out.grids)
        assert_the_command_says_the_same(county, out.grids, period)
        filled |= {grid.key for grid in out.grids if not grid.is_empty}
    # The demonstration shows each part.
    assert filled >= set(plain_sql.COUNTS) | {"money.sums"}
    assert_the_same_bytes_after_changes()


def assert_every_figure_is_what_plain_sql_counts(grids, period) -> None:
    figures = 0
    for grid in grids:
        if grid.key not in plain_sql.COUNTS:
            continue
        counted = plain_sql.COUNTS[grid.key](period, FRIDAY.date())
        said = {
            (row.group, row.name, column): number
            for row in grid.rows
            for column, number in row.cells.items()
            if number
        }
        assert said == counted, grid.key
        figures += len(said)
        for row in grid.rows:
            assert row.total == sum(row.cells.values())
        if grid.kind is Kind.PARTS:
            assert grid.total.total == sum(counted.values())
    assert figures > 60
    (money,) = [grid for grid in grids if grid.key == "money.sums"]
    assert [row.amount for row in money.rows] == plain_sql.money(period)


def assert_every_count_has_its_rows(grids, period) -> None:
    """The list behind a figure has as many rows as the figure says."""
    asked = Asked(viewer=WHO, period=period, today=FRIDAY.date())
    for grid in grids:
        if grid.key not in plain_sql.COUNTS or not grid.rows:
            continue
        if grid.family not in FAMILIES:
            continue  # of the whole service: no case is joined to what was said
        subject, _, cut = grid.key.partition(".")
        row = max(grid.rows, key=lambda one: one.total)
        column = max(row.cells, key=lambda one: row.cells[one])
        for wanted, of_column in ((row.total, ""), (row.cells[column], column)):
            listed = BehindList(
                family=FAMILIES[subject], asked=asked, cut=cut, row=row.key, column=of_column
            )
            assert len(all_of(listed)) == wanted, (grid.key, row.name, of_column)


def all_of(listed: BehindList) -> list[int]:
    """Every row, seven a page, none of them twice."""
    found, cursor = [], None
    while True:
        page = listed.page(cursor, size=7)
        found += [row.row_id for row in page]
        cursor = page.next
        if cursor is None:
            assert len(found) == len(set(found))
            return found


def assert_nothing_that_leaves_is_certain(grids: list[Grid]) -> None:
    """The solver, over all tables together: each hidden number lies between two others at least."""
    out = publish_grids(grids)
    for row in (row for grid in out for row in grid.lines if grid.kind is not Kind.MONEY):
        assert [one for one in (row.total, *row.cells.values()) if one and one < LEAST] == []
    system = system_of_grids(grids, out)
    ranges = Solver(system).ranges()
    assert ranges
    assert [var for var, (low, high) in ranges.items() if low == high] == []
    assert all(low <= system.true[var] <= high for var, (low, high) in ranges.items())


def assert_the_command_says_the_same(county, grids, period) -> None:
    days = ("--from", period.first.isoformat(), "--to", period.last.isoformat())
    answer = county.test_cli_runner().invoke(args=["reports", "outcomes", *days, "--json"])
    assert answer.exit_code == 0, answer.output
    tables = json.loads(answer.stdout)["tables"]
    assert list(tables) == [grid.key for grid in grids]
    for grid in grids:
        assert [row["total"] for row in tables[grid.key]["rows"]] == [r.total for r in grid.rows]


def assert_the_same_bytes_after_changes() -> None:
    """The file that is kept makes the same page and the same workbook, however the world moves."""
    kept = leaving(outcomes(WHO, QUARTER, clock.now()), [])
    content = outcomes_bytes(kept)
    sheet = outcomes_workbook(kept, "the quarter", is_exact=False)
    with clock.fixed(FRIDAY + timedelta(days=7)):
        much_changes()
        again = outcomes_read_back(content)
        assert outcomes_bytes(again) == content
        assert outcomes_workbook(again, "the quarter", is_exact=False) == sheet
        now = leaving(outcomes(WHO, QUARTER, FRIDAY), [])
        assert outcomes_bytes(now) != content


def much_changes() -> None:
    """Districts are corrected, victims say more of themselves, and cases are recorded late."""
    with transaction() as session:
        session.execute(sa.update(Crime).values(district="Watford"))
        session.execute(sa.update(Victim).values(gender="female", ethnicity="A1"))
        session.execute(sa.update(CaseFile).values(enhanced=True))
    db.session.expire_all()
