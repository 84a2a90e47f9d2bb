"""What fraud victims are given, what comes back, and whether fraud came again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.jobs import follow_up_fraud
from beacon.fraud_hub.models import RepeatCheck, SupportItem
from beacon.fraud_hub.queries import Checks, Loans
from beacon.fraud_hub.terms import RepeatOutcome, SupportKind, SupportState
from tests.factories import TEST
from tests.work.fraud_hub.builders import a_fraud_case
from tests.work.fraud_hub.support import a_check, a_loan, support_facts

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def tasks(kind: TaskKind) -> list[CaseTask]:
    db.session.rollback()
    query = sa.select(CaseTask).where(CaseTask.kind == kind).order_by(CaseTask.id)
    return list(db.session.scalars(query))


def found(outcome: RepeatOutcome = RepeatOutcome.NOT_AGAIN, on: date = TODAY) -> Any:
    return commands.CheckFacts(outcome=outcome, on=on, channel=Channel.PHONE, words="All is well")


def test_what_was_lent_keeps_its_serial_number_sealed_and_a_form_sent_twice_lends_once():
    case, token = a_fraud_case(), commands.new_token()
    one = commands.add_support(case, support_facts(), token=token, actor=TEST)
    two = commands.add_support(case, support_facts(), token=token, actor=TEST)
    assert one.id == two.id
    assert (one.serial, one.is_out, one.due_back_on) == ("TC-0042", True, date(2026, 12, 23))
    assert b"TC-0042" not in (one.serial_sealed or b"")


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"serial": " "}, "serial"),
        ({"due_back_on": None}, "due_back_on"),
        ({"due_back_on": date(2026, 11, 22)}, "due_back_on"),
        ({"on": date(2026, 11, 24), "due_back_on": date(2026, 12, 1)}, "on"),
        ({"kind": SupportKind.CIFAS}, "state"),
        ({"state": SupportState.RETURNED, "due_back_on": None}, "state"),
        ({"state": SupportState.GIVEN, "due_back_on": date(2026, 12, 1)}, "due_back_on"),
    ],
)
def test_what_cannot_be_is_refused_by_its_box(wrong: dict[str, Any], box: str):
    case = a_fraud_case()
    with pytest.raises(RuleBroken) as refusal:
        a_loan(case, **wrong)
    assert refusal.value.field == box
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SupportItem)) == 0


def test_advice_needs_no_serial_number():
    item = a_loan(a_fraud_case(), kind=SupportKind.CIFAS, state=SupportState.ADVISED, serial="")
    assert not item.is_out


def test_an_overdue_loan_is_asked_for_once_and_the_task_ends_when_it_is_back():
    case = a_fraud_case()
    with clock.fixed(MONDAY - timedelta(days=40)):
        item = a_loan(case)
    assert follow_up_fraud() == 1
    assert follow_up_fraud() == 0
    assert [task.done_at for task in tasks(TaskKind.LOAN_DUE_BACK)] == [None]
    assert [row.item.id for row in Loans(TEST).page()] == [item.id]
    commands.end_loan(item, SupportState.RETURNED, on=TODAY, actor=TEST)
    commands.end_loan(item, SupportState.RETURNED, on=TODAY, actor=TEST)
    assert all(task.done_at for task in tasks(TaskKind.LOAN_DUE_BACK))
    assert list(Loans(TEST).page()) == []
    assert follow_up_fraud() == 0


def test_a_loan_due_today_is_not_overdue():
    with clock.fixed(MONDAY - timedelta(days=30)):
        a_loan(a_fraud_case())
    assert queries.loans_overdue(TODAY) == []
    assert len(queries.loans_overdue(TODAY + timedelta(days=1))) == 1


def test_a_loan_that_came_back_cannot_be_lost_later_nor_come_back_before_it_was_lent():
    item = a_loan(a_fraud_case())
    with pytest.raises(RuleBroken, match="before it was lent"):
        commands.end_loan(item, SupportState.LOST, on=TODAY - timedelta(days=1), actor=TEST)
    commands.end_loan(item, SupportState.RETURNED, on=TODAY, actor=TEST)
    with pytest.raises(RuleBroken, match="not lent"):
        commands.end_loan(item, SupportState.LOST, on=TODAY, actor=TEST)


@pytest.mark.parametrize(("days", "opened"), [(91, 0), (92, 1)])
def test_a_check_is_asked_for_three_months_after_the_first_support(days: int, opened: int):
    with clock.fixed(MONDAY - timedelta(days=days)):  # 92 days before lies 23 August
        a_loan(a_fraud_case(), state=SupportState.GIVEN)
    assert len(queries.checks_to_open(TODAY)) == opened


def test_both_checks_are_opened_once_each_with_a_task_however_often_the_job_runs():
    case = a_fraud_case()
    for days in (370, 20):
        with clock.fixed(MONDAY - timedelta(days=days)):
            a_loan(case, state=SupportState.GIVEN)
    assert follow_up_fraud() == 2
    assert follow_up_fraud() == 0
    assert [task.done_at for task in tasks(TaskKind.FRAUD_CHECK)] == [None, None]
    waiting = [(row.months, row.due_on) for row in Checks(TEST).page()]
    assert waiting == [(3, date(2026, 2, 18)), (12, date(2026, 11, 18))]


def test_a_case_without_support_is_not_asked_again():
    with clock.fixed(MONDAY - timedelta(days=400)):
        a_fraud_case()
    assert follow_up_fraud() == 0


def test_what_a_check_found_is_kept_ends_its_task_and_is_never_written_over():
    case = a_fraud_case()
    check = a_check(case)
    a_check(case, months=12)
    commands.record_check(check, found(RepeatOutcome.AGAIN_LOST), actor=TEST)
    commands.record_check(check, found(RepeatOutcome.AGAIN_LOST), actor=TEST)
    with pytest.raises(RuleBroken, match="already written down"):
        commands.record_check(check, found(), actor=TEST)
    row = db.session.get_one(RepeatCheck, check.id, populate_existing=True)
    assert (row.outcome, row.channel, row.words) == (
        RepeatOutcome.AGAIN_LOST,
        Channel.PHONE,
        "All is well",
    )
    done = {task.about: task.done_at is not None for task in tasks(TaskKind.FRAUD_CHECK)}
    assert done == {"fraud-check:3": True, "fraud-check:12": False}
    assert [one.months for one in Checks(TEST).page()] == [12]


def test_the_plan_of_a_case_shows_its_own_items_alone():
    case, other = a_fraud_case(), a_fraud_case()
    item = a_loan(case)
    a_loan(other)
    check = a_check(case)
    plan = queries.support_of(TEST, case)
    assert [one.id for one in plan.items] == [item.id]
    assert [one.id for one in plan.checks] == [check.id]
