"""The update clock, the steps of reviews and claims, their last days, and when to warn."""

from datetime import date, timedelta

import pytest

from beacon.cases import rules
from beacon.cases.rules import Alarm
from beacon.cases.terms import (
    ALARMS,
    FactKind,
    FactStep,
    OrderKind,
    TaskKind,
    UpdateEvery,
    about_order,
)
from beacon.core.bank_holidays import CalendarEnds, Overrides, is_bank_holiday

is_bank_holiday(date(2024, 1, 1))  # the calendar is read once, not within a test's time

E = UpdateEvery
# wish, last update, next: domain.md RULE 1.9
UPDATES = [
    (E.WEEK, "2026-11-23", "2026-11-30"),
    (E.TWO_WEEKS, "2026-11-23", "2026-12-07"),
    (E.FOUR_WEEKS, "2026-11-23", "2026-12-21"),
    (E.MONTH, "2026-11-23", "2026-12-23"),
    # A Saturday and a Sunday: the Friday before.
    (E.WEEK, "2026-11-21", "2026-11-27"),
    (E.WEEK, "2026-11-22", "2026-11-27"),
    # Christmas Day 2026 is a Friday; Monday the 28th is a bank holiday.
    (E.WEEK, "2026-12-18", "2026-12-24"),
    (E.WEEK, "2026-12-21", "2026-12-24"),
    # Good Friday and Easter Monday 2026.
    (E.WEEK, "2026-03-27", "2026-04-02"),
    (E.TWO_WEEKS, "2026-03-23", "2026-04-02"),
    # The last day of a month that has no such day, then the working day before.
    (E.MONTH, "2026-01-31", "2026-02-27"),
    (E.MONTH, "2024-01-31", "2024-02-29"),
    (E.MONTH, "2026-12-31", "2027-01-29"),
    (E.MONTH, "2025-12-01", "2025-12-31"),
]


@pytest.mark.parametrize(("every", "last", "due"), UPDATES)
def test_the_next_update_is_due_on_its_day_or_the_working_day_before(every, last, due):
    assert rules.next_update(every, date.fromisoformat(last)) == date.fromisoformat(due)


@pytest.mark.parametrize("every", [E.KEY_EVENTS, E.NO_CONTACT])
def test_key_events_and_no_contact_have_no_clock(every):
    assert rules.next_update(every, date(2026, 11, 23)) is None
    assert rules.falls_on(every, date(2026, 11, 23)) is None


def test_an_update_beyond_the_calendar_is_not_guessed():
    with pytest.raises(CalendarEnds):
        rules.next_update(E.WEEK, date(2040, 1, 2))
    assert rules.falls_on(E.WEEK, date(2040, 1, 2)) == date(2040, 1, 9)


def test_a_proclaimed_holiday_moves_an_update_forward():
    proclaimed = Overrides(added=frozenset({date(2026, 11, 30)}))
    assert rules.next_update(E.WEEK, date(2026, 11, 23), proclaimed) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-01-15", 24, "2028-01-15"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-09-30", 3, "2026-12-30"),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, months, later):
    assert rules.months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


OFFENCE = date(2026, 10, 1)


def window(kind, began, *, offence_on=OFFENCE, born_on=date(1980, 5, 1)):
    return rules.window_of(kind, began, offence_on=offence_on, born_on=born_on)


def test_a_police_decision_may_be_reviewed_for_three_months():
    found = window(FactKind.REVIEW_POLICE, date(2026, 11, 23))
    assert (found.last_on, found.ideally_by) == (date(2027, 2, 23), None)
    assert "if the force agrees" in found.note


def test_a_cps_decision_is_best_reviewed_in_ten_working_days():
    found = window(FactKind.REVIEW_CPS, date(2026, 12, 21))
    assert (found.last_on, found.ideally_by) == (date(2027, 3, 21), date(2027, 1, 7))


def test_beyond_the_calendar_a_window_still_has_its_last_day():
    found = window(FactKind.REVIEW_CPS, date(2040, 1, 2))
    assert (found.last_on, found.ideally_by) == (date(2040, 4, 2), None)


def test_an_unduly_lenient_sentence_may_be_named_for_28_calendar_days():
    assert window(FactKind.LENIENT, date(2026, 11, 27)).last_on == date(2026, 12, 25)
    assert window(FactKind.LENIENT, None).last_on is None


