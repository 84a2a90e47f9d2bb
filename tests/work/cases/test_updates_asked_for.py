"""How often a victim wants to hear from us: kept, counted, asked for once, settled by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.commands import Wish
from beacon.cases.jobs import raise_alarms
from beacon.cases.models import CaseFile, CaseTask, UpdateWish
from beacon.cases.terms import ContactOutcome, TaskKind, UpdateEvery
from beacon.core import calendar, clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.timetable import entries
from beacon.core.working_days import working_day_before
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, Milestone
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = MONDAY.date()
DAY = timedelta(days=1)


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


def wish(
    case: CaseFile,
    every: UpdateEvery = UpdateEvery.TWO_WEEKS,
    channel: Channel | None = Channel.PHONE,
    *,
    asked_on: date = TODAY,
    words: str = "",
    actor: Actor = TEST,
) -> UpdateWish:
    said = Wish(every=every, channel=channel, asked_on=asked_on, words=words)
    return commands.record_wish(case, said, actor=actor)


def talk(case: CaseFile, at: datetime, outcome: ContactOutcome = ContactOutcome.SPOKE) -> None:
    commands.log_contact(case, channel=Channel.PHONE, outcome=outcome, notes="", at=at, actor=TEST)


def close(case: CaseFile) -> None:
    talk(case, MONDAY)
    commands.close_case(case, note="Done", version=case.version, actor=TEST)


def due_on(case: CaseFile) -> date | None:
    db.session.rollback()
    found = queries.standing_wish(case.id)
    assert found is not None
    assert found.due_on == queries.update_clock(found).due_on
    return found.due_on


def tasks(case: CaseFile) -> list[tuple[date, bool]]:
    db.session.rollback()
    query = sa.select(CaseTask).where(
        CaseTask.case_id == case.id, CaseTask.kind == TaskKind.UPDATE_DUE
    )
    rows = db.session.scalars(query.order_by(CaseTask.id))
    return [(row.due_on, row.done_at is not None) for row in rows]


def at(moment: datetime) -> int:
    with clock.fixed(moment):
        return raise_alarms()


def rows_for(case: CaseFile, by: date = TODAY + 30 * DAY) -> list[date]:
    manager = db.session.get_one(Staff, case.manager_id)
    due = queries.updates_due(an_actor(manager), by, manager_id=manager.id)
    return [row.due_on for row in due if row.case_id == case.id]


def test_a_wish_is_counted_from_the_day_it_was_asked_until_they_are_reached(case):
    wish(case, asked_on=TODAY - 3 * DAY)
    assert due_on(case) == date(2026, 12, 4)


@pytest.mark.parametrize("outcome", list(ContactOutcome))
def test_only_a_contact_in_which_they_were_reached_is_an_update(case, outcome):
    wish(case, asked_on=TODAY - 5 * DAY)
    before = due_on(case)
    talk(case, MONDAY, outcome)
    after = due_on(case)
    assert (after == date(2026, 12, 7)) is outcome.reached_them
    assert (after == before) is not outcome.reached_them


def test_a_contact_written_down_late_does_not_set_the_clock_back(case):
    wish(case)
    talk(case, MONDAY)
    talk(case, MONDAY - 4 * DAY)
    assert due_on(case) == date(2026, 12, 7)


def test_a_duty_that_is_told_is_an_update_and_one_that_others_kept_is_none(case):
    wish(case, asked_on=TODAY - 5 * DAY)
    commands.record_milestone(case.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    assert due_on(case) == date(2026, 12, 2)
    (duty,) = db.session.scalars(
        sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R6_ARREST")
    )
    commands.tell_victim(case, duty, at=MONDAY, channel=Channel.PHONE, actor=TEST)
    assert due_on(case) == date(2026, 12, 7)


def test_the_day_is_that_of_london(case):
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight of 1 July in London
    with clock.fixed(datetime(2026, 7, 1, 9, tzinfo=UTC)):
        wish(case, UpdateEvery.WEEK, asked_on=date(2026, 6, 1))
        talk(case, late)
        assert due_on(case) == date(2026, 7, 8)


def test_a_change_is_a_new_row_and_what_stood_before_is_kept(case, manager):
    first = wish(case, words="After six", actor=an_actor(manager))
    with clock.fixed(MONDAY + DAY):
        second = wish(case, UpdateEvery.MONTH, Channel.EMAIL, actor=an_actor(manager))
    db.session.rollback()
    rows = db.session.scalars(sa.select(UpdateWish).order_by(UpdateWish.id)).all()
    assert [(row.id, row.replaced_at) for row in rows] == [
        (first.id, MONDAY + DAY),
        (second.id, None),
    ]
    assert (rows[0].words, rows[0].by_name, rows[0].by_id) == (
        "After six",
        "Priya Shah",
        manager.id,
    )


def test_the_same_wish_sent_twice_is_one(case):
    assert wish(case).id == wish(case).id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(UpdateWish)) == 1


def test_the_wish_is_sealed_and_stands_in_the_log_and_the_history(case):
    made = wish(case, words="Only after six")
    stored = db.session.scalar(sa.select(UpdateWish.words_sealed))
    assert stored is not None
    assert b"after six" not in stored
    row = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "case.wish_recorded")
    ).one()
    assert (row.object_type, row.object_id) == ("update_wish", str(made.id))
    assert "after six" not in row.facts
    assert case.timeline[0].sentence.endswith(
        "recorded what updates they want: every 14 days, telephone."
    )


@pytest.mark.parametrize(
    ("every", "channel", "asked_on", "field"),
    [
        (UpdateEvery.WEEK, None, TODAY, "channel"),
        (UpdateEvery.KEY_EVENTS, None, TODAY, "channel"),
        (UpdateEvery.WEEK, Channel.PHONE, TODAY + DAY, "asked_on"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_what_to_do(case, every, channel, asked_on, field):
    with pytest.raises(RuleBroken) as refused:
        wish(case, every, channel, asked_on=asked_on)
    assert refused.value.field == field
    assert queries.standing_wish(case.id) is None


def test_no_contact_keeps_no_way_and_no_clock(case):
    made = wish(case, UpdateEvery.NO_CONTACT, Channel.PHONE)
    assert (made.channel, made.due_on, made.sentence) == (None, None, "no contact")
    assert rows_for(case) == []
    assert at(MONDAY + 300 * DAY) == 0


def test_key_events_only_has_no_clock(case):
    assert wish(case, UpdateEvery.KEY_EVENTS).due_on is None
    assert (rows_for(case), at(MONDAY + 300 * DAY)) == ([], 0)


def test_an_update_due_on_a_day_proclaimed_here_is_due_on_the_working_day_before(case):
    calendar.change(TODAY + 14 * DAY, is_holiday=True, name="Proclaimed")
    assert wish(case).due_on == working_day_before(TODAY + 14 * DAY) != TODAY + 14 * DAY


def test_beyond_the_calendar_the_day_is_not_known_and_nobody_is_asked(case):
    with clock.fixed(datetime(2040, 1, 3, 9, tzinfo=UTC)):
        made = wish(case, asked_on=date(2040, 1, 2))
        assert made.due_on is None
        known = queries.update_clock(made)
        assert (known.due_on, known.unknown_year) == (None, 2040)
        assert raise_alarms() == 0


def test_a_closed_case_and_somebody_elses_are_refused(case):
    stranger = a_member_of_staff(team="South")
    with pytest.raises(NotFound):
        wish(case, actor=an_actor(stranger))
    close(case)
    with pytest.raises(RuleBroken, match="closed"):
        wish(case)


def test_the_list_holds_what_is_late_and_what_comes_within_the_days_asked_for(case):
    wish(case)
    assert rows_for(case, date(2026, 12, 6)) == []
    assert rows_for(case, date(2026, 12, 7)) == [date(2026, 12, 7)]
    with clock.fixed(MONDAY + 60 * DAY):
        assert rows_for(case, clock.today()) == [date(2026, 12, 7)]


def test_the_list_holds_the_cases_of_the_viewer_alone(case):
    wish(case)
    other = a_case(manager=a_member_of_staff(team="South"))
    wish(other)
    rows = queries.updates_due(
        an_actor(db.session.get_one(Staff, case.manager_id)), TODAY + 30 * DAY
    )
    assert [row.reference for row in rows] == [case.reference]


def test_the_job_asks_on_the_day_once_and_not_before(case):
    wish(case)
    morning = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
    assert [at(morning - DAY), at(morning), at(morning), at(morning + 3 * DAY)] == [0, 1, 0, 0]
    assert tasks(case) == [(date(2026, 12, 7), False)]


def test_a_job_that_slept_asks_late_and_for_the_day_that_it_was_due(case):
    wish(case)
    assert at(datetime(2026, 12, 20, 8, tzinfo=UTC)) == 1
    assert tasks(case) == [(date(2026, 12, 7), False)]


def test_the_update_given_takes_the_task_off_and_the_next_is_asked_for_in_its_turn(case):
    wish(case)
    seventh = datetime(2026, 12, 7, 8, tzinfo=UTC)
    assert at(seventh) == 1
    with clock.fixed(seventh + DAY):
        talk(case, seventh)
    assert tasks(case) == [(date(2026, 12, 7), True)]
    assert [at(seventh + DAY), at(datetime(2026, 12, 21, 8, tzinfo=UTC))] == [0, 1]
    assert tasks(case) == [(date(2026, 12, 7), True), (date(2026, 12, 21), False)]


def test_a_wish_that_is_changed_takes_the_old_task_off(case):
    wish(case)
    seventh = datetime(2026, 12, 7, 8, tzinfo=UTC)
    at(seventh)
    with clock.fixed(seventh):
        wish(case, UpdateEvery.KEY_EVENTS, asked_on=seventh.date())
    assert tasks(case) == [(date(2026, 12, 7), True)]
    assert at(seventh + 30 * DAY) == 0


def test_what_is_kept_on_the_row_may_be_old_and_the_contacts_are_asked(case, app):
    wish(case)
    seventh = datetime(2026, 12, 7, 8, tzinfo=UTC)
    with clock.fixed(seventh - DAY):
        talk(case, seventh - DAY)
    db.session.rollback()
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(sa.update(UpdateWish).values(due_on=date(2026, 12, 7)))
    with clock.fixed(seventh):
        assert rows_for(case, seventh.date()) == []
        assert raise_alarms() == 0
    assert due_on(case) == date(2026, 12, 18)


def test_a_closed_case_is_asked_for_nothing(case):
    wish(case)
    close(case)
    assert (at(MONDAY + 30 * DAY), rows_for(case)) == (0, [])


def test_the_job_stands_in_the_timetable_in_working_hours(app):
    (entry,) = [one for one in entries() if one.name == "raise-alarms"]
    assert not entry.is_open(datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    assert entry.is_open(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert not entry.is_open(datetime(2026, 11, 23, 18, 0, tzinfo=UTC))
