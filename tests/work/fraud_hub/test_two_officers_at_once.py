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
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.models import LedgerEntry, Loss
from tests.factories import TEST
from tests.work.fraud_hub.builders import a_fraud_case, a_loss, loss_facts, money_back, money_facts

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


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
def test_of_eight_who_log_the_same_recovery_one_does(app: Flask):
    case = a_fraud_case()
    facts = money_facts(a_loss(case), amount_pence=123_45, evidence="FPR-77")
    assert together(app, [logging(case.id, facts)] * 8) == 7
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 123_45


@pytest.mark.proves("L-09")
def test_one_reference_logged_on_two_cases_at_once_counts_once(app: Flask):
    works = []
    for _ in range(4):
        case = a_fraud_case()
        works.append(logging(case.id, money_facts(a_loss(case), evidence="FPR-77")))
    assert together(app, works) == 3
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 400_00


def test_together_they_never_log_more_than_the_loss(app: Flask):
    case = a_fraud_case()
    loss = a_loss(case)
    works = [logging(case.id, money_facts(loss, amount_pence=300_00)) for _ in range(6)]
    assert together(app, works) == 3
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 900_00


def test_one_form_sent_by_eight_clicks_makes_one_row(app: Flask):
    case, token, facts = a_fraud_case(), commands.new_token(), loss_facts()
    case_id = case.id

    def click() -> object:
        mine = db.session.get_one(CaseFile, case_id)
        return commands.record_loss(mine, facts, token=token, actor=TEST)

    assert together(app, [click] * 8) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Loss)) == 1


def test_of_eight_who_reverse_one_entry_one_does(app: Flask):
    case = a_fraud_case()
    entry_id = money_back(case, a_loss(case)).id

    def take_back() -> object:
        entry = db.session.get_one(LedgerEntry, entry_id)
        return commands.reverse(entry, reason="Twice", token=commands.new_token(), actor=TEST)

    assert together(app, [take_back] * 8) == 7
    assert queries.hub_totals(TEST, *YEAR).recovered_pence == 0
