"""Court reminders: planned once, for the right person, and never to a number we protect."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.phone import Phone
from beacon.courts import commands
from beacon.courts.imports import import_court_list
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import Court, Hearing
from beacon.courts.queries import hearings_on, standing_now
from beacon.courts.terms import Initiation, NotTexted, Remand, Standing
from beacon.notify import outbox
from beacon.notify.models import OutboundText
from beacon.notify.register import About, Verdict
from beacon.notify.terms import TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.referrals.imports import import_file
from tests.factories import TEST, a_case, a_crime, a_victim
from tests.hearings import (
    MONDAY_EVENING,
    MONDAY_MORNING,
    TUESDAY,
    a_hearing,
    a_row,
    take_list,
)

DATA = Path(__file__).parents[2] / "data"
TUESDAY_EARLY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def plan(at: datetime = MONDAY_EVENING) -> int:
    with clock.fixed(at):
        return plan_court_texts()


def texts() -> list[OutboundText]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)))


def the_text() -> OutboundText:
    (text,) = texts()
    return text


def recheck(hearing: Hearing, at: datetime = MONDAY_EVENING):
    with clock.fixed(at), transaction() as session:
        return commands.recheck(session, [About(hearing.id, TUESDAY)])[hearing.id, TUESDAY]


def mark(text: OutboundText, state: TextState) -> None:
    with transaction():
        text.state = state


@pytest.mark.timeout(300)
@pytest.mark.long  # the first journey takes the same files in on both databases
def test_the_sample_files_give_forty_three_texts_and_three_held_back_for_a_victims_number():
    import_file("police", DATA / "police.csv", file_name="police.csv", actor=TEST)
    import_file("fraud", DATA / "fraud.xlsx", file_name="fraud.xlsx", actor=TEST)
    import_court_list(DATA / "court-list.csv", file_name="court-list.csv", actor=TEST)
    assert plan() == 43
    assert plan() == 0
    assert Counter(text.reason or text.state.value for text in texts()) == {
        "planned": 43,
        NotTexted.VICTIM_NUMBER: 3,
        NotTexted.TYPE: 36,
        NotTexted.CUSTODY: 15,
        NotTexted.LANDLINE: 13,
        NotTexted.NO_NUMBER: 7,
        NotTexted.UNDER_18: 1,
    }
    with clock.fixed(MONDAY_EVENING):
        listed = hearings_on(TEST, TUESDAY)
    assert (len(listed.rows), listed.texted) == (118, 43)
    assert all(row.text.reason or row.text.is_texted for row in listed.rows)


def test_a_text_is_planned_for_five_o_clock_and_is_too_late_after_eight():
    hearing = a_hearing()
    assert plan() == 1
    text = the_text()
    assert (text.about_id, text.on_day, text.state) == (hearing.id, TUESDAY, TextState.PLANNED)
    assert text.send_after == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert text.expires_at == datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert text.body == (
        "Court reminder: you must be at St Albans Magistrates' Court, AL1 3LB, TOMORROW Tue 24 Nov "
        "at 9.30am. Plan your journey. If you miss it you could be arrested."
    )


def test_somebody_summoned_is_told_that_the_case_may_go_on_without_them():
    a_hearing(initiation=Initiation.SUMMONS)
    plan()
    assert the_text().body.endswith("If you miss it the case may go on without you.")


@pytest.mark.proves("T-17")
@pytest.mark.parametrize(
    ("hour", "minute", "planned"), [(0, 0, 1), (16, 59, 1), (19, 59, 1), (20, 0, 0)]
)
def test_texts_are_planned_all_the_day_before_until_the_window_closes(
    hour: int, minute: int, planned: int
):
    a_hearing()
    assert plan(datetime(2026, 11, 23, hour, minute, tzinfo=UTC)) == planned


@pytest.mark.proves("T-02")
def test_a_second_pass_plans_nothing_more():
    a_hearing()
    assert [plan(), plan(), plan()] == [1, 0, 0]


@pytest.mark.proves("T-14")
def test_two_planners_at_the_same_moment_plan_each_text_once(app):
    person = a_hearing().defendant
    a_hearing(defendant=person, type_code="GAP", starts_at=time(9))
    for _ in range(8):
        a_hearing()
    db.session.rollback()

    def one(_: int) -> int:
        with app.app_context():
            return plan_court_texts()

    with clock.fixed(MONDAY_EVENING), ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 9
    assert len(texts()) == 9


def test_each_hearing_that_is_not_texted_has_its_reason():
    custody = a_hearing(remand=Remand.CUSTODY)
    landline = a_hearing(mobile="01727 000000")
    assert plan() == 0
    reasons = {text.about_id: text.reason for text in texts()}
    assert reasons == {custody.id: NotTexted.CUSTODY, landline.id: NotTexted.LANDLINE}


def test_an_address_that_nobody_has_verified_for_a_year_is_not_sent():
    a_hearing()
    with transaction() as session:
        session.execute(sa.update(Court).values(verified_on=date(2025, 11, 1)))
    assert plan() == 0
    assert the_text().reason == NotTexted.COURT_UNVERIFIED
    with clock.fixed(MONDAY_EVENING):
        assert commands.verify_county_courts(actor=TEST) == 4
    assert plan() == 1


def test_a_court_of_another_county_is_not_texted_about():
    a_hearing(court="B40IM00")
    assert plan() == 0
    assert the_text().reason == NotTexted.COURT_OUTSIDE


@pytest.mark.proves("T-12")
@pytest.mark.parametrize("owner", list(Owner))
def test_a_number_that_anybody_we_know_holds_is_never_texted(owner: Owner):
    numbers.hold("(07700) 900-601", owner, 7)
    a_hearing(mobile="+44 7700 900 601")
    assert plan() == 0
    assert the_text().reason == NotTexted.VICTIM_NUMBER
    assert db.session.scalars(sa.select(CaseTask)).all() == []


@pytest.mark.proves("T-12")
def test_a_number_of_the_same_case_raises_a_safeguarding_task_at_once():
    case = a_case(crime=a_crime(reference="41/100/26"), victim=a_victim(mobile="07700 900123"))
    charge = commands.Charge(
        first_name="Robin",
        last_name="Accused",
        court="B41ME00",
        held_on=TUESDAY,
        starts_at=time(9, 30),
        date_of_birth=date(1990, 1, 2),
        mobile=Phone.parse("0044 7700 900123"),
        remand=Remand.CONDITIONAL,
        initiation=Initiation.CHARGE,
    )
    commands.record_charge(case, charge, at=clock.now(), actor=TEST)
    task = db.session.scalars(sa.select(CaseTask)).one()
    assert (task.case_id, task.kind) == (case.id, TaskKind.SAFEGUARDING_NUMBER)
    assert plan() == 0
    assert the_text().reason == NotTexted.VICTIM_NUMBER
    assert len(db.session.scalars(sa.select(CaseTask)).all()) == 1


def test_a_number_that_becomes_a_victims_after_planning_does_not_leave():
    hearing = a_hearing(mobile="07700 900601")
    plan()
    a_victim(mobile="07700 900601")
    answer = recheck(hearing)
    assert (answer.verdict, answer.reason) == (Verdict.SUPPRESS, NotTexted.VICTIM_NUMBER)


def test_a_victims_number_in_a_long_cell_of_a_list_holds_texts_back():
    row = "07700 900601 or her sister's, when he is out: 07700 900602"
    rows = (
        "crime_reference,recorded_at,offence,first_name,last_name,mobile,email",
        f'41/7/26,2026-11-20 10:00,Assault,Vic,Tim,"{row}",a@example.org',
    )
    import_file("police", "\n".join(rows).encode(), file_name="police.csv", actor=TEST)
    a_hearing(mobile="07700 900601")
    assert plan() == 0
    assert the_text().reason == NotTexted.VICTIM_NUMBER


def test_one_text_speaks_for_two_hearings_of_one_person_at_one_court():
    late = a_hearing(starts_at=time(14))
    early = a_hearing(defendant=late.defendant, type_code="GAP", starts_at=time(10))
    assert plan() == 1
    text = the_text()
    assert text.about_id == early.id
    assert "at 10am" in text.body
    with clock.fixed(MONDAY_EVENING):
        rows = {row.id: row.text for row in hearings_on(TEST, TUESDAY).rows}
    assert (rows[late.id].text_id, rows[late.id].shared) == (text.id, True)


def test_a_hearing_that_falls_away_and_comes_back_is_not_told_a_second_time():
    first = a_hearing()
    second = a_hearing(defendant=first.defendant, type_code="GAP")
    plan()
    commands.vacate_hearing(first.id, version=first.version, actor=TEST)
    plan()
    move(first, TUESDAY)
    plan()
    assert [text.about_id for text in texts() if text.is_waiting] == [second.id]


def test_the_same_person_under_two_urns_gets_one_text():
    known = {"first_name": "Robin", "last_name": "Accused", "mobile": "07700 900601"}
    a_hearing(**known)
    a_hearing(**known, starts_at=time(11))
    assert plan() == 1


@pytest.mark.parametrize(
    ("known", "reason"),
    [({"remand": Remand.CUSTODY}, NotTexted.CUSTODY), ({"do_not_text": True}, "do_not_text")],
)
def test_a_person_in_custody_or_marked_in_another_matter_is_not_texted(known: dict, reason: str):
    person = {"first_name": "Robin", "last_name": "Accused", "mobile": "07700 900601"}
    a_hearing(**person)
    a_hearing(**person, **known)
    assert plan() == 0
    assert {text.reason for text in texts()} == {reason}


@pytest.mark.parametrize(
    ("said", "reason", "rung"),
    [
        ({"hearing_time": "TBC"}, NotTexted.NO_TIME, True),
        ({"status": "cancelled"}, NotTexted.UNCLEAR, False),
    ],
)
def test_nobody_is_texted_on_a_word_of_the_list_that_cannot_be_read(said, reason, rung):
    take_list(a_row(), a_row(defendant_reference="D2", defendant_last_name="Other", mobile=""))
    assert plan() == 1
    take_list(a_row(**said))
    first = min(db.session.scalars(sa.select(Hearing)), key=lambda one: one.id)
    answer = recheck(first)
    assert (answer.verdict, answer.reason) == (Verdict.SUPPRESS, reason.value)
    assert plan() == 0
    with clock.fixed(MONDAY_EVENING):
        standing = standing_now(TEST, first.id, TUESDAY)
    assert standing.reason == reason.label
    assert (standing.standing is Standing.CALL_LIST) is rung


def test_somebody_of_that_name_with_another_day_of_birth_is_texted():
    person = {"first_name": "Robin", "last_name": "Accused"}
    a_hearing(**person, date_of_birth=date(1980, 5, 5))
    a_hearing(**person, remand=Remand.CUSTODY)
    assert plan() == 1


def test_two_people_with_one_phone_are_each_reminded():
    a_hearing(mobile="07700 900601")
    a_hearing(mobile="07700 900601")
    assert plan() == 2


def test_a_hearing_listed_after_the_text_has_gone_is_spoken_for_by_it():
    first = a_hearing()
    plan()
    mark(the_text(), TextState.DELIVERED)
    second = a_hearing(defendant=first.defendant, type_code="GAP", starts_at=time(9))
    assert plan() == 0
    assert len(texts()) == 1
    with clock.fixed(MONDAY_EVENING):
        rows = {row.id: row.text for row in hearings_on(TEST, TUESDAY).rows}
    assert rows[second.id].shared


def test_when_the_leading_hearing_falls_away_the_other_is_what_is_sent():
    early = a_hearing(starts_at=time(9))
    a_hearing(defendant=early.defendant, type_code="GAP", starts_at=time(14))
    plan()
    commands.vacate_hearing(early.id, version=1, actor=TEST)
    answer = recheck(early)
    assert answer.verdict is Verdict.SEND
    assert answer.body is not None
    assert "at 2pm" in answer.body.text


@pytest.mark.proves("T-15")
def test_a_hearing_that_moves_before_the_text_is_sent_is_texted_on_its_own_day():
    hearing = a_hearing()
    plan()
    move(hearing, date(2026, 11, 25))
    assert recheck(hearing).verdict is Verdict.CANCEL
    assert plan(MONDAY_EVENING + timedelta(days=1)) == 1
    assert [text.on_day for text in texts()] == [TUESDAY, date(2026, 11, 25)]


@pytest.mark.proves("T-15")
def test_a_hearing_that_moves_away_and_back_after_its_text_is_not_texted_twice_for_the_day():
    hearing = a_hearing()
    plan()
    mark(the_text(), TextState.DELIVERED)
    move(hearing, date(2026, 11, 25))
    move(hearing, TUESDAY)
    assert plan() == 0
    assert the_text().state is TextState.DELIVERED


@pytest.mark.proves("T-15")
def test_a_hearing_that_moves_away_and_back_before_its_text_is_texted_once():
    hearing = a_hearing()
    plan()
    with clock.fixed(MONDAY_EVENING):
        outbox.cancel(
            kind="court_reminder",
            about_id=hearing.id,
            on=TUESDAY,
            reason=NotTexted.NOT_LISTED,
            actor=TEST,
        )
    assert plan() == 1
    assert the_text().state is TextState.PLANNED


@pytest.mark.proves("T-15")
def test_another_time_before_the_text_is_sent_is_the_time_that_is_sent():
    hearing = a_hearing()
    plan()
    move(hearing, TUESDAY, starts_at=time(14))
    answer = recheck(hearing)
    assert answer.body is not None
    assert "at 2pm" in answer.body.text


@pytest.mark.proves("T-16")
def test_a_hearing_vacated_before_the_claim_is_not_sent():
    hearing = a_hearing()
    plan()
    commands.vacate_hearing(hearing.id, version=1, actor=TEST)
    assert recheck(hearing).reason == NotTexted.NOT_LISTED
    assert plan() == 0
    assert the_text().state is TextState.SUPPRESSED


def test_a_number_corrected_before_the_claim_is_the_one_that_is_texted():
    hearing = a_hearing()
    plan()
    correct(hearing, "+447700900888")
    answer = recheck(hearing)
    assert str(answer.mobile) == "+447700900888"


def test_a_number_found_out_later_in_the_evening_is_texted():
    hearing = a_hearing(mobile="")
    assert plan() == 0
    correct(hearing, "+447700900888")
    assert plan(MONDAY_EVENING + timedelta(hours=1)) == 1


def test_a_hearing_listed_too_late_for_the_evening_is_texted_in_the_morning_as_today():
    with clock.fixed(datetime(2026, 11, 23, 21, tzinfo=UTC)):
        a_hearing()
    assert plan(TUESDAY_EARLY - timedelta(minutes=1)) == 0
    assert plan(TUESDAY_EARLY) == 1
    text = the_text()
    assert "TODAY Tue 24 Nov" in text.body
    assert text.expires_at == datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_a_hearing_within_the_hour_is_too_late_to_text():
    a_hearing()
    assert plan(datetime(2026, 11, 24, 8, 31, tzinfo=UTC)) == 0
    assert the_text().reason == NotTexted.PAST


def test_a_text_of_the_day_whose_hearing_is_brought_forward_is_of_use_for_less_long():
    hearing = a_hearing(starts_at=time(14))
    plan(datetime(2026, 11, 24, 7, 45, tzinfo=UTC))
    with clock.fixed(datetime(2026, 11, 24, 8, tzinfo=UTC)):
        move(hearing, TUESDAY, starts_at=time(10))
    answer = recheck(hearing, datetime(2026, 11, 24, 8, 10, tzinfo=UTC))
    assert (answer.verdict, answer.until) == (Verdict.SEND, datetime(2026, 11, 24, 9, tzinfo=UTC))
    answer = recheck(hearing, datetime(2026, 11, 24, 9, 20, tzinfo=UTC))
    assert (answer.verdict, answer.reason) == (Verdict.SUPPRESS, NotTexted.TOO_LATE)


def test_the_provider_gives_up_when_the_text_is_of_no_more_use():
    hearing = a_hearing(starts_at=time(14))
    plan(datetime(2026, 11, 24, 7, 45, tzinfo=UTC))
    assert the_text().expires_at == datetime(2026, 11, 24, 13, tzinfo=UTC)
    move(hearing, TUESDAY, starts_at=time(10))
    answer = recheck(hearing, datetime(2026, 11, 24, 8, tzinfo=UTC))
    with transaction():
        outbox.readdress(the_text(), answer)
    assert the_text().expires_at == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_what_was_decided_the_evening_before_stands_on_the_day():
    a_hearing(mobile="01727 000000")
    plan()
    plan(datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert the_text().reason == NotTexted.LANDLINE


def move(hearing: Hearing, day: date, *, starts_at: time = time(9, 30)) -> None:
    commands.move_hearing(
        hearing.id,
        court_code="B41ME00",
        held_on=day,
        starts_at=starts_at,
        version=db.session.get_one(Hearing, hearing.id).version,
        actor=TEST,
    )


def correct(hearing: Hearing, mobile: str) -> None:
    person = db.session.get_one(Hearing, hearing.id).defendant
    commands.correct_mobile(
        person.id, mobile, do_not_text=False, version=person.version, actor=TEST
    )
