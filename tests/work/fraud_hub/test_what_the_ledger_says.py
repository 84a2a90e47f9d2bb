"""What the ledger says when it refuses, to whom an entry is written down, and the day it allows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.fraud_hub import commands
from beacon.fraud_hub.terms import Route
from tests.factories import TEST
from tests.work.fraud_hub.builders import (
    a_fraud_case,
    a_loss,
    money_back,
    prevented,
    reversed_entry,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def taken_back_without_a_reason(case: CaseFile) -> None:
    entry = money_back(case, a_loss(case))
    commands.reverse(entry, reason=" ", token=commands.new_token(), actor=TEST)


REFUSED: dict[str, tuple[Callable[[CaseFile], object], str, str]] = {
    "money back by a way of keeping it": (
        lambda case: money_back(case, a_loss(case), route=Route.BANK_BLOCKED),
        "Choose how the money came back.",
        "route",
    ),
    "money kept by a way of getting it back": (
        lambda case: prevented(case, route=Route.FOS_AWARD),
        "Choose how the loss was prevented.",
        "route",
    ),
    "a loss that will be prevented": (
        lambda case: prevented(case, on=TUESDAY),
        "The date must be today or in the past.",
        "on",
    ),
    "money back before the payment": (
        lambda case: money_back(case, a_loss(case), received_on=date(2026, 11, 1)),
        "Money cannot come back before it was paid.",
        "received_on",
    ),
    "money back without its paper": (
        lambda case: money_back(case, a_loss(case), evidence=" - "),
        "Enter the reference of the payment or letter.",
        "evidence",
    ),
    "an entry taken back without a reason": (
        taken_back_without_a_reason,
        "Enter why the entry is reversed.",
        "reason",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_says_what_to_do_at_its_box(what: str):
    attempt, words, field = REFUSED[what]
    with pytest.raises(RuleBroken) as refusal:
        attempt(a_fraud_case())
    assert (str(refusal.value), refusal.value.field) == (words, field)


def test_money_may_come_back_on_the_day_on_which_it_was_paid():
    case = a_fraud_case()
    loss = a_loss(case, paid_on=clock.today())
    assert money_back(case, loss, received_on=clock.today()).amount_pence == 400_00


def test_every_entry_is_written_down_as_of_its_case():
    case = a_fraud_case()
    reversed_entry(money_back(case, a_loss(case)))
    prevented(case)
    query = sa.select(AuditEntry).where(
        AuditEntry.action.in_(
            ("fraud.money_logged", "fraud.prevented_logged", "fraud.entry_reversed")
        )
    )
    rows = db.session.scalars(query.order_by(AuditEntry.seq))
    written = [(row.action, json.loads(row.facts)["case_id"]) for row in rows]
    assert written == [
        ("fraud.money_logged", case.id),
        ("fraud.entry_reversed", case.id),
        ("fraud.prevented_logged", case.id),
    ]
