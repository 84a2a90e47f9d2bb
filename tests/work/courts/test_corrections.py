"""What a defendant was told is mended once, where it is no longer true, and never by a promise."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.courts import commands
from beacon.courts.jobs import correct_court_texts, plan_court_texts
from beacon.courts.models import Defendant, Hearing
from beacon.courts.queries import changes_since
from beacon.courts.terms import (
    CORRECTION,
    KIND,
    Attendance,
    HearingOutcome,
    NotTexted,
    Remand,
    TextBar,
)
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText
from beacon.notify.terms import Reason, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.factories import TEST
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, TUESDAY, a_hearing

S = TextState
WEDNESDAY = date(2026, 11, 25)

LATER = MONDAY_EVENING + timedelta(hours=1, minutes=5)  # the number may be texted again


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def texts(kind: str = CORRECTION) -> list[OutboundText]:
    db.session.rollback()
    query = sa.select(OutboundText).where(OutboundText.kind == kind).order_by(OutboundText.id)
    return list(db.session.scalars(query))


def the_correction() -> OutboundText:
    (text,) = texts()
    return text


def run(at: datetime) -> int:
    """One pass: plan, correct, send, into the paper tray; how many corrections were planned."""
    with clock.fixed(at):
        plan_court_texts()
        planned = correct_court_texts()
        notify.expire_overdue()
        notify.send_due()
    return planned


def reminded(**known: object) -> int:
    """A hearing whose defendant has been texted."""
    hearing = a_hearing(**known).id
    run(MONDAY_EVENING)
    assert [text.state for text in texts(KIND)] == [S.ACCEPTED]
    return hearing


def move(hearing: int, day: date = TUESDAY, at: time = time(9, 30), court="B41ME00") -> None:
    version = db.session.get_one(Hearing, hearing).version
    commands.move_hearing(
        hearing, court_code=court, held_on=day, starts_at=at, version=version, actor=TEST
    )


def vacate(hearing: int) -> None:
    version = db.session.get_one(Hearing, hearing).version
    commands.vacate_hearing(hearing, version=version, actor=TEST)


def person(hearing: int) -> Defendant:
    return db.session.get_one(Hearing, hearing).defendant


ASK = "If unsure, ask your solicitor or the court."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda hearing: move(hearing, WEDNESDAY, time(10)),
            "You must now be at St Albans Magistrates' Court, AL1 3LB, on Wed 25 Nov at 10am. ",
        ),
        (
            lambda hearing: move(hearing, at=time(14)),
            (
                "You must now be at St Albans Magistrates' Court, AL1 3LB, TOMORROW Tue 24 Nov "
                "at 2pm. "
            ),
        ),
        (
            lambda hearing: move(hearing, court="B41MJ00"),
            (
                "You must now be at Stevenage Magistrates' Court, SG1 1XH, TOMORROW Tue 24 Nov "
                "at 9.30am. "
            ),
        ),
    ],
)
@pytest.mark.proves("T-15")
def test_another_day_time_or_court_is_said_once(change: Callable[[int], None], said: str):
    hearing = reminded()
    change(hearing)
    assert run(LATER) == 1
    assert run(LATER) == 0
    text = the_correction()
    assert text.body == f"Court reminder: the hearing on Tue 24 Nov has changed. {said}{ASK}"
    assert (text.state, text.on_day, text.segments) == (S.ACCEPTED, TUESDAY, 2)


@pytest.mark.parametrize("known", [{"remand": Remand.CUSTODY}, {"do_not_text": True}])
def test_no_change_is_texted_to_whoever_another_matter_holds_back(known: dict):
    named = {"first_name": "Robin", "last_name": "Accused", "mobile": "07700 900601"}
    hearing = reminded(**named)
    a_hearing(**named, **known, held_on=date(2026, 12, 8))
    move(hearing, at=time(14))
    run(LATER)
    assert the_correction().state is S.SUPPRESSED


@pytest.mark.proves("T-16")
def test_a_vacated_hearing_is_not_going_ahead_and_nothing_more_is_promised():
    hearing = reminded()
    vacate(hearing)
    run(LATER)
    assert the_correction().body == (
        "Court reminder: the hearing on Tue 24 Nov at St Albans Magistrates' Court is not going "
        "ahead on that day. Check with your solicitor or the court."
    )


def test_nothing_that_changed_before_the_reminder_left_is_corrected():
    hearing = a_hearing().id
    run(MONDAY_MORNING)
    move(hearing, at=time(14))
    run(MONDAY_EVENING)
    assert "at 2pm" in texts(KIND)[0].body
    assert run(LATER) == 0
    assert texts() == []


def test_another_room_is_not_a_change_that_was_told():
    hearing = reminded()
    commands.move_hearing(
        hearing,
        court_code="B41ME00",
        held_on=TUESDAY,
        starts_at=time(9, 30),
        room="4",
        version=1,
        actor=TEST,
    )
    assert run(LATER) == 0
    assert texts() == []


@pytest.mark.proves("T-15")
def test_moved_away_and_back_there_is_nothing_to_correct():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    move(hearing)
    assert run(LATER) == 0
    assert texts() == []


@pytest.mark.proves("T-15")
def test_moved_back_between_plan_and_claim_the_correction_does_not_leave():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    with clock.fixed(LATER):
        assert correct_court_texts() == 1
        move(hearing)
        assert notify.send_due() == 0
    assert (the_correction().state, the_correction().reason) == (
        S.CANCELLED,
        NotTexted.NOTHING_TO_CORRECT,
    )
    move(hearing, WEDNESDAY, time(11))
    assert run(LATER) == 1
    assert "at 11am" in the_correction().body


def test_what_is_true_at_the_claim_is_what_the_correction_says():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    with clock.fixed(LATER):
        correct_court_texts()
        move(hearing, WEDNESDAY, time(15, 15))
        notify.send_due()
    assert "at 3.15pm" in the_correction().body


def test_it_is_corrected_once_and_after_that_a_person_rings():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    run(LATER)
    move(hearing, date(2026, 11, 26))
    assert run(LATER + timedelta(minutes=10)) == 0
    assert len(texts()) == 1
    with clock.fixed(LATER):
        (change,) = changes_since(TEST, TUESDAY)
    assert (change.code, change.call) == (NotTexted.CORRECTED_ONCE, True)
    assert change.now.startswith("Thu 26 Nov")


def test_moved_back_after_it_was_corrected_a_person_rings_too():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    run(LATER)
    move(hearing)
    with clock.fixed(LATER):
        (change,) = changes_since(TEST, TUESDAY)
    assert (change.code, change.call) == (NotTexted.CORRECTED_ONCE, True)


@pytest.mark.proves("T-15")
def test_moved_to_another_day_it_still_has_its_own_reminder_the_day_before():
    hearing = reminded()
    move(hearing, WEDNESDAY, time(10))
    run(LATER)
    run(MONDAY_EVENING + timedelta(days=1))
    assert [(text.on_day, text.state) for text in texts(KIND)] == [
        (TUESDAY, S.ACCEPTED),
        (WEDNESDAY, S.ACCEPTED),
    ]
    assert "TOMORROW Wed 25 Nov at 10am" in texts(KIND)[1].body
    assert len(texts()) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(19, 59, S.ACCEPTED), (20, 0, S.PLANNED), (23, 0, S.PLANNED)],
)
def test_corrections_leave_until_eight_and_wait_for_nine(hour: int, minute: int, state: TextState):
    hearing = reminded()
    move(hearing, WEDNESDAY)
    run(datetime(2026, 11, 23, hour, minute, tzinfo=UTC))
    assert the_correction().state is state
    run(datetime(2026, 11, 24, 8, 59, tzinfo=UTC))
    assert the_correction().state is state
    run(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert the_correction().state is S.ACCEPTED


def test_a_hearing_that_was_called_early_and_is_over_was_not_called_off():
    hearing = reminded(starts_at=time(10))
    early = datetime(2026, 11, 24, 9, 50, tzinfo=UTC)
    with clock.fixed(early):
        commands.record_outcome(
            hearing,
            outcome=HearingOutcome.HELD,
            attendance=Attendance.ATTENDED,
            version=1,
            actor=TEST,
        )
    assert run(early) == 0
    assert texts() == []


def test_what_is_found_out_after_the_hour_that_was_told_is_not_corrected():
    hearing = reminded()
    vacate(hearing)
    assert run(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)) == 0
    assert texts() == []


@pytest.mark.parametrize(
    ("told", "at"),
    [
        (time(9), datetime(2026, 11, 23, 20, 30, tzinfo=UTC)),  # before texts may leave again
        (time(14), datetime(2026, 11, 24, 9, 5, tzinfo=UTC)),  # brought forward to ten
    ],
)
def test_a_change_that_cannot_be_texted_in_time_is_for_a_person_to_ring(told: time, at: datetime):
    hearing = reminded(starts_at=told)
    with clock.fixed(at):
        move(hearing, at=time(10))
    assert run(at) == 0
    assert (the_correction().state, the_correction().reason) == (S.SUPPRESSED, NotTexted.TOO_LATE)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"mobile": "+447700900888"}, NotTexted.NUMBER_CHANGED),
        ({"mobile": ""}, NotTexted.NO_NUMBER),
        ({"do_not_text": True}, NotTexted.DO_NOT_TEXT),
        ({"do_not_text": True, "text_bar": TextBar.RISK}, NotTexted.RISK),
        ({"interpreter_language": "Polish"}, NotTexted.INTERPRETER),
    ],
)
def test_who_may_not_be_texted_any_more_is_not_corrected(
    change: dict[str, object], reason: NotTexted
):
    hearing = reminded()
    move(hearing, WEDNESDAY)
    with transaction() as session:
        person = session.get_one(Hearing, hearing).defendant
        for name, fact in change.items():
            setattr(person, name, fact)
    assert run(LATER) == 0
    assert the_correction().reason == reason


def test_somebody_who_was_taken_into_custody_is_not_told():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    with transaction() as session:
        session.get_one(Hearing, hearing).remand = Remand.CUSTODY
    assert run(LATER) == 0
    assert the_correction().reason == NotTexted.CUSTODY


@pytest.mark.proves("T-12")
@pytest.mark.parametrize("is_planned", [False, True])
def test_a_number_that_has_become_a_victims_is_not_sent_a_correction(is_planned: bool):
    hearing = reminded(mobile="07700 900601")
    move(hearing, WEDNESDAY)
    with clock.fixed(LATER):
        if is_planned:
            assert correct_court_texts() == 1
        numbers.hold("07700 900601", Owner.WITNESS, 7)
    assert run(LATER) == 0
    assert (the_correction().state, the_correction().reason) == (
        S.SUPPRESSED,
        NotTexted.VICTIM_NUMBER,
    )


def test_nobody_is_told_that_one_hearing_is_off_who_has_another_that_day():
    hearing = reminded()
    a_hearing(defendant=person(hearing), type_code="TRIAL", court="C41ST00")
    vacate(hearing)
    assert run(LATER) == 0
    assert the_correction().reason == NotTexted.OTHER_HEARING


def test_the_same_person_under_another_number_of_the_court_counts_as_well():
    hearing = reminded(first_name="Robin", last_name="Accused", mobile="07700 900601")
    a_hearing(first_name="Robin", last_name="Accused", mobile="", type_code="TRIAL")
    vacate(hearing)
    run(LATER)
    assert the_correction().reason == NotTexted.OTHER_HEARING


def test_of_two_hearings_with_one_text_the_later_may_go_without_a_word():
    early = a_hearing(starts_at=time(9))
    late = a_hearing(defendant=early.defendant, type_code="GAP", starts_at=time(14)).id
    run(MONDAY_EVENING)
    vacate(late)
    assert run(LATER) == 0
    assert texts() == []


def test_of_two_hearings_with_one_text_the_one_that_stays_is_what_is_said():
    early = a_hearing(starts_at=time(9)).id
    a_hearing(defendant=person(early), type_code="GAP", starts_at=time(14))
    run(MONDAY_EVENING)
    vacate(early)
    assert run(LATER) == 1
    assert "TOMORROW Tue 24 Nov at 2pm" in the_correction().body


def test_an_earlier_hearing_listed_after_the_text_is_said():
    first = reminded(starts_at=time(11))
    a_hearing(defendant=person(first), type_code="GAP", starts_at=time(9, 30))
    assert run(LATER) == 1
    assert "at 9.30am" in the_correction().body


def mark(state: TextState, *, may_have_left: bool = True) -> None:
    with transaction() as session:
        (text,) = session.scalars(sa.select(OutboundText).where(OutboundText.kind == KIND)).all()
        text.state, text.may_have_left = state, may_have_left


@pytest.mark.parametrize(
    ("state", "may_have_left", "planned"),
    [
        (S.DELIVERED, True, 1),
        (S.SENT, True, 1),
        (S.UNKNOWN, True, 1),
        (S.NEEDS_A_PERSON, True, 1),
        (S.CANCELLED, True, 1),  # in doubt, and left so by a person
        (S.UNDELIVERED, True, 0),
        (S.FAILED, True, 0),
        (S.REJECTED, False, 0),
    ],
)
def test_only_what_left_or_may_have_left_is_corrected(
    state: TextState, may_have_left: bool, planned: int
):
    hearing = reminded()
    mark(state, may_have_left=may_have_left)
    move(hearing, WEDNESDAY)
    assert run(LATER) == planned


def test_no_more_than_one_text_an_hour_goes_to_a_number():
    hearing = reminded()
    move(hearing, WEDNESDAY)
    run(MONDAY_EVENING + timedelta(minutes=30))
    assert (the_correction().state, the_correction().reason) == (S.PLANNED, Reason.NUMBER_CAP)
    run(LATER + timedelta(minutes=15))
    assert the_correction().state is S.ACCEPTED


def test_a_correction_of_a_held_day_is_held():
    hearing = reminded()
    notify.hold_day(TUESDAY, actor=TEST)
    move(hearing, WEDNESDAY)
    run(LATER)
    assert the_correction().state is S.HELD
