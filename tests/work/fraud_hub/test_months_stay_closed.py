"""A closed month never moves: not by an order, not by a second person, not by SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerEntry, MonthClose
from beacon.fraud_hub.queries import LedgerEntries
from beacon.fraud_hub.terms import Booked, Contribution, EntryKind, Route
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.fraud_hub.builders import (
    a_fraud_case,
    a_loss,
    money_back,
    money_facts,
    prevented,
    reversed_entry,
)

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAID = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.TEAM_LEADER))


def of_october() -> tuple[int, int]:
    totals = queries.hub_totals(TEST, OCTOBER, date(2026, 10, 31))
    return totals.recovered_pence, totals.prevented_pence


def test_closing_freezes_the_figures_by_kind_route_and_contribution(leader: Actor):
    case = a_fraud_case()
    loss = a_loss(case, paid_on=PAID, amount_pence=3_000_00)
    day = date(2026, 10, 5)
    money_back(case, loss, received_on=day, amount_pence=100_01)
    money_back(case, loss, received_on=day, amount_pence=200_02)
    money_back(case, loss, received_on=day, amount_pence=5_00, contribution=Contribution.NONE)
    prevented(case, on=date(2026, 10, 31), amount_pence=50_00)
    money_back(case, loss, received_on=date(2026, 11, 1), amount_pence=900_00)
    close = commands.close_month(OCTOBER, actor=leader)
    assert (close.month, close.open_from, close.entries) == (OCTOBER, NOVEMBER, 4)
    assert (close.closed_by_id, close.last) == (leader.id, date(2026, 10, 31))
    assert {
        (one.kind, one.route, one.contribution, one.amount_pence, one.entries)
        for one in close.figures
    } == {
        (EntryKind.RECOVERED, Route.BANK_GOODWILL, Contribution.ADVOCATED, 300_03, 2),
        (EntryKind.RECOVERED, Route.BANK_GOODWILL, Contribution.NONE, 5_00, 1),
        (EntryKind.PREVENTED, Route.BANK_BLOCKED, Contribution.ADVISED, 50_00, 1),
    }
    (shown,) = queries.closed_months(leader).rows
    assert shown.by_kind[EntryKind.RECOVERED] == 305_03
    assert shown.through_beacon_pence == 300_03
    assert queries.get_month(leader, close.id).by_kind == shown.by_kind
    assert queries.moved_months() == []


def test_what_comes_to_light_later_counts_in_the_open_month_and_says_so(leader: Actor):
    case = a_fraud_case()
    loss = a_loss(case, paid_on=PAID)
    money_back(case, loss, received_on=date(2026, 10, 5), amount_pence=100_00)
    commands.close_month(OCTOBER, actor=leader)
    late = money_back(case, loss, received_on=date(2026, 10, 6), amount_pence=200_00)
    assert (late.happened_on, late.counted_on, late.is_late) == (
        date(2026, 10, 6),
        NOVEMBER,
        True,
    )
    assert of_october() == (100_00, 0)
    assert queries.hub_totals(TEST, NOVEMBER, date(2026, 11, 30)).recovered_pence == 200_00
    page = LedgerEntries(viewer=TEST, standing=Booked.LATE).page()
    assert [row.entry.id for row in page] == [late.id]
    on_time = money_back(case, loss, received_on=date(2026, 11, 2), amount_pence=1_00)
    assert (on_time.counted_on, on_time.is_late) == (date(2026, 11, 2), False)


def test_a_reversal_puts_it_right_in_the_open_month(leader: Actor):
    case = a_fraud_case()
    entry = money_back(
        case, a_loss(case, paid_on=PAID), received_on=date(2026, 10, 5), amount_pence=100_00
    )
    commands.close_month(OCTOBER, actor=leader)
    reversed_entry(entry)
    assert of_october() == (100_00, 0)
    assert queries.hub_totals(TEST, PAID, MONDAY.date()).recovered_pence == 0
    assert queries.moved_months() == []


def test_what_was_approved_after_the_close_counts_after_it(leader: Actor):
    case = a_fraud_case()
    loss = a_loss(case, paid_on=PAID, amount_pence=20_000_00)
    money_back(case, loss, received_on=date(2026, 10, 1), amount_pence=1_00)
    facts = money_facts(loss, received_on=date(2026, 10, 9), amount_pence=6_000_00)
    officer = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
    waiting = commands.record_recovered(case, facts, token=commands.new_token(), actor=officer)
    assert queries.next_month().waiting == 1
    commands.close_month(OCTOBER, actor=leader)
    entry = commands.approve(waiting, actor=leader)
    assert (entry.happened_on, entry.counted_on) == (date(2026, 10, 9), NOVEMBER)
    assert of_october() == (1_00, 0)


def test_months_are_closed_in_their_order_once_they_are_over_and_once(leader: Actor):
    case = a_fraud_case()
    money_back(case, a_loss(case, paid_on=PAID), received_on=date(2026, 9, 30), amount_pence=1_00)
    assert queries.next_month().month == date(2026, 9, 1)
    with pytest.raises(RuleBroken, match="Close September 2026 first") as refusal:
        commands.close_month(OCTOBER, actor=leader)
    assert refusal.value.field == "month"
    commands.close_month(date(2026, 9, 30), actor=leader)
    with pytest.raises(RuleBroken, match="closed already"):
        commands.close_month(date(2026, 9, 1), actor=leader)
    empty = commands.close_month(OCTOBER, actor=leader)
    assert (empty.entries, empty.figures) == (0, [])
    coming = queries.next_month()
    assert (coming.month, coming.last) == (NOVEMBER, date(2026, 11, 30))
    assert coming.refusal == "November 2026 is not over yet. Close it from 1 December 2026."
    with pytest.raises(RuleBroken, match="not over yet"):
        commands.close_month(NOVEMBER, actor=leader)
    with clock.fixed(datetime(2026, 12, 1, 0, 0, tzinfo=UTC)):
        commands.close_month(NOVEMBER, actor=leader)
    assert [row.close.month for row in queries.closed_months(leader)] == [
        NOVEMBER,
        OCTOBER,
        date(2026, 9, 1),
    ]


def test_nobody_else_sees_the_county_s_months(leader: Actor):
    close = commands_closed(leader)
    manager = an_actor(a_member_of_staff(Role.CASE_MANAGER))
    assert list(queries.closed_months(manager)) == []
    with pytest.raises(NotFound):
        queries.get_month(manager, close.id)


def commands_closed(leader: Actor) -> MonthClose:
    case = a_fraud_case()
    money_back(case, a_loss(case, paid_on=PAID), received_on=date(2026, 10, 5), amount_pence=100_00)
    return commands.close_month(OCTOBER, actor=leader)


def refused(statement: str, words: str, **values: object) -> None:
    db.session.rollback()
    with (
        pytest.raises(sa.exc.DBAPIError, match=words),
        db.engine.execution_options(writing=True).begin() as connection,
    ):
        connection.execute(sa.text(statement), values)


def test_sql_adds_nothing_to_a_closed_month(leader: Actor):
    commands_closed(leader)
    columns = [column.name for column in LedgerEntry.__table__.columns if column.name != "id"]
    changed = {"counted_on": "'2026-10-31'", "token": "'another'", "seal_key": "'another'",
               "evidence_index": "'another'"}  # fmt: skip
    values = ", ".join(changed.get(name, name) for name in columns)
    copy = f"INSERT INTO ledger_entry ({', '.join(columns)}) SELECT {values} FROM ledger_entry"
    refused(copy, "month of the ledger is closed")
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(sa.text(copy.replace("'2026-10-31'", "'2026-11-01'")))
    assert of_october() == (100_00, 0)


@pytest.mark.parametrize(
    "table",
    [
        "ledger_entry",
        "month_close",
        "month_figure",
        "opening_balance",
        "bank_letter",
        "letter_line",
    ],
)
def test_no_row_of_the_book_is_changed_or_removed_by_sql(leader: Actor, table: str):
    commands_closed(leader)
    if table == "opening_balance":
        other = an_actor(a_member_of_staff(Role.FRAUD_OFFICER))
        facts = commands.OpeningFacts(
            year=2020, kind=EntryKind.RECOVERED, amount_pence=1_00, source="Report"
        )
        waiting = commands.propose_opening(facts, token=commands.new_token(), actor=other)
        commands.approve(waiting, actor=leader)
    if table in {"bank_letter", "letter_line"}:
        read = commands.read_letter(b"reference,date,amount\nA1,2026-10-05,1.00\n")
        commands.keep_letter(read, actor=leader)
    assert db.session.scalar(sa.text(f"SELECT count(*) FROM {table}"))
    refused(f"UPDATE {table} SET id = id", "only grows")
    refused(f"UPDATE {table} SET created_at = created_at", "only grows")
    refused(f"DELETE FROM {table}", "only grows")
    if db.engine.dialect.name == "postgresql":
        refused(f"TRUNCATE {table} CASCADE", "only grows")
    else:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", "only grows|closed")
