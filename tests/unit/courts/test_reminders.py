"""Who gets a court reminder, when it may leave, and what it says (domain.md 5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from beacon.courts.messages import Bailed, Requisitioned
from beacon.courts.rules import (
    CourtFacts,
    ReminderFacts,
    ReminderTimes,
    TypeFacts,
    bail_wording,
    eligible,
    spoken_day,
    spoken_time,
    window,
)
from beacon.courts.terms import HEARING_TYPES, Initiation, NotTexted, Remand
from beacon.notify.segments import measure

AT = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
COURT = CourtFacts(in_county=True, closed=False, verified_on=date(2026, 11, 22), postcode="AL1 3LB")
SOMEBODY = ReminderFacts(
    held_on=TUESDAY,
    starts_at=time(9, 30),
    is_live=True,
    kind=TypeFacts(text_reminder=True, defendant_attends=True),
    remand=Remand.CONDITIONAL,
    date_of_birth=date(1990, 1, 2),
    mobile="07700 900501",
    do_not_text=False,
    text_bar=None,
    interpreter_language="",
    court=COURT,
)
TIMES = ReminderTimes(
    window_from=time(9), plan_from=time(17), window_to=time(20), morning_from=time(7, 30)
)


def why(at: datetime = AT, **known: object) -> NotTexted | None:
    return eligible(replace(SOMEBODY, **known), at=at, verified_for=365)


def test_an_adult_on_bail_with_a_mobile_is_texted():
    assert why() is None


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"is_live": False}, NotTexted.NOT_LISTED),
        ({"is_clear": False}, NotTexted.UNCLEAR),
        ({"held_on": date(2026, 11, 22)}, NotTexted.PAST),
        ({"held_on": date(2026, 11, 23), "starts_at": time(17, 5)}, NotTexted.PAST),
        ({"kind": None}, NotTexted.TYPE_UNKNOWN),
        ({"kind": TypeFacts(text_reminder=False, defendant_attends=True)}, NotTexted.TYPE),
        ({"kind": TypeFacts(text_reminder=True, defendant_attends=False)}, NotTexted.TYPE),
        ({"remand": Remand.CUSTODY}, NotTexted.CUSTODY),
        ({"remand": None}, NotTexted.REMAND_UNKNOWN),
        ({"date_of_birth": None}, NotTexted.AGE_UNKNOWN),
        ({"date_of_birth": date(2008, 11, 25)}, NotTexted.UNDER_18),
        ({"date_of_birth": date(2008, 11, 24)}, None),
        ({"do_not_text": True}, NotTexted.DO_NOT_TEXT),
        ({"court": replace(COURT, closed=True)}, NotTexted.COURT_CLOSED),
        ({"court": replace(COURT, in_county=False)}, NotTexted.COURT_OUTSIDE),
        ({"court": replace(COURT, verified_on=None)}, NotTexted.COURT_UNVERIFIED),
        ({"court": replace(COURT, postcode="")}, NotTexted.COURT_UNVERIFIED),
        ({"court": replace(COURT, verified_on=date(2025, 11, 22))}, NotTexted.COURT_UNVERIFIED),
        ({"court": replace(COURT, verified_on=date(2025, 11, 23))}, None),
        ({"starts_at": None}, NotTexted.NO_TIME),
        ({"mobile": ""}, NotTexted.NO_NUMBER),
        ({"mobile": "ask mum"}, NotTexted.NOT_A_NUMBER),
        ({"mobile": "01727 000000"}, NotTexted.LANDLINE),
        ({"mobile": "070 1234 5678"}, NotTexted.NOT_A_UK_MOBILE),
        ({"mobile": "+33 6 12 34 56 78"}, NotTexted.NOT_A_UK_MOBILE),
        ({"interpreter_language": "Polish"}, NotTexted.INTERPRETER),
        ({"remand": Remand.UNCONDITIONAL}, None),
        ({"remand": Remand.NOT_APPLICABLE}, None),
    ],
)
def test_each_fact_gives_its_own_reason(known: dict[str, object], reason: NotTexted | None):
    assert why(**known) is reason


def test_nobody_in_custody_is_texted_whatever_else_holds():
    others = product((None, *Initiation), ("", "07700 900501"), (time(9), time(14)))
    reasons = {
        why(remand=Remand.CUSTODY, mobile=mobile, starts_at=at)
        for _initiation, mobile, at in others
    }
    assert reasons == {NotTexted.CUSTODY}


def test_every_reason_has_a_label_and_advice_for_a_court_officer():
    assert all(reason.label and reason.advice for reason in NotTexted)


def test_only_first_hearings_that_people_attend_get_a_reminder():
    reminded = {kind.code for kind in HEARING_TYPES if kind.text_reminder}
    assert reminded == {"FH", "FHEFH", "GAP", "NGAP"}


@pytest.mark.parametrize("remand", [None, *Remand])
@pytest.mark.parametrize("initiation", [None, *Initiation])
def test_bail_wording_is_for_bail_after_a_charge_alone(
    remand: Remand | None, initiation: Initiation | None
):
    on_bail = remand in {Remand.CONDITIONAL, Remand.UNCONDITIONAL}
    assert bail_wording(remand, initiation) is (on_bail and initiation is Initiation.CHARGE)


@pytest.mark.proves("T-17")
@pytest.mark.parametrize(
    ("day", "hour", "minute", "open_"),
    [
        (23, 0, 0, True),
        (23, 19, 59, True),
        (23, 20, 0, False),
        (24, 7, 29, False),
        (24, 7, 30, True),
        (24, 8, 29, True),
        (24, 8, 30, False),
    ],
)
def test_a_text_is_planned_the_day_before_or_on_the_morning_until_an_hour_before(
    day: int, hour: int, minute: int, open_: bool
):
    at = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    found = window(TUESDAY, time(9, 30), TIMES, at=at)
    assert (found is not None) is open_
    assert found is None or found.leaves_on == date(2026, 11, day)


@pytest.mark.proves("D-01")
def test_the_evening_before_is_london_time_on_both_sides_of_the_clock_change():
    before = window(date(2027, 3, 28), time(10), TIMES, at=datetime(2027, 3, 27, 17, tzinfo=UTC))
    after = window(date(2027, 3, 29), time(10), TIMES, at=datetime(2027, 3, 28, 16, tzinfo=UTC))
    assert before is not None
    assert before.opens == datetime(2027, 3, 27, 17, tzinfo=UTC)
    assert after is not None
    assert after.opens == datetime(2027, 3, 28, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(9, 30), "9.30am"),
        (time(10), "10am"),
        (time(12), "12 noon"),
        (time(12, 30), "12.30pm"),
        (time(14, 15), "2.15pm"),
        (time(0, 5), "12.05am"),
    ],
)
def test_a_time_is_said_as_people_say_it(at: time, said: str):
    assert spoken_time(at) == said


FACTS = {"postcode": "AL1 3LB", "when": "TOMORROW", "day": "Tue 6 May", "time": "9.30am"}
ST_ALBANS = FACTS | {"court": "St Albans Magistrates' Court"}


@pytest.mark.parametrize(
    ("text", "septets", "segments"),
    [
        (Bailed(**ST_ALBANS), 156, 1),
        (
            Bailed(**FACTS | {"court": "Stevenage Magistrates' Court", "postcode": "SG1 1XH"}),
            156,
            1,
        ),
        (
            Bailed(
                **FACTS
                | {"court": "St Albans Crown Court", "postcode": "AL1 3JW", "day": "Wed 7 May"}
                | {"time": "10am"}
            ),
            147,
            1,
        ),
        (Requisitioned(**ST_ALBANS), 165, 2),
    ],
)
def test_the_drafts_have_the_lengths_of_the_paper(text: Bailed, septets: int, segments: int):
    length = measure(text.check())
    assert (length.is_gsm, length.units, length.segments) == (True, septets, segments)


def test_a_curly_apostrophe_in_a_court_name_does_not_cost_a_segment():
    curly = Bailed(**FACTS | {"court": "St Albans Magistrates’ Court"})
    assert curly.check() == Bailed(**ST_ALBANS).check()


@pytest.mark.proves("T-13")
def test_five_hundred_texts_say_court_day_and_time_in_two_segments_at_most():
    courts = ("St Albans Magistrates' Court", "Stevenage Magistrates' Court")
    wrong = []
    for number in range(500):
        day = TUESDAY + timedelta(days=number)
        said = {
            "court": courts[number % 2],
            "postcode": "AL1 3LB",
            "when": "TOMORROW",
            "day": spoken_day(day),
            "time": spoken_time(time(9 + number % 8, number % 60)),
        }
        text = (Bailed, Requisitioned)[number % 2](**said).check()
        length = measure(text)
        if not length.is_gsm or length.segments > 2 or not all(w in text for w in said.values()):
            wrong.append(text)
    assert wrong == []