@pytest.mark.parametrize(
    ("offence_on", "born_on", "last_on", "words"),
    [
        ("2026-10-01", "1980-05-01", "2028-10-01", ""),
        ("2024-02-29", "1980-05-01", "2026-02-28", ""),
        ("2026-10-01", "2008-10-02", None, "under 18"),
        ("2026-10-01", "2008-10-01", "2028-10-01", ""),
        ("2026-10-01", None, "2028-10-01", ""),
        (None, "1980-05-01", None, "not known"),
    ],
)
def test_criminal_injuries_are_claimed_in_two_years_but_by_whoever_was_a_child(
    offence_on, born_on, last_on, words
):
    found = window(
        FactKind.INJURIES,
        None,
        offence_on=offence_on and date.fromisoformat(offence_on),
        born_on=born_on and date.fromisoformat(born_on),
    )
    assert found.last_on == (last_on and date.fromisoformat(last_on))
    assert words in found.note
    assert bool(found.note) is (last_on is None)


@pytest.mark.parametrize(
    "kind", [kind for kind in FactKind if rules.SHAPES[kind].closed_by is None]
)
def test_what_has_no_window_has_no_last_day(kind):
    assert window(kind, date(2026, 11, 23)) == rules.Window()


def test_each_step_stands_once_and_each_window_closes_with_one_of_them():
    for kind, shape in rules.SHAPES.items():
        names = [one.step for one in shape.steps]
        assert len(names) == len(set(names)), kind
        assert shape.closed_by is None or shape.closed_by in names, kind
    assert set(rules.SHAPES) == set(FactKind)


def test_a_step_cannot_be_before_the_one_before_nor_after_the_one_after():
    dated = {FactStep.OFFERED: date(2026, 11, 2), FactStep.TAKEN: date(2026, 11, 20)}
    said = {
        day: rules.order_broken(FactKind.STATEMENT, dated, FactStep.ANSWERED, date(2026, 11, day))
        for day in (1, 2, 20, 21)
    }
    assert said[1] == "That is before “Statement offered” on 2 November 2026. Check the date."
    assert said[21] == "That is after “Statement taken” on 20 November 2026. Check the date."
    assert (said[2], said[20]) == ("", "")


def test_a_step_is_held_against_the_others_and_not_against_itself():
    dated = {FactStep.OFFERED: date(2026, 11, 2)}
    assert rules.order_broken(FactKind.STATEMENT, dated, FactStep.OFFERED, date(2026, 11, 1)) == ""


def test_a_step_of_another_kind_is_none():
    assert rules.step_of(FactKind.EXPENSES, FactStep.READ) is None


@pytest.mark.parametrize(
    ("days", "alarm"),
    [(15, None), (14, Alarm.SOON), (4, Alarm.SOON), (3, Alarm.NEAR), (0, Alarm.NEAR)],
)
def test_the_warning_is_in_good_time_and_then_near(days, alarm):
    today = date(2026, 11, 23)
    last_on = today + timedelta(days=days)
    assert rules.alarm_for(last_on, today, soon_days=14, near_days=3) is alarm


def test_a_warning_that_was_slept_through_is_still_due():
    day = date(2026, 11, 23)
    assert rules.alarm_for(day, day + timedelta(days=9), soon_days=14, near_days=3) is Alarm.NEAR


def test_a_task_names_the_order_or_the_window_that_it_is_about():
    soon, near = ALARMS["order"]
    about = about_order(OrderKind.RESTRAINING, 12)
    assert soon.words(about) == "Restraining order: ends soon, ask whether it will be renewed"
    assert near.words(about).startswith("Restraining order: about to end")
    assert ALARMS["window"][0].words("window:lenient:3:2026-12-25") == (
        "Unduly lenient sentence: ask whether they want to, while there is time"
    )


def test_a_task_about_nothing_known_says_what_its_kind_says():
    assert TaskKind.ORDER_ENDS_SOON.words("order:made-up:1") == TaskKind.ORDER_ENDS_SOON.label
    assert TaskKind.UPDATE_DUE.words("update:2026-12-07") == TaskKind.UPDATE_DUE.label
    assert TaskKind.OTHER.words("Ring the officer") == "Ring the officer"
    assert TaskKind.OTHER.words("") == "Something else"


def test_a_step_is_said_with_what_it_is_a_step_of_unless_it_says_so_itself():
    said = {rules.in_words(kind, shape) for kind in FactKind for shape in rules.steps_of(kind)}
    assert {"Complaint received", "Expenses: full reply given"} & said == {"Complaint received"}
    assert "Right to Review of a CPS decision: told of the decision" in said
    assert "Victim Personal Statement: statement read" in said
