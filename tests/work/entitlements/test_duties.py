"""Duties under the Code: opened once, counted from the right moment, ended by the right word."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.settings import Setting
from beacon.entitlements import commands, queries
from beacon.entitlements.models import Duty
from tests.factories import TEST, a_case

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def open_one(case: CaseFile, rule: str = "R6_CHARGE", **known: object) -> Duty:
    usual = {
        "about": "milestone:1",
        "event_at": MONDAY,
        "clock_started_at": MONDAY,
        "enhanced": False,
        "actor": TEST,
    }
    return commands.open_duty(case_id=case.id, rule=rule, **usual | known)


def test_a_duty_is_opened_once_for_each_case_rule_and_subject():
    case = a_case()
    assert open_one(case).id == open_one(case).id
    assert open_one(case, about="milestone:2").id != open_one(case).id


def test_what_was_promised_is_stored():
    duty = open_one(a_case(), enhanced=True)
    assert (duty.code, duty.right, duty.amount, duty.unit, duty.due_on) == (
        "2020",
        6,
        1,
        "working_days",
        date(2026, 11, 24),
    )
    assert queries.rule_of(duty).key == "R6_CHARGE"


def test_a_rule_that_no_code_has_opens_nothing():
    case = a_case()
    with pytest.raises(RuleBroken, match="no rule"):
        open_one(case, rule="R99_NONE")
    assert db.session.scalar(sa.select(sa.func.count()).where(Duty.rule == "R99_NONE")) == 0


def test_the_code_of_the_day_it_happened_judges_though_the_clock_starts_later():
    last_of_the_old = datetime(2021, 3, 31, 12, 0, tzinfo=UTC)
    duty = open_one(a_case(), rule="R8_HEARING", event_at=last_of_the_old, clock_started_at=None)
    commands.start_clock(
        duty, at=datetime(2021, 4, 6, 12, 0, tzinfo=UTC), enhanced=False, actor=TEST
    )
    assert (duty.code, duty.due_on) == ("2015", date(2021, 4, 7))


def test_our_own_standard_follows_the_setting_and_is_no_duty_of_the_code():
    with transaction() as session:
        session.add(Setting(name="standards.first_contact_standard_days", text="2"))
    standard = next(duty for duty in a_case().duties if duty.rule == "FIRST_CONTACT")
    assert (standard.due_on, standard.is_local_standard) == (date(2026, 11, 25), True)


def test_a_reason_of_any_length_does_not_fit():
    duty = open_one(a_case())
    with pytest.raises(RuleBroken, match="500 characters") as refusal:
        commands.withhold(duty, reason="x" * 501, actor=TEST)
    assert refusal.value.field == "reason"


def test_open_duties_are_counted_by_their_day():
    case = a_case()
    for number, day in enumerate((16, 23, 29, 30, 1)):
        duty = open_one(case, about=f"milestone:{number}")
        with transaction():
            duty.due_on = date(2026, 11 if day > 1 else 12, day)
    within = sa.select(CaseFile.id).where(CaseFile.id == case.id)
    counts = queries.due_counts(MONDAY.date(), within=within)
    assert (counts.late, counts.today, counts.soon) == (1, 1, 4)  # with the first contact
    assert queries.earliest_due(case.id) == date(2026, 11, 16)
