"""Several people, or several schedulers, at what one victim asked for in the same moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit import queries as audit
from beacon.audit.commands import audit_key
from beacon.cases import commands
from beacon.cases.commands import OrderFacts, StepGiven, Wish
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFact, CaseFile, CaseOrder, CaseTask, FactStepTaken, UpdateWish
from beacon.cases.terms import (
    ContactOutcome,
    FactChoice,
    FactKind,
    FactStep,
    OrderKind,
    TaskKind,
    UpdateEvery,
)
from beacon.core import clock
from beacon.core.db import Base, db
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel
from tests.factories import TEST, a_case, a_member_of_staff
from tests.work.cases.test_two_at_once import refusals, together

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def case_id(monday: None) -> int:
    return a_case(manager=a_member_of_staff()).id


def there(case_id: int) -> CaseFile:
    return db.session.get_one(CaseFile, case_id)


def count(model: type[Base], *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def an_order(ends_on: date) -> OrderFacts:
    return OrderFacts(
        kind=OrderKind.RESTRAINING,
        starts_on=TODAY,
        ends_on=ends_on,
        conditions="Not to come near the school.",
    )


def a_wish(every: UpdateEvery) -> Wish:
    return Wish(every=every, channel=Channel.PHONE, asked_on=TODAY - 20 * DAY)


def test_of_four_schedulers_one_asks_and_warns_once_each(app, case_id):
    commands.record_wish(there(case_id), a_wish(UpdateEvery.WEEK), actor=TEST)
    commands.record_order(there(case_id), an_order(TODAY + 2 * DAY), actor=TEST)
    told = StepGiven(step=FactStep.SENTENCED, on=TODAY - 20 * DAY)
    commands.start_fact(there(case_id), FactKind.LENIENT, told, actor=TEST)
    assert sum(together(app, *[raise_alarms] * 4)) == 3
    assert count(CaseTask) == 3
    assert audit.verify(audit.keyed(audit_key())).ok


def test_of_six_wishes_at_once_each_is_kept_and_one_stands(app, case_id):
    def ask(every: UpdateEvery):
        return lambda: commands.record_wish(there(case_id), a_wish(every), actor=TEST).id

    assert refusals(together(app, *(ask(every) for every in UpdateEvery))) == 0
    assert count(UpdateWish) == 6
    assert count(UpdateWish, UpdateWish.replaced_at.is_(None)) == 1


def test_a_form_sent_six_times_at_once_makes_one_of_each(app, case_id):
    received = StepGiven(step=FactStep.RECEIVED, on=TODAY, choice=FactChoice.CPS)

    def complain() -> int:
        return commands.start_fact(there(case_id), FactKind.COMPLAINT, received, actor=TEST).id

    def protect() -> int:
        return commands.record_order(there(case_id), an_order(TODAY + 9 * DAY), actor=TEST).id

    assert len(set(together(app, *[complain] * 6))) == 1
    assert len(set(together(app, *[protect] * 6))) == 1
    assert (count(CaseFact), count(FactStepTaken), count(CaseOrder)) == (1, 1, 1)
    assert count(Duty, Duty.rule == "R12_COMPLAINT") == 1


def test_of_five_who_vary_one_order_exactly_one_does(app, case_id):
    first = commands.record_order(there(case_id), an_order(TODAY + 9 * DAY), actor=TEST).id

    def vary(days: int):
        def work() -> None:
            order = db.session.get_one(CaseOrder, first)
            facts = an_order(TODAY + days * DAY)
            commands.vary_order(there(case_id), order, facts, actor=TEST)

        return work

    assert refusals(together(app, *(vary(days) for days in range(20, 25)))) == 4
    assert (count(CaseOrder), count(CaseOrder, CaseOrder.replaced_at.is_(None))) == (2, 1)


def test_a_contact_and_the_scheduler_at_once_leave_no_task_for_an_update_that_was_given(
    app, case_id
):
    commands.record_wish(there(case_id), a_wish(UpdateEvery.WEEK), actor=TEST)

    def talk() -> int:
        return commands.log_contact(
            there(case_id),
            channel=Channel.PHONE,
            outcome=ContactOutcome.SPOKE,
            notes="",
            at=MONDAY,
            actor=TEST,
        ).id

    together(app, talk, raise_alarms, raise_alarms)
    waiting = (CaseTask.kind == TaskKind.UPDATE_DUE, CaseTask.done_at.is_(None))
    assert count(CaseTask, *waiting) == 0
    assert db.session.scalar(sa.select(UpdateWish.due_on)) == date(2026, 11, 30)
