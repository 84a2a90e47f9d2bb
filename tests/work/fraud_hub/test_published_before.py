"""What was published before the ledger: by year, with a second person, reversible, shown apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerProposal, OpeningBalance
from beacon.fraud_hub.terms import EntryKind
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, money_back

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SINCE = date(2019, 4, 1)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def first(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


@pytest.fixture
def second(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.TEAM_LEADER))


def publish(actor: Actor, **known) -> LedgerProposal:
    usual = {
        "year": 2019,
        "kind": EntryKind.RECOVERED,
        "amount_pence": 300_000_00,
        "source": "Annual report",
    }
    facts = commands.OpeningFacts(**usual | known)
    return commands.propose_opening(facts, token=commands.new_token(), actor=actor)


def published(first: Actor, second: Actor, **known) -> OpeningBalance:
    return commands.approve(publish(first, **known), actor=second)


def take_back(row: OpeningBalance, actor: Actor, reason: str = "Twice") -> LedgerProposal:
    return commands.propose_opening_reversal(
        row, reason=reason, token=commands.new_token(), actor=actor
    )


def ever() -> queries.HubTotals:
    return queries.hub_totals(TEST, SINCE, MONDAY.date())


def test_a_published_figure_counts_once_a_second_person_has_approved_it(
    first: Actor, second: Actor
):
    waiting = publish(first)
    assert ever().public_recovered_pence == 0
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.approve(waiting, actor=first)
    row = commands.approve(waiting, actor=second)
    assert (row.logged_by_id, row.approved_by_id) == (first.id, second.id)
    assert (row.financial_year, row.source) == ("2019/20", "Annual report")
    assert ever().public_recovered_pence == 300_000_00


def test_the_public_figure_goes_on_from_what_was_published(first: Actor, second: Actor):
    published(first, second)
    published(first, second, year=2020, amount_pence=800_000_00)
    published(first, second, kind=EntryKind.PREVENTED, amount_pence=5_00)
    case = a_fraud_case()
    money_back(case, a_loss(case), amount_pence=123_45)
    totals = ever()
    assert totals.recovered_pence == 123_45
    assert totals.published_recovered_pence == 1_100_000_00
    assert totals.public_recovered_pence == 1_100_123_45
    assert (totals.prevented_pence, totals.public_prevented_pence) == (0, 5_00)


@pytest.mark.parametrize(
    ("first_day", "last_day", "pence"),
    [
        (date(2019, 4, 1), date(2019, 4, 1), 1_00),
        (date(2019, 4, 2), date(2020, 3, 31), 0),
        (date(2019, 4, 1), date(2020, 3, 31), 1_00),
        (date(2019, 4, 1), date(2020, 4, 1), 3_00),
        (date(2019, 4, 2), date(2020, 4, 1), 2_00),
        (date(2018, 1, 1), date(2019, 3, 31), 0),
        (date(2018, 4, 2), date(2030, 1, 1), 3_00),
    ],
)
def test_a_year_is_in_a_period_in_which_it_begins(
    first: Actor, second: Actor, first_day: date, last_day: date, pence: int
):
    published(first, second, amount_pence=1_00)
    published(first, second, year=2020, amount_pence=2_00)
    assert queries.hub_totals(TEST, first_day, last_day).published_recovered_pence == pence


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"year": 2018}, "year"),
        ({"year": 2027}, "year"),
        ({"amount_pence": 0}, "amount"),
        ({"amount_pence": -1}, "amount"),
        ({"source": "  "}, "source"),
        ({"kind": EntryKind.INTEREST}, "kind"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_at_its_box(
    first: Actor, known: dict[str, object], field: str
):
    with pytest.raises(RuleBroken) as refusal:
        publish(first, **known)
    assert refusal.value.field == field


def test_one_figure_stands_for_a_year_and_kind(first: Actor, second: Actor):
    row = published(first, second)
    with pytest.raises(RuleBroken, match="kept already") as refusal:
        publish(first, amount_pence=1_00)
    assert refusal.value.field == "year"
    publish(first, kind=EntryKind.PREVENTED)
    with pytest.raises(RuleBroken, match="already waits") as refusal:
        publish(first, kind=EntryKind.PREVENTED)
    assert refusal.value.field == "year"
    back = take_back(row, second)
    assert ever().published_recovered_pence == 300_000_00
    with pytest.raises(RuleBroken, match="already waits"):
        take_back(row, first)
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.approve(back, actor=second)
    minus = commands.approve(back, actor=first)
    assert (minus.amount_pence, minus.reverses_id, minus.source) == (-300_000_00, row.id, "Twice")
    assert ever().published_recovered_pence == 0
    with pytest.raises(RuleBroken, match="already reversed"):
        take_back(row, first)
    with pytest.raises(RuleBroken, match="cannot be reversed"):
        take_back(minus, first)
    again = published(first, second, amount_pence=299_000_00)
    assert ever().published_recovered_pence == 299_000_00
    rows = queries.opening_rows(first)
    assert [(one.opening.id, one.is_reversed, one.may_be_reversed) for one in rows] == [
        (row.id, True, False),
        (minus.id, False, False),
        (again.id, False, True),
    ]


def test_a_reversal_says_why_and_a_form_sent_twice_waits_once(first: Actor, second: Actor):
    row = published(first, second)
    with pytest.raises(RuleBroken) as refusal:
        take_back(row, first, " ")
    assert refusal.value.field == "reason"
    token = commands.new_token()
    one = commands.propose_opening_reversal(row, reason="x", token=token, actor=first)
    other = commands.propose_opening_reversal(row, reason="x", token=token, actor=first)
    assert one.id == other.id
    facts = commands.OpeningFacts(
        year=2021, kind=EntryKind.RECOVERED, amount_pence=1, source="Report"
    )
    token = commands.new_token()
    one = commands.propose_opening(facts, token=token, actor=first)
    assert commands.propose_opening(facts, token=token, actor=first).id == one.id
    with pytest.raises(RuleBroken, match="Open this page again"):
        commands.propose_opening(facts, token="", actor=first)


def test_it_is_for_those_who_may_read_the_hub(first: Actor, second: Actor):
    row = published(first, second)
    court = an_actor(a_member_of_staff(Role.COURT_OFFICER))
    assert queries.opening_rows(court) == []
    with pytest.raises(NotFound):
        queries.get_opening(court, row.id)
    assert queries.get_opening(first, row.id).id == row.id
