"""A duty told late says why; one may stand still; one beyond the calendar waits for its day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import bank_holidays, calendar, clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands, jobs, queries
from beacon.entitlements.models import Duty, DutyEvent
from beacon.entitlements.terms import Channel, DutyEventKind, DutyState, Milestone
from tests.factories import TEST, a_case

K = DutyEventKind
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LAST_YEAR = bank_holidays.years_held()[-1]


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def case() -> CaseFile:
    return a_case()


def arrest(case: CaseFile, at: datetime = MONDAY, *, enhanced: bool = False) -> Duty:
    return commands.open_duty(
        case_id=case.id, rule="R6_ARREST", about=f"milestone:{at:%j}", event_at=at,
        clock_started_at=at, enhanced=enhanced, actor=TEST,
    )  # fmt: skip


def tell(duty: Duty, at: datetime, **known: str) -> None:
    with clock.fixed(at):
        commands.mark_told(duty, at=at, channel=Channel.PHONE, actor=TEST, **known)


def history(duty: Duty) -> list[tuple[DutyEventKind, DutyState, date | None]]:
    db.session.rollback()
    rows = db.session.scalars(
        sa.select(DutyEvent).where(DutyEvent.duty_id == duty.id).order_by(DutyEvent.id)
    )
    return [(row.what, row.state, row.due_on) for row in rows]


def test_told_in_time_needs_no_reason(case: CaseFile):
    duty = arrest(case)
    tell(duty, on(date(2026, 11, 30)))
    assert (duty.state, duty.late_because) == (DutyState.MET, "")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "late_because"),
        ({"late_because": "Away."}, "recovery"),
        ({"late_because": " "}, "late_because"),
    ],
)
def test_told_late_needs_its_reason_and_what_is_done_about_it(
    case: CaseFile, given: dict[str, str], field: str
):
    duty = arrest(case)
    with pytest.raises(RuleBroken) as refusal:
        tell(duty, on(date(2026, 12, 1)), **given)
    db.session.rollback()
    assert refusal.value.field == field
    assert (duty.state, duty.told_at) == (DutyState.OPEN, None)
    tell(duty, on(date(2026, 12, 1)), late_because="Away.", recovery="Somebody stands in.")
    assert duty.state is DutyState.MET_LATE
    assert (duty.late_because, duty.recovery) == ("Away.", "Somebody stands in.")


def test_a_clock_that_stands_still_has_as_many_working_days_left_when_it_goes_on(case: CaseFile):
    duty = arrest(case)  # Monday 23rd, five working days: Monday 30th
    with clock.fixed(on(date(2026, 11, 25))):
        commands.pause(duty, reason="They are abroad until Christmas.", actor=TEST)
    assert (duty.state, duty.paused_on) == (DutyState.PAUSED, date(2026, 11, 25))
    assert not duty.is_late(date(2026, 12, 31))
    with clock.fixed(on(date(2026, 12, 24))):
        commands.resume(duty, actor=TEST)
    # Three were left on the 25th; 25 and 28 December are bank holidays.
    assert (duty.state, duty.due_on, duty.stood_still) == (DutyState.OPEN, date(2026, 12, 31), 21)
    assert history(duty) == [
        (K.OPENED, DutyState.OPEN, date(2026, 11, 30)),
        (K.PAUSED, DutyState.PAUSED, date(2026, 11, 30)),
        (K.RESUMED, DutyState.OPEN, date(2026, 12, 31)),
    ]


def test_paused_and_let_go_on_the_same_day_changes_nothing(case: CaseFile):
    duty = arrest(case)
    commands.pause(duty, reason="A mistake.", actor=TEST)
    commands.resume(duty, actor=TEST)
    assert (duty.due_on, duty.stood_still) == (date(2026, 11, 30), 0)


def test_over_two_pauses_and_another_category_every_day_counts_once(case: CaseFile):
    duty = arrest(case)
    pauses = (
        (date(2026, 11, 24), date(2026, 11, 26)),
        (date(2026, 12, 1), date(2026, 12, 3)),
    )
    for begin, end in pauses:
        with clock.fixed(on(begin)):
            commands.pause(duty, reason="They asked us to wait.", actor=TEST)
        with clock.fixed(on(end)):
            commands.resume(duty, actor=TEST)
    assert duty.due_on == date(2026, 12, 4)
    commands.change_category(case_id=case.id, enhanced=True, since=MONDAY, actor=TEST)
    db.session.refresh(duty)
    assert (duty.amount, duty.due_on) == (
        1,
        date(2026, 11, 30),
    )  # one day and four that stood still


def test_told_while_it_stands_still_is_told_in_time(case: CaseFile):
    duty = arrest(case)
    commands.pause(duty, reason="They are abroad.", actor=TEST)
    tell(duty, on(date(2027, 1, 20)))
    assert (duty.state, duty.paused_on) == (DutyState.MET, None)


def test_what_is_late_or_has_no_clock_is_not_paused(case: CaseFile):
    duty = arrest(case)
    with clock.fixed(on(date(2026, 12, 1))), pytest.raises(RuleBroken, match="late already"):
        commands.pause(duty, reason="Too late.", actor=TEST)
    waiting = commands.open_duty(
        case_id=case.id, rule="R8_HEARING", about="hearing:1", event_at=MONDAY,
        clock_started_at=None, enhanced=False, actor=TEST,
    )  # fmt: skip
    lenient = commands.open_duty(
        case_id=case.id, rule="R9_ULS", about="milestone:9", event_at=MONDAY,
        clock_started_at=MONDAY, enhanced=False, actor=TEST,
    )  # fmt: skip
    for one in (waiting, lenient):
        with pytest.raises(RuleBroken, match="no clock that can be stopped"):
            commands.pause(one, reason="Wait.", actor=TEST)
    with pytest.raises(RuleBroken, match="not paused"):
        commands.resume(duty, actor=TEST)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        commands.pause(duty, reason="  ", actor=TEST)


def gov_uk_list(tmp_path: Path, *years: int) -> Path:
    days = ("01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26")
    events = [{"title": "A day", "date": f"{year}-{day}"} for year in years for day in days]
    path = tmp_path / "bank-holidays.json"
    path.write_text(json.dumps({"england-and-wales": {"division": "x", "events": events}}))
    return path


def test_beyond_the_calendar_the_day_is_not_known_until_it_is_loaded(
    app: Flask, case: CaseFile, tmp_path: Path
):
    late = on(date(LAST_YEAR, 12, 29))
    with clock.fixed(late):
        duty = arrest(case, late)
        assert (duty.amount, duty.due_on, duty.is_beyond_calendar) == (5, None, True)
        assert jobs.find_days() == 0
        load = app.test_cli_runner().invoke(
            args=["entitlements", "holidays", "load", str(gov_uk_list(tmp_path, LAST_YEAR + 1))]
        )
        assert load.exit_code == 0, load.output
        assert f"to the end of {LAST_YEAR + 1}" in load.output
        db.session.rollback()
        assert (jobs.find_days(), jobs.find_days()) == (1, 0)
    db.session.refresh(duty)
    assert duty.due_on is not None
    assert duty.due_on.year == LAST_YEAR + 1
    assert [what for what, _, _ in history(duty)] == [K.OPENED, K.DAY_FOUND]


def test_where_the_calendar_ends_cases_are_still_opened_told_of_and_taken_up_again(
    app: Flask, tmp_path: Path
):
    late = on(date(LAST_YEAR, 12, 29))
    with clock.fixed(late):
        case = a_case()
        for kind in (Milestone.ARRESTED, Milestone.SENTENCED):
            cases.record_milestone(case.crime, kind=kind, at=late, actor=TEST)
        assert len(queries.duties_owed(a_case(crime=case.crime).id)) == 3
        owed = {duty.rule: duty for duty in queries.duties_owed(case.id)}
        assert {duty.due_on for duty in owed.values()} == {None}
        assert queries.expected_by(owed["R9_SENTENCE"]) is None
        words = ("entitlements", "holidays", "load", str(gov_uk_list(tmp_path, LAST_YEAR + 1)))
        assert app.test_cli_runner().invoke(args=words).exit_code == 0
        db.session.rollback()
        assert jobs.find_days() == 4
    for rule in ("FIRST_CONTACT", "R6_ARREST"):
        db.session.refresh(owed[rule])
        assert owed[rule].due_on is not None


def test_a_list_that_gov_uk_did_not_publish_is_refused(app: Flask, tmp_path: Path):
    path = tmp_path / "list.json"
    path.write_text('{"scotland": {}}')
    load = app.test_cli_runner().invoke(args=["entitlements", "holidays", "load", str(path)])
    assert (load.exit_code, "gov.uk" in load.stderr) == (2, True)


def test_a_day_proclaimed_here_counts_for_what_is_opened_after_it(case: CaseFile):
    before = arrest(case)
    calendar.change(date(2026, 11, 26), is_holiday=True, name="Proclaimed")
    after = arrest(case, MONDAY - timedelta(minutes=60 * 24 * 3))  # Friday 20th
    assert before.due_on == date(2026, 11, 30)
    assert after.due_on == date(2026, 11, 30)  # the 26th is no working day
    calendar.change(date(2026, 12, 25), is_holiday=False)
    assert not bank_holidays.is_bank_holiday(date(2026, 12, 25))


def test_a_day_that_is_no_holiday_cannot_be_taken_away(app: Flask):
    gone = app.test_cli_runner().invoke(args=["entitlements", "holidays", "remove", "2026-11-24"])
    assert (gone.exit_code, "nothing to take away" in gone.stderr) == (2, True)
