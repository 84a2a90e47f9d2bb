"""Which way may be recorded as tried, when they are tried again, and which decision may be made."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from beacon.cases.terms import ContactOutcome
from beacon.core.working_days import is_working_day
from beacon.entitlements.terms import Channel
from beacon.fraud_hub import rules
from beacon.fraud_hub.rules import Tried
from beacon.fraud_hub.terms import Asked, Decision, Source

SPOKE, NO_ANSWER = ContactOutcome.SPOKE, ContactOutcome.NO_ANSWER
MESSAGE, SENT, NOT_SAFE = ContactOutcome.MESSAGE_LEFT, ContactOutcome.SENT, ContactOutcome.NOT_SAFE
NOON = datetime(2025, 11, 1, 12, tzinfo=UTC)
CLOSED = "no call is recorded as safe."
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


def why_not(channel=Channel.PHONE, outcome=SPOKE, **known):
    usual = {"caution": "", "refused": False, "voicemail_ok": False, "asked": None}
    return rules.why_not_tried(channel, outcome, **usual | known)


@pytest.mark.parametrize(
    ("at", "source"),
    [
        (datetime(2025, 12, 3, 23, 59, 59, tzinfo=UTC), Source.ACTION_FRAUD),
        (datetime(2025, 12, 4, 0, 0, tzinfo=UTC), Source.REPORT_FRAUD),
        (datetime(2019, 6, 30, 23, 30, tzinfo=UTC), Source.ACTION_FRAUD),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), Source.REPORT_FRAUD),
    ],
)
def test_the_fraud_list_is_named_by_its_london_day(at, source):
    assert rules.source_of("fraud", "Report Fraud", at) is source


@pytest.mark.parametrize(
    ("feed", "agency", "source"),
    [
        ("police", "police", Source.POLICE),
        ("self", "", Source.SELF),
        ("phone", "", Source.SELF),
        ("partner", "Hertfordshire Trading Standards", Source.TRADING_STANDARDS),
        ("partner", "Sample Bank", Source.BANK),
        ("partner", "Example Building Society", Source.BANK),
        ("partner", "Adult Social Care", Source.SOCIAL_CARE),
        ("partner", "A charity", Source.OTHER),
        ("", "", Source.OTHER),
    ],
)
def test_other_sources_go_by_who_sent_them(feed, agency, source):
    assert rules.source_of(feed, agency, NOON) is source


def test_what_a_person_said_of_the_source_goes_before_the_feed():
    assert rules.source_of("fraud", "", NOON, Source.BANK) is Source.BANK


def test_a_safe_call_is_recorded_without_a_question():
    assert why_not() == ""


@pytest.mark.parametrize("asked", [Asked.NOT_SAFE, Asked.NOBODY, None])
def test_who_was_not_asked_was_not_spoken_with(asked):
    assert why_not(caution=CLOSED, asked=asked) != ""


def test_a_call_is_recorded_once_they_said_that_it_is_safe():
    assert why_not(caution=CLOSED, asked=Asked.SAFE) == ""


def test_a_call_that_nobody_answered_is_recorded_where_nobody_asked_yet():
    assert why_not(outcome=NO_ANSWER, caution=CLOSED, asked=Asked.NOBODY) == ""
    assert why_not(outcome=NO_ANSWER, caution=CLOSED, asked=Asked.SAFE) != ""


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.TEXT, Channel.EMAIL])
@pytest.mark.parametrize("asked", [None, *Asked])
def test_a_written_way_that_is_not_agreed_is_refused_whatever_was_asked(channel, asked):
    assert "This way is closed" in why_not(channel, SENT, caution="not agreed.", asked=asked)


@pytest.mark.parametrize("channel", list(Channel))
def test_who_said_that_contact_is_not_safe_is_reached_by_no_way(channel):
    why = why_not(channel, caution="they said no.", refused=True, asked=Asked.SAFE)
    assert "They said that contact is not safe" in why


@pytest.mark.parametrize("channel", list(Channel))
def test_that_it_was_not_safe_may_always_be_recorded(channel):
    assert why_not(channel, NOT_SAFE, caution="they said no.", refused=True) == ""


def test_a_message_is_left_only_where_messages_are_safe():
    assert "Leave none" in why_not(outcome=MESSAGE)
    assert why_not(outcome=MESSAGE, voicemail_ok=True) == ""


@given(some.dates(date(2026, 1, 1), date(2027, 12, 1)), some.booleans())
def test_the_next_try_is_soon_and_a_same_day_call_not_later_than_tomorrow(day, same_day):
    again = rules.next_try_on(day, same_day=same_day, today=day)
    assert day < again <= day + timedelta(days=6)
    assert again == day + timedelta(days=1) if same_day else is_working_day(again)


def test_a_next_try_has_still_to_come_and_a_same_day_one_does_not_wait():
    assert rules.why_not_then(FRIDAY, same_day=True, today=FRIDAY) == ""
    assert rules.why_not_then(MONDAY, same_day=True, today=FRIDAY) == ""
    later = MONDAY + timedelta(days=1)
    assert "same day" in rules.why_not_then(later, same_day=True, today=FRIDAY)
    assert rules.why_not_then(later, same_day=False, today=FRIDAY) == ""
    assert "passed" in rules.why_not_then(FRIDAY, same_day=False, today=MONDAY)
    far = FRIDAY + timedelta(days=93)
    assert "three months" in rules.why_not_then(far, same_day=False, today=FRIDAY)


@given(some.sampled_from(Decision), some.booleans(), some.booleans())
def test_nothing_is_decided_without_an_attempt(decision, triaged, letter):
    nobody = Tried(triaged=triaged, letter_is_safe=letter)
    assert "Nobody has tried" in rules.why_not_decided(decision, nobody, at_most=0)


@pytest.mark.parametrize(
    ("decision", "tried", "may"),
    [
        (Decision.PLAN, Tried(tries=1, spoken=True, triaged=True), True),
        (Decision.PLAN, Tried(tries=1, spoken=True), False),
        (Decision.PLAN, Tried(tries=9, unanswered=9, triaged=True), False),
        (Decision.ADVICE_ONLY, Tried(tries=1, spoken=True, triaged=True), True),
        (Decision.ADVICE_ONLY, Tried(tries=1, spoken=True), False),
        (Decision.DECLINED, Tried(tries=1, spoken=True), True),
        (Decision.DECLINED, Tried(tries=3, unanswered=3), False),
        (Decision.UNREACHABLE, Tried(tries=2, unanswered=2), False),
        (Decision.UNREACHABLE, Tried(tries=3, unanswered=3), True),
        (Decision.UNREACHABLE, Tried(tries=3, unanswered=3, letter_is_safe=True), False),
        (
            Decision.UNREACHABLE,
            Tried(tries=4, unanswered=4, letter_is_safe=True, written=True),
            True,
        ),
        (Decision.UNREACHABLE, Tried(tries=4, unanswered=3, spoken=True), False),
        (Decision.NOT_A_FRAUD, Tried(tries=1, unanswered=1), True),
        (Decision.HANDED_ON, Tried(tries=1, unanswered=1), True),
    ],
)
def test_each_decision_asks_for_what_it_rests_on(decision, tried, may):
    assert (rules.why_not_decided(decision, tried, at_most=3) == "") is may
