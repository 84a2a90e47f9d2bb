"""Reminders driven by the clock through the nights on which it changes, and through holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.settings import Setting
from beacon.courts import commands
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import Court
from beacon.courts.terms import Initiation, NotTexted, Remand
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from tests.factories import TEST
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, a_hearing

pytestmark = pytest.mark.long_on("postgresql")
S = TextState
QUARTER = timedelta(minutes=15)


def through(start: datetime, end: datetime, step: timedelta = QUARTER) -> Iterator[datetime]:
    """Every quarter of an hour from one moment to another."""
    while start < end:
        yield start
        start += step


def a_pass(at: datetime) -> None:
    """What the scheduler does when it wakes, into the paper tray."""
    with clock.fixed(at):
        plan_court_texts()
        notify.expire_overdue()
        notify.send_due()


def texts() -> list[OutboundText]:
    db.session.rollback()
    query = sa.select(OutboundText).order_by(OutboundText.on_day, OutboundText.id)
    return list(db.session.scalars(query))


def verified(at: datetime) -> None:
    with clock.fixed(at):
        commands.verify_county_courts(actor=TEST)


def listed(*days: date, at: datetime, **known: object) -> None:
    verified(at)
    with clock.fixed(at):
        for day in days:
            a_hearing(held_on=day, starts_at=time(10), **known)


@pytest.mark.proves("D-01")
def test_through_the_spring_change_each_text_leaves_at_five_in_london(app):
    start = datetime(2027, 3, 26, 8, tzinfo=UTC)
    listed(date(2027, 3, 28), date(2027, 3, 29), at=start)
    for at in through(start, datetime(2027, 3, 29, 12, tzinfo=UTC)):
        a_pass(at)
    sunday, monday = texts()
    assert sunday.claimed_at == datetime(2027, 3, 27, 17, tzinfo=UTC)
    assert monday.claimed_at == datetime(2027, 3, 28, 16, tzinfo=UTC)
    assert "TOMORROW Sun 28 Mar at 10am" in sunday.body
    assert "TOMORROW Mon 29 Mar at 10am" in monday.body
    assert [text.attempts for text in texts()] == [1, 1]


@pytest.mark.proves("D-02")
def test_through_the_autumn_change_each_text_leaves_once(app):
    start = datetime(2027, 10, 29, 8, tzinfo=UTC)
    listed(date(2027, 10, 31), date(2027, 11, 1), at=start)
    for at in through(start, datetime(2027, 11, 1, 12, tzinfo=UTC)):
        a_pass(at)
    sunday, monday = texts()
    assert sunday.claimed_at == datetime(2027, 10, 30, 16, tzinfo=UTC)
    assert monday.claimed_at == datetime(2027, 10, 31, 17, tzinfo=UTC)
    assert [text.attempts for text in texts()] == [1, 1]


@pytest.mark.proves("D-01")
def test_a_time_that_the_clocks_skip_holds_back_its_own_text_and_no_other(app):
    at = datetime(2027, 3, 27, 12, tzinfo=UTC)
    listed(date(2027, 3, 28), at=at)
    with clock.fixed(at):
        a_hearing(held_on=date(2027, 3, 28), starts_at=time(1, 30))
        assert plan_court_texts() == 1
    assert sorted(text.reason for text in texts()) == ["", NotTexted.NO_TIME]


def test_words_that_make_no_text_hold_back_their_own_and_no_other(app):
    with clock.fixed(MONDAY_MORNING):
        a_hearing()
        a_hearing(court="B41MJ00")
    with transaction() as session:
        session.execute(
            sa.update(Court).where(Court.code == "B41MJ00").values(name="Łódź Crime Court")
        )
    with clock.fixed(MONDAY_EVENING):
        assert plan_court_texts() == 1
    assert [text.reason for text in texts()] == ["", NotTexted.WORDS]


@pytest.mark.proves("D-04")
@pytest.mark.parametrize(
    ("at", "days"),
    [
        (datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC), {date(2026, 11, 23)}),
        (datetime(2026, 11, 23, 0, 0, 0, tzinfo=UTC), {date(2026, 11, 24)}),
    ],
)
def test_at_midnight_it_is_the_next_day_that_is_planned(app, at: datetime, days: set[date]):
    with clock.fixed(at):
        today = clock.today()
        for ahead in (1, 2):
            a_hearing(held_on=today + timedelta(days=ahead), starts_at=time(0, 5))
    # Late on Sunday evening Monday's texts are over; they are planned no more.
    a_pass(at)
    expected = days if at.hour == 0 else set()
    assert {text.on_day for text in texts()} == expected


@pytest.mark.proves("D-09")
def test_on_a_friday_those_of_monday_are_planned_and_leave_on_sunday(app):
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    listed(date(2026, 11, 30), at=friday)
    a_pass(friday)
    (text,) = texts()
    assert (text.state, text.send_after) == (S.PLANNED, datetime(2026, 11, 29, 17, tzinfo=UTC))
    assert "TOMORROW Mon 30 Nov" in text.body
    for at in through(friday, datetime(2026, 11, 29, 17, tzinfo=UTC), timedelta(hours=1)):
        a_pass(at)
    assert texts()[0].state is S.PLANNED
    a_pass(datetime(2026, 11, 29, 17, tzinfo=UTC))
    assert texts()[0].state is S.ACCEPTED


@pytest.mark.proves("D-09")
def test_where_it_is_set_they_leave_on_the_last_working_day_and_do_not_say_tomorrow(app):
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    listed(date(2026, 11, 28), date(2026, 11, 30), at=friday)
    with transaction() as session:
        session.add(Setting(name="texts.on_working_day", text="yes"))
    a_pass(datetime(2026, 11, 27, 16, 59, tzinfo=UTC))
    assert {text.state for text in texts()} == {S.PLANNED}
    a_pass(datetime(2026, 11, 27, 17, tzinfo=UTC))
    saturday, monday = texts()
    assert (saturday.state, monday.state) == (S.ACCEPTED, S.ACCEPTED)
    assert "TOMORROW Sat 28 Nov at 10am" in saturday.body
    assert "AL1 3LB, on Mon 30 Nov at 10am" in monday.body


@pytest.mark.proves("T-17")
@pytest.mark.parametrize("summer", [False, True])
@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(16, 59, S.PLANNED), (17, 0, S.ACCEPTED), (19, 59, S.ACCEPTED), (20, 0, S.EXPIRED)],
)
def test_a_reminder_leaves_from_five_to_eight_in_london(
    app, hour: int, minute: int, state: TextState, summer: bool
):
    eve = date(2027, 7, 14) if summer else date(2026, 11, 23)
    noon = clock.from_london(eve, time(12))
    listed(eve + timedelta(days=1), at=noon)
    with clock.fixed(noon):
        plan_court_texts()
    a_pass(clock.from_london(eve, time(hour, minute)))
    assert [text.state for text in texts()] == [state]


@pytest.mark.parametrize(
    ("remand", "initiation", "ending"),
    [
        (Remand.CONDITIONAL, Initiation.CHARGE, "If you miss it you could be arrested."),
        (Remand.UNCONDITIONAL, Initiation.CHARGE, "If you miss it you could be arrested."),
        (Remand.NOT_APPLICABLE, Initiation.CHARGE, "the case may go on without you."),
        (Remand.NOT_APPLICABLE, Initiation.REQUISITION, "the case may go on without you."),
        (Remand.NOT_APPLICABLE, Initiation.SUMMONS, "the case may go on without you."),
        (Remand.CONDITIONAL, Initiation.REQUISITION, "the case may go on without you."),
        (Remand.CONDITIONAL, Initiation.SUMMONS, "the case may go on without you."),
        (Remand.CONDITIONAL, None, "the case may go on without you."),
    ],
)
def test_what_happens_to_who_stays_away_is_true_of_how_they_were_brought_to_court(
    app, remand: Remand, initiation: Initiation | None, ending: str
):
    with clock.fixed(MONDAY_MORNING):
        a_hearing(remand=remand, initiation=initiation)
    a_pass(MONDAY_EVENING)
    (text,) = texts()
    assert text.state is S.ACCEPTED
    assert text.body.endswith(ending)


def test_one_person_at_two_courts_has_a_text_for_each(app):
    known = {"first_name": "Robin", "last_name": "Accused", "mobile": "07700 900601"}
    with clock.fixed(MONDAY_MORNING):
        a_hearing(**known)
        a_hearing(**known, court="C41ST00", starts_at=time(14))
    with clock.fixed(MONDAY_EVENING):
        assert plan_court_texts() == 2


def test_one_person_on_two_days_has_a_text_for_each(app):
    with clock.fixed(MONDAY_MORNING):
        first = a_hearing()
        a_hearing(defendant=first.defendant, held_on=date(2026, 11, 25))
    a_pass(MONDAY_EVENING)
    a_pass(MONDAY_EVENING + timedelta(days=1))
    assert [(text.on_day.day, text.state) for text in texts()] == [
        (24, S.ACCEPTED),
        (25, S.ACCEPTED),
    ]


def test_three_hearings_of_one_person_at_one_court_have_one_text_for_the_first_of_them(app):
    with clock.fixed(MONDAY_MORNING):
        one = a_hearing(starts_at=time(14))
        a_hearing(defendant=one.defendant, type_code="GAP", starts_at=time(11, 15))
        a_hearing(defendant=one.defendant, type_code="NGAP", starts_at=None)
    a_pass(MONDAY_EVENING)
    sent = [text for text in texts() if text.state is S.ACCEPTED]
    assert len(sent) == 1
    assert "at 11.15am" in sent[0].body
