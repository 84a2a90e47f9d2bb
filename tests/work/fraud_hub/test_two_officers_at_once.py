"""Two officers at the same money in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerEntry, LedgerProposal, Loss, MonthClose
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, loss_facts, money_back, money_facts

pytestmark = pytest.mark.on_both

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TWENTY = 20
MUCH = 50_000_00


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def together(app: Flask, works: list[Callable[[], object]]) -> int:
    """Do all of this at the same moment; how many were refused."""
    db.session.rollback()  # what this thread has read is of before
    gate = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> bool:
        with app.app_context():
            gate.wait()
            try:
                work()
            except RuleBroken:
                return True
            return False

    with ThreadPoolExecutor(len(works)) as pool:
        return sum(pool.map(one, works))


def logging(case_id: int, facts: commands.RecoveredFacts, token: str = "") -> Callable[[], object]:
    def log() -> object:
        return commands.record_recovered(
            db.session.get_one(CaseFile, case_id),
            facts,
            token=token or commands.new_token(),
            actor=TEST,
        )

    return log


@pytest.mark.proves("L-09")
def test_of_twenty_who_log_the_same_recovery_one_does(app: Flask):
    case = a_fraud_case()
    facts = money_facts(a_loss(case), amount_pence=123_45, evidence="FPR-77")
    assert together(app, [logging(case.id, facts)] * TWENTY) == TWENTY - 1
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 123_45


@pytest.mark.proves("L-09")
def test_one_reference_logged_on_two_cases_at_once_counts_once(app: Flask):
    works = []
    for number in range(TWENTY):
        case = a_fraud_case()
        spelt = ("FPR-77", "fpr 77", "FPR77", "ｆｐｒ-77")[number % 4]
        works.append(logging(case.id, money_facts(a_loss(case), evidence=spelt)))
    assert together(app, works) == TWENTY - 1
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 400_00


def test_together_they_never_log_more_than_the_loss(app: Flask):
    case = a_fraud_case()
    loss = a_loss(case)
    works = [logging(case.id, money_facts(loss, amount_pence=300_00)) for _ in range(TWENTY)]
    assert together(app, works) == TWENTY - 3
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 900_00


def test_one_form_sent_by_eight_clicks_makes_one_row(app: Flask):
    case, token, facts = a_fraud_case(), commands.new_token(), loss_facts()
    case_id = case.id

    def click() -> object:
        mine = db.session.get_one(CaseFile, case_id)
        return commands.record_loss(mine, facts, token=token, actor=TEST)

    assert together(app, [click] * 8) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 1


def test_of_twenty_who_reverse_one_entry_one_does(app: Flask):
    case = a_fraud_case()
    entry_id = money_back(case, a_loss(case)).id

    def take_back() -> object:
        entry = db.session.get_one(LedgerEntry, entry_id)
        return commands.reverse(entry, reason="Twice", token=commands.new_token(), actor=TEST)

    assert together(app, [take_back] * TWENTY) == TWENTY - 1
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 0


def counted(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_no_more_than_the_limit_goes_past_a_second_person_however_it_is_split(app: Flask):
    """Twenty parts of £1,000 at one moment, on one case: five count, the rest waits."""
    case = a_fraud_case()
    loss = a_loss(case, amount_pence=MUCH)
    works = [logging(case.id, money_facts(loss, amount_pence=1_000_00)) for _ in range(TWENTY)]
    assert together(app, works) == 0
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 5_000_00
    assert (counted(LedgerEntry), counted(LedgerProposal)) == (5, TWENTY - 5)


def test_nor_over_the_parts_of_one_letter_on_many_cases(app: Flask):
    works = []
    for part in range(TWENTY):
        case = a_fraud_case()
        facts = money_facts(
            a_loss(case, amount_pence=MUCH), amount_pence=1_000_00, evidence=f"FPR-9/{part}"
        )
        works.append(logging(case.id, facts))
    assert together(app, works) == 0
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 5_000_00


@pytest.fixture
def waiting(app: Flask) -> LedgerProposal:
    """£6,000 that waits for a second person."""
    case = a_fraud_case()
    facts = money_facts(a_loss(case, amount_pence=MUCH), amount_pence=6_000_00)
    logged = commands.record_recovered(case, facts, token=commands.new_token(), actor=TEST)
    assert isinstance(logged, LedgerProposal)
    return logged


def test_of_twenty_who_approve_at_once_one_does(app: Flask, waiting: LedgerProposal):
    found = waiting.id
    actors = [an_actor(a_member_of_staff(Role.FRAUD_OFFICER)) for _ in range(TWENTY)]

    def approving(actor: object) -> Callable[[], object]:
        return lambda: commands.approve(db.session.get_one(LedgerProposal, found), actor=actor)

    assert together(app, [approving(actor) for actor in actors]) == TWENTY - 1
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 6_000_00


def test_approved_and_refused_at_once_it_is_one_of_them(app: Flask, waiting: LedgerProposal):
    found = waiting.id
    one, other = (an_actor(a_member_of_staff(Role.FRAUD_OFFICER)) for _ in range(2))
    works = [
        lambda: commands.approve(db.session.get_one(LedgerProposal, found), actor=one),
        lambda: commands.refuse(
            db.session.get_one(LedgerProposal, found), because="No", actor=other
        ),
    ] * 5
    assert together(app, works) == len(works) - 1
    state = db.session.get_one(LedgerProposal, found).state
    pence = queries.hub_totals(TEST, *YEAR).recovered_pence
    assert (state.value, pence) in {("approved", 6_000_00), ("refused", 0)}


def test_a_month_that_closes_while_money_is_logged_never_moves(app: Flask):
    case = a_fraud_case()
    loss = a_loss(case, paid_on=date(2026, 9, 1), amount_pence=MUCH)
    october = date(2026, 10, 5)
    money_back(case, loss, received_on=october, amount_pence=1_00)
    case_id = case.id
    works: list[Callable[[], object]] = [
        logging(case_id, money_facts(loss, received_on=october, amount_pence=1_00))
        for _ in range(TWENTY - 2)
    ]
    works += [lambda: commands.close_month(october, actor=TEST)] * 2
    assert together(app, works) == 1  # the second who would close it
    close = db.session.scalars(sa.select(MonthClose)).one()
    assert queries.moved_months() == []
    frozen = sum(figure.amount_pence for figure in close.figures)
    assert queries.hub_totals(TEST, october, date(2026, 10, 31)).recovered_pence == frozen
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == (TWENTY - 1) * 1_00
