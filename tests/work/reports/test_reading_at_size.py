"""What figures and the lists behind them read: the duties of the days asked for, by an index."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.roles import Role
from beacon.reports import queries
from beacon.reports.queries import DutyList
from beacon.reports.rules import Period, figures_of
from beacon.reports.terms import Cut, Outcome
from tests.duties import many
from tests.factories import a_member_of_staff, an_actor

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
TODAY = date(2026, 11, 23)


def plan_of(ask) -> str:
    """How the database finds what is asked, where no table is so small that it is read through."""
    sent: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, *rest) -> None:
        sent.append((statement, parameters))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    ask()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    [(statement, parameters)] = [one for one in sent if "FROM duty" in one[0]]
    with db.engine.connect() as connection:
        if not on_sqlite():
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        order = "EXPLAIN QUERY PLAN " if on_sqlite() else "EXPLAIN "
        rows = connection.exec_driver_sql(order + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


def on_sqlite() -> bool:
    """Whether the test runs on SQLite, which finds its way without figures of its tables."""
    return db.engine.dialect.name == "sqlite"


@pytest.fixture
def leader(app):
    """Who may list the duties behind a figure, of a team with some hundred of them."""
    many(300, manager=a_member_of_staff(team="North"))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return an_actor(a_member_of_staff(Role.TEAM_LEADER, team="North"))


def reads_through(plan: str) -> list[str]:
    """Where every duty there is would be read."""
    return re.findall(r"SCAN duty\b|Seq Scan on duty\b", plan)


def ways_to_duties(plan: str) -> list[str]:
    """Each place where duties are looked for, with what they are looked for by."""
    return re.findall(r"SEARCH duty USING INDEX (.+)|Scan (?:using (\w+) )?on duty\b", plan)


@pytest.mark.parametrize("whole_service", [True, False])
def test_figures_read_the_duties_of_their_days_alone_and_once(leader, whole_service):
    viewer = None if whole_service else leader
    plan = plan_of(lambda: queries.counted(QUARTER, TODAY, viewer=viewer))
    assert reads_through(plan) == []
    assert len(ways_to_duties(plan)) == 1, plan
    assert "CORRELATED" not in plan
    if on_sqlite():
        assert "SEARCH duty USING INDEX ix_duty_due_on (due_on>? AND due_on<?)" in plan


@pytest.mark.parametrize("outcome", [None, Outcome.MET, Outcome.MISSED])
def test_the_duties_behind_a_figure_are_walked_in_the_order_of_their_days(leader, outcome):
    listed = DutyList(viewer=leader, period=QUARTER, today=TODAY, rule="R6_ARREST", outcome=outcome)
    plan = plan_of(listed.page)
    assert reads_through(plan) == []
    assert len(ways_to_duties(plan)) == 1, plan
    if on_sqlite():
        [found_by] = re.findall(r"SEARCH duty USING INDEX (.+)", plan)
        assert "due_on>? AND due_on<?" in found_by
        assert "TEMP B-TREE FOR ORDER BY" not in plan or outcome is Outcome.MISSED


@pytest.mark.parametrize("today", [TODAY, date(2026, 8, 10), date(2026, 6, 1)])
def test_a_list_holds_as_many_as_its_figure_says_before_during_and_after_its_days(leader, today):
    found = figures_of(queries.counted(QUARTER, today, viewer=leader))
    for outcome in Outcome:
        listed = DutyList(viewer=leader, period=QUARTER, today=today, outcome=outcome)
        rows = listed.page(size=500).rows
        assert len(rows) == found.total[outcome], outcome
        assert {row.outcome for row in rows} <= {outcome}


def test_every_cut_adds_up_to_the_same_duties(leader):
    found = figures_of(queries.counted(QUARTER, TODAY))
    assert found.total.due > 200
    for cut in Cut:
        added = [tally.counts for _, tally in found.rows(cut)]
        assert sum(added, type(found.total.counts)()) == +found.total.counts
