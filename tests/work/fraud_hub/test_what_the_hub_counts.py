"""The hub's totals, its lists, and one case's money."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.terms import ContactOutcome, CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.queries import FraudCases
from beacon.fraud_hub.terms import (
    ClaimStatus,
    Contribution,
    Factor,
    PaymentMethod,
    Route,
    Waiting,
)
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.kin import declare, restricted
from tests.work.fraud_hub.builders import (
    a_claim,
    a_fraud_case,
    a_loss,
    money_back,
    prevented,
    reversed_entry,
    triaged,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


def listed(officer: Actor, waiting: Waiting | None = None) -> list[str]:
    return [row.reference for row in FraudCases(viewer=officer, waiting=waiting).page()]


def test_an_empty_hub_has_nothing_lost_and_nothing_recovered():
    totals = queries.hub_totals(TEST, *YEAR)
    assert (totals.lost_pence, totals.recovered_pence, totals.by_route) == (0, 0, {})


def test_every_total_is_right_to_the_penny():
    case = a_fraud_case(reported_pence=5_000_00)
    a_fraud_case(reported_pence=321_09)  # no loss logged: counts as reported
    transfer = a_loss(case, amount_pence=1_234_56)
    card = a_loss(case, amount_pence=99_99, method=PaymentMethod.CARD_DEBIT)
    a_claim(case, transfer, amount_pence=1_234_56)
    money_back(case, transfer, route=Route.PSR_REIMBURSEMENT, amount_pence=1_134_56)
    money_back(
        case,
        card,
        route=Route.CHARGEBACK,
        amount_pence=10_01,
        contribution=Contribution.ADVISED,
    )
    money_back(
        case,
        card,
        route=Route.MERCHANT_REFUND,
        amount_pence=20_02,
        contribution=Contribution.NONE,
    )
    prevented(case, amount_pence=3_33)
    totals = queries.hub_totals(TEST, *YEAR)
    assert totals.lost_pence == 1_234_56 + 99_99 + 321_09
    assert totals.claimed_pence == 1_234_56
    assert totals.recovered_pence == 1_134_56 + 10_01 + 20_02
    assert totals.recovered_through_beacon_pence == 1_134_56 + 10_01
    assert totals.prevented_pence == 3_33
    assert totals.by_route == {
        Route.PSR_REIMBURSEMENT: 1_134_56,
        Route.CHARGEBACK: 10_01,
        Route.MERCHANT_REFUND: 20_02,
    }
    assert sum(totals.by_route.values()) == totals.recovered_pence


def test_each_thing_counts_on_its_own_day_with_both_ends_in():
    case = a_fraud_case()
    loss = a_loss(case, paid_on=date(2026, 10, 31))
    entry = money_back(case, loss, received_on=date(2026, 11, 1))
    reversed_entry(entry)  # on 23 November
    assert queries.hub_totals(TEST, date(2026, 10, 31), date(2026, 10, 31)).lost_pence == 1_000_00
    assert queries.hub_totals(TEST, date(2026, 11, 1), date(2026, 11, 1)).recovered_pence == 400_00
    assert queries.hub_totals(TEST, date(2026, 11, 1), date(2026, 11, 22)).recovered_pence == 400_00
    assert queries.hub_totals(TEST, date(2026, 11, 1), date(2026, 11, 23)).recovered_pence == 0


def test_a_report_counts_on_its_day_in_london():
    with clock.fixed(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):  # 1 July by London's clocks
        a_fraud_case(reported_pence=100_00)
    assert queries.hub_totals(TEST, date(2026, 6, 1), date(2026, 6, 30)).lost_pence == 0
    assert queries.hub_totals(TEST, date(2026, 7, 1), date(2026, 7, 1)).lost_pence == 100_00


def test_the_months_run_to_this_one_with_the_empty_ones_in():
    case = a_fraud_case()
    loss = a_loss(case, paid_on=date(2025, 10, 1))
    money_back(case, loss, received_on=date(2025, 11, 30), amount_pence=1_00)  # too long ago
    money_back(case, loss, received_on=date(2025, 12, 1), amount_pence=2_00)
    money_back(case, loss, amount_pence=3_00)
    money_back(case, loss, amount_pence=4_00, contribution=Contribution.NONE)
    months = queries.recovered_by_month(TEST, date(2026, 11, 23))
    assert [month.month for month in months][::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert [month.recovered_pence for month in months] == [2_00, *[0] * 10, 7_00]
    assert months[-1].through_beacon_pence == 3_00


def test_the_lists_hold_what_waits_and_their_counts_agree(officer: Actor):
    fresh = a_fraud_case(reported_pence=50_00)
    reached = a_fraud_case()
    cases.log_contact(
        reached,
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        at=clock.now(),
        actor=TEST,
    )
    claimed = a_fraud_case()
    a_claim(claimed, a_loss(claimed))
    a_case()  # a burglary is not the hub's
    assert listed(officer, Waiting.FIRST_CONTACT) == [fresh.reference, claimed.reference]
    assert listed(officer, Waiting.NO_LOSS) == [fresh.reference, reached.reference]
    assert listed(officer, Waiting.REPLY) == [claimed.reference]
    assert listed(officer) == [claimed.reference, reached.reference, fresh.reference]
    counts = queries.counts_waiting(officer)
    assert (counts.first_contact, counts.reply, counts.no_loss) == (2, 1, 2)


def test_a_claim_that_was_answered_or_whose_loss_was_a_mistake_waits_no_more(officer: Actor):
    answered, mistaken = a_fraud_case(), a_fraud_case()
    claim = a_claim(answered, a_loss(answered))
    loss = a_loss(mistaken)
    a_claim(mistaken, loss)
    refused = commands.ReplyFacts(answer=ClaimStatus.REFUSED, on=date(2026, 11, 18))
    commands.record_reply(claim, refused, actor=TEST)
    commands.withdraw_loss(loss, reason="Twice", actor=TEST)
    assert listed(officer, Waiting.REPLY) == []


@pytest.mark.parametrize("waiting", [None, *Waiting])
def test_the_pages_of_a_list_follow_on_without_gap_or_repeat(
    officer: Actor, waiting: Waiting | None
):
    made = []
    for number in range(5):
        with clock.fixed(MONDAY + timedelta(minutes=number // 2)):  # some at the same moment
            case = a_fraud_case()
            made.append(case.reference)
            if waiting is Waiting.REPLY:
                a_claim(case, a_loss(case))
    found, cursor = [], None
    while True:
        page = FraudCases(viewer=officer, waiting=waiting).page(cursor, size=2)
        found += [row.reference for row in page]
        cursor = page.next
        if cursor is None:
            break
    assert found == (made[::-1] if waiting is None else made)


def test_a_list_costs_the_same_however_long_it_is(officer: Actor, count_queries: list[str]):
    a_claim(case := a_fraud_case(), a_loss(case))
    count_queries.clear()
    FraudCases(viewer=officer).page()
    few = len(count_queries)
    for _ in range(5):
        a_loss(a_fraud_case())
    count_queries.clear()
    FraudCases(viewer=officer).page()
    assert len(count_queries) == few


def test_the_money_of_a_case_costs_the_same_however_much_there_is(
    officer: Actor, count_queries: list[str]
):
    def statements(reference: str) -> int:
        with transaction() as session:
            session.expire_all()
        count_queries.clear()
        found = queries.get_fraud_case(officer, reference)
        queries.money_of(officer, found.case, found.report)
        return len(count_queries)

    small, large = a_fraud_case(), a_fraud_case()
    a_claim(small, loss := a_loss(small), amount_pence=100_00)
    money_back(small, loss)
    for _ in range(5):
        loss = a_loss(large)
        a_claim(large, loss, amount_pence=100_00)
        money_back(large, loss)
    assert statements(small.reference) == statements(large.reference)


def test_the_thirteen_months_run_from_the_last_payment_of_the_fraud(officer: Actor):
    case = a_fraud_case(vulnerable=True)
    a_loss(case, paid_on=date(2026, 1, 10))
    a_loss(case, paid_on=date(2026, 3, 10))
    a_loss(case, paid_on=date(2026, 5, 1), method=PaymentMethod.CARD_DEBIT)
    found = queries.get_fraud_case(officer, case.reference)
    money = queries.money_of(officer, found.case, found.report)
    assert [row.claim_by for row in money.losses] == [
        date(2027, 4, 10),
        date(2027, 4, 10),
        date(2026, 8, 29),
    ]
    assert {row.excess_pence for row in money.losses} == {0}


@pytest.mark.parametrize("has_report", [True, False])
def test_nothing_is_kept_back_where_the_tick_list_that_stands_holds_a_factor(has_report: bool):
    case = a_fraud_case() if has_report else a_case(crime=a_crime(kind=CrimeKind.FRAUD))
    a_loss(case)
    found = queries.get_fraud_case(TEST, case.reference)

    def excess() -> int:
        return queries.money_of(TEST, found.case, found.report).losses[0].excess_pence

    assert (found.report is not None, excess()) == (has_report, 100_00)
    triaged(case, Factor.BEREAVED)
    assert excess() == 0
    triaged(case)
    assert excess() == 100_00


@pytest.mark.parametrize(
    ("today", "soon"),
    [((2027, 10, 2), False), ((2027, 10, 3), True), ((2027, 12, 2), True), ((2027, 12, 3), False)],
)
def test_a_payment_not_yet_claimed_is_warned_of_from_sixty_days_before(
    officer: Actor, today: tuple[int, int, int], soon: bool
):
    case = a_fraud_case()
    a_loss(case)  # 2 November 2026: claim by 2 December 2027
    found = queries.get_fraud_case(officer, case.reference)
    with clock.fixed(datetime(*today, 12, tzinfo=UTC)):
        row = queries.money_of(officer, found.case).losses[0]
        assert row.claim_soon is soon


@pytest.mark.parametrize(
    "role", [Role.COURT_OFFICER, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER]
)
def test_others_find_no_case_of_the_hub(role: Role):
    case = a_fraud_case()
    viewer = an_actor(a_member_of_staff(role, agency="Sample Agency"))
    with pytest.raises(NotFound):
        queries.get_fraud_case(viewer, case.reference)
    assert listed(viewer) == []


def test_a_fraud_officer_finds_no_burglary_and_no_nonsense(officer: Actor):
    burglary = a_case()
    for reference in (burglary.reference, "BCN-ZZZZZ", "nonsense"):
        with pytest.raises(NotFound):
            queries.get_fraud_case(officer, reference)


@pytest.mark.proves("Z-08")
def test_no_total_tells_the_money_of_a_case_that_is_closed_to_whoever_counts(officer: Actor):
    hidden, open_to_all = a_fraud_case(), a_fraud_case()
    a_fraud_case(reported_pence=9_123_45, manager=a_member_of_staff(team="South"))
    restricted(hidden)
    for case, pence in ((hidden, 77_77), (open_to_all, 11_11)):
        loss = a_loss(case, amount_pence=pence)
        a_claim(case, loss, amount_pence=pence)
        money_back(case, loss, amount_pence=pence)
        prevented(case, amount_pence=pence)

    def counted(viewer: Actor) -> tuple[int, ...]:
        one, (month,) = (
            queries.hub_totals(viewer, *YEAR),
            queries.recovered_by_month(viewer, MONDAY.date(), months=1),
        )
        by = (sum(one.by_route.values()), sum(one.prevented_by.values()), month.recovered_pence)
        return (one.lost_pence, one.claimed_pence, one.recovered_pence, one.prevented_pence, *by)

    assert counted(TEST) == (9_123_45 + 88_88, *(88_88,) * 6)
    assert counted(officer) == (9_123_45 + 11_11, *(11_11,) * 6)
    south = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    assert counted(south) == (9_123_45, *(0,) * 6)


@pytest.mark.proves("Z-08", "Z-11")
def test_the_money_of_ones_kin_is_in_no_total(officer: Actor):
    case = a_fraud_case(reported_pence=9_123_45, victim=a_victim(mobile="07700 900321"))
    day = clock.today()
    assert queries.hub_totals(officer, day, day).lost_pence == 9_123_45
    declare(db.session.get_one(Staff, officer.id), mobile="07700 900321")
    assert queries.hub_totals(officer, day, day).lost_pence == 0
    assert queries.hub_totals(TEST, day, day).lost_pence == 9_123_45
    assert case.restricted is False
