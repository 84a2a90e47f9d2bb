"""Where a hearing stands by its text, what a text came to, and what is read out in a call."""

import re
from dataclasses import replace
from datetime import date, time

import pytest

from beacon.courts.rules import Told, end_of, script, standing_of, stops_a_call
from beacon.courts.terms import CallOutcome, NotTexted, Standing, TextEnd
from beacon.notify.messages import FORBIDDEN
from beacon.notify.terms import Reason, TextState

S = TextState
TOLD = Told(
    name="Robin Accused",
    court="St Albans Magistrates' Court",
    postcode="AL1 3LB",
    held_on=date(2026, 11, 24),
    starts_at=time(9, 30),
    is_today=False,
    on_bail=True,
)


@pytest.mark.parametrize(
    ("state", "reason", "stands"),
    [
        (None, "", None),
        (S.PLANNED, "", Standing.TO_BE_TEXTED),
        (S.CLAIMED, "", Standing.TO_BE_TEXTED),
        (S.HELD, "", Standing.WAITS),
        (S.UNKNOWN, "", Standing.WAITS),
        (S.NEEDS_A_PERSON, "", Standing.WAITS),
        (S.ACCEPTED, "", Standing.TEXTED),
        (S.QUEUED, "", Standing.TEXTED),
        (S.SENT, "", Standing.TEXTED),
        (S.DELIVERED, "", Standing.TEXTED),
        (S.UNDELIVERED, "", Standing.CALL_LIST),
        (S.FAILED, "", Standing.CALL_LIST),
        (S.REJECTED, Reason.REFUSED, Standing.CALL_LIST),
        (S.EXPIRED, Reason.WINDOW_PASSED, Standing.CALL_LIST),
        (S.CANCELLED, Reason.LEFT_BY_PERSON, Standing.CALL_LIST),
        (S.CANCELLED, NotTexted.NOT_LISTED, None),
        (S.SUPPRESSED, NotTexted.LANDLINE, Standing.CALL_LIST),
        (S.SUPPRESSED, NotTexted.INTERPRETER, Standing.CALL_LIST),
        (S.SUPPRESSED, Reason.BAD_NUMBER, Standing.CALL_LIST),
        (S.SUPPRESSED, NotTexted.CUSTODY, Standing.NOT_ELIGIBLE),
        (S.SUPPRESSED, NotTexted.VICTIM_NUMBER, Standing.NOT_ELIGIBLE),
        (S.SUPPRESSED, Reason.VICTIM_NUMBER, Standing.NOT_ELIGIBLE),
        (S.SUPPRESSED, Reason.WRONG_PERSON, Standing.NOT_ELIGIBLE),
        (S.SUPPRESSED, Reason.OPTED_OUT, Standing.CALL_LIST),
    ],
)
def test_each_state_of_a_text_puts_its_hearing_in_one_place(state, reason, stands):
    assert standing_of(state, str(reason)) is stands


@pytest.mark.parametrize("state", list(TextState))
def test_every_state_there_is_has_its_place(state):
    assert standing_of(state, "custody") is not None or state is S.CANCELLED


def test_whoever_opted_out_at_the_provider_is_rung_instead():
    assert standing_of(S.REJECTED, Reason.REFUSED) is Standing.CALL_LIST


def test_what_is_true_now_takes_somebody_off_the_call_list():
    stopped = {reason for reason in NotTexted if stops_a_call(reason)}
    assert stopped >= {NotTexted.CUSTODY, NotTexted.DO_NOT_TEXT, NotTexted.UNDER_18}
    assert not stopped & {NotTexted.LANDLINE, NotTexted.PAST}
    assert not stops_a_call(None)


@pytest.mark.parametrize(
    ("state", "reason", "end"),
    [
        (S.DELIVERED, "", TextEnd.DELIVERED),
        (S.FAILED, "", TextEnd.NOT_DELIVERED),
        (S.SENT, "", TextEnd.NO_RECEIPT),
        (S.SUPPRESSED, NotTexted.LANDLINE, TextEnd.NO_NUMBER),
        (S.SUPPRESSED, NotTexted.CUSTODY, TextEnd.OTHER),
        (S.UNKNOWN, "", TextEnd.OTHER),
        (None, "", TextEnd.OTHER),
    ],
)
def test_attendance_is_counted_by_what_the_text_came_to(state, reason, end):
    assert end_of(state, str(reason)) is end


def test_the_script_says_what_the_text_would_have_said():
    words = " ".join(script(TOLD))
    assert (
        "St Albans Magistrates' Court, AL1 3LB, tomorrow, Tuesday 24 November, at 9.30am" in words
    )
    assert "you could be arrested" in words
    assert "the case may go on without you" in " ".join(script(replace(TOLD, on_bail=False)))
    assert "today, Tuesday" in " ".join(script(replace(TOLD, is_today=True)))
    assert "at the time on your papers" in " ".join(script(replace(TOLD, starts_at=None)))


def test_the_script_says_nothing_that_a_text_may_not_say():
    words = " ".join(script(TOLD)).lower()
    assert [word for word in FORBIDDEN if re.search(rf"\b{re.escape(word)}\b", words)] == []


def test_nothing_of_court_is_said_before_the_right_person_is_on_the_line():
    assert "court" not in script(TOLD)[0]


def test_only_a_call_that_nobody_answered_is_tried_again():
    again = {outcome for outcome in CallOutcome if not outcome.is_done}
    assert again == {CallOutcome.NO_ANSWER, CallOutcome.NO_MESSAGE_LEFT}
