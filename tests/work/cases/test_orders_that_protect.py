"""Orders and conditions of bail: recorded, varied, ended, and warned of before they end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.commands import OrderFacts
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFile, CaseOrder, CaseTask
from beacon.cases.terms import ALARMS, ContactOutcome, OrderKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.settings import Setting
from beacon.entitlements.terms import Channel
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)
SOON, NEAR = ALARMS["order"]
ENDS = date(2027, 1, 29)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(name="Priya Shah")


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    return a_case(manager=manager)


def facts(ends_on: date | None = ENDS, **known) -> OrderFacts:
    usual = {
        "kind": OrderKind.RESTRAINING,
        "starts_on": TODAY,
        "conditions": "Not to come within 100 metres of the school.",
    }
    return OrderFacts(**usual | known, ends_on=ends_on)


def alarms(case: CaseFile) -> list[tuple[object, date, bool]]:
    db.session.rollback()
    query = sa.select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.kind.in_([SOON, NEAR]))
    return [
        (row.kind, row.due_on, row.done_at is not None)
        for row in db.session.scalars(query.order_by(CaseTask.id))
    ]


def at(day: date) -> int:
    with clock.fixed(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
        return raise_alarms()


def rows(case: CaseFile) -> list[CaseOrder]:
    db.session.rollback()
    query = sa.select(CaseOrder).where(CaseOrder.case_id == case.id).order_by(CaseOrder.id)
    return list(db.session.scalars(query))


def test_an_order_is_kept_sealed_with_who_wrote_it_down(case, manager):
    order = commands.record_order(case, facts(), actor=an_actor(manager))
    stored = db.session.scalar(sa.select(CaseOrder.conditions_sealed))
    assert stored is not None
    assert b"school" not in stored
    assert (order.by_name, order.conditions[-7:]) == ("Priya Shah", "school.")
    row = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "case.order_recorded")
    ).one()
    assert "school" not in row.facts
    assert case.timeline[0].sentence == (
        "Priya Shah recorded what protects them: "
        "Restraining order, from 23 November 2026 until 29 January 2027."
    )


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"ends_on": TODAY - DAY}, "ends_on"),
        ({"conditions": " "}, "conditions"),
        ({"conditions": "x" * 2_001}, "conditions"),
    ],
)
def test_an_order_that_cannot_be_is_refused(case, known, field):
    with pytest.raises(RuleBroken) as refused:
        commands.record_order(case, facts(**known), actor=TEST)
    assert (refused.value.field, rows(case)) == (field, [])


def test_an_order_of_one_day_and_one_without_an_end_are_kept(case):
    commands.record_order(case, facts(ends_on=TODAY), actor=TEST)
    commands.record_order(case, facts(ends_on=None, kind=OrderKind.POLICE_BAIL), actor=TEST)
    assert [row.ends_on for row in rows(case)] == [TODAY, None]


def test_a_form_sent_twice_makes_one_order(case):
    first = commands.record_order(case, facts(), actor=TEST)
    assert commands.record_order(case, facts(), actor=TEST).id == first.id
    assert len(rows(case)) == 1


def test_a_variation_is_a_new_row_and_keeps_the_old_one(case):
    first = commands.record_order(case, facts(), actor=TEST)
    later = commands.vary_order(case, first, facts(ends_on=ENDS + 90 * DAY), actor=TEST)
    before, after = rows(case)
    assert (before.id, before.replaced_at, before.ends_on) == (first.id, MONDAY, ENDS)
    assert (after.id, after.replaces_id, after.stands) == (later.id, first.id, True)
    with pytest.raises(RuleBroken, match="changed or ended meanwhile"):
        commands.vary_order(case, first, facts(ends_on=None), actor=TEST)
    with pytest.raises(NotFound):
        queries.row_of(TEST, case, CaseOrder, first.id)


def test_a_variation_that_changes_nothing_is_none(case):
    first = commands.record_order(case, facts(), actor=TEST)
    assert commands.vary_order(case, first, facts(), actor=TEST).id == first.id
    assert len(rows(case)) == 1


def test_an_order_ends_with_a_day_and_a_reason(case):
    order = commands.record_order(case, facts(), actor=TEST)
    for on, reason, words in (
        (TODAY + DAY, "Lifted", "not ended yet"),
        (TODAY - DAY, "Lifted", "before it began"),
        (TODAY, " ", "why it ended"),
    ):
        with pytest.raises(RuleBroken, match=words):
            commands.end_order(case, order, on=on, reason=reason, actor=TEST)
    commands.end_order(case, order, on=TODAY, reason="Lifted by the court", actor=TEST)
    (row,) = rows(case)
    assert (row.stands, row.ended_on, row.ended_because) == (False, TODAY, "Lifted by the court")
    part = queries.wishes_part(TEST, case)
    assert (list(part.orders), [one.id for one in part.past_orders]) == ([], [row.id])


def test_an_order_of_another_case_is_not_there(case, manager):
    order = commands.record_order(case, facts(), actor=TEST)
    other = a_case(manager=manager)
    with pytest.raises(NotFound):
        commands.end_order(other, order, on=TODAY, reason="Lifted", actor=TEST)
    with pytest.raises(NotFound):
        queries.row_of(TEST, other, CaseOrder, order.id)


def test_before_it_ends_somebody_is_warned_two_weeks_and_three_days_ahead_once_each(case):
    commands.record_order(case, facts(), actor=TEST)
    days = [ENDS - 15 * DAY, ENDS - 14 * DAY, ENDS - 13 * DAY, ENDS - 3 * DAY, ENDS - DAY, ENDS]
    assert [at(day) for day in days for _ in range(2)] == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert alarms(case) == [(SOON, ENDS, False), (NEAR, ENDS, False)]


def test_a_scheduler_that_slept_warns_of_what_has_ended_meanwhile(case):
    commands.record_order(case, facts(), actor=TEST)
    assert [at(ENDS + 5 * DAY), at(ENDS + 6 * DAY)] == [1, 0]
    assert alarms(case) == [(NEAR, ENDS, False)]


def test_an_order_that_was_over_when_it_was_written_down_warns_nobody(case):
    commands.record_order(case, facts(starts_on=TODAY - 90 * DAY, ends_on=TODAY - DAY), actor=TEST)
    assert at(TODAY) == 0


def test_one_that_ends_in_two_days_is_warned_of_once_and_not_twice(case):
    commands.record_order(case, facts(ends_on=TODAY + 2 * DAY), actor=TEST)
    assert (at(TODAY), alarms(case)) == (1, [(NEAR, TODAY + 2 * DAY, False)])


def test_one_without_an_end_warns_nobody(case):
    commands.record_order(case, facts(ends_on=None), actor=TEST)
    assert at(TODAY + 900 * DAY) == 0


def test_a_renewed_order_takes_the_warning_off_and_is_warned_of_in_its_turn(case):
    order = commands.record_order(case, facts(), actor=TEST)
    assert at(ENDS - 10 * DAY) == 1
    with clock.fixed(MONDAY + 60 * DAY):
        commands.vary_order(case, order, facts(ends_on=ENDS + 90 * DAY), actor=TEST)
    assert alarms(case) == [(SOON, ENDS, True)]
    assert [at(ENDS), at(ENDS + 80 * DAY)] == [0, 1]


def test_an_order_that_ended_takes_its_own_warnings_off_and_no_others(case):
    first = commands.record_order(case, facts(), actor=TEST)
    numbers = [
        commands.record_order(case, facts(conditions=f"Number {n}"), actor=TEST).id
        for n in range(10)
    ]
    assert at(ENDS - 10 * DAY) == len(numbers) + 1
    commands.end_order(case, first, on=TODAY, reason="Lifted", actor=TEST)
    assert [done for _, _, done in alarms(case)] == [True, *[False] * len(numbers)]
    assert at(ENDS - 10 * DAY) == 0


def test_a_closed_case_is_warned_of_nothing(case):
    commands.record_order(case, facts(), actor=TEST)
    commands.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=TEST
    )
    commands.close_case(case, note="Done", version=case.version, actor=TEST)
    assert at(ENDS - 3 * DAY) == 0


def test_the_days_come_from_the_settings(case):
    commands.record_order(case, facts(), actor=TEST)
    with transaction() as session:
        session.add(Setting(name="orders.soon_days", text="30"))
    assert [at(ENDS - 31 * DAY), at(ENDS - 30 * DAY)] == [0, 1]
