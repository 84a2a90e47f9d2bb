"""Court lists: what each row makes of the hearings we hold (contract 3.4)."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.cases.commands import withdraw_milestone
from beacon.cases.models import CrimeMilestone
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.courts import commands
from beacon.courts.imports import OUTCOMES, import_court_list
from beacon.courts.jobs import tell_of_hearings
from beacon.courts.models import Defendant, Hearing, HearingVersion
from beacon.courts.terms import HearingStatus, ListChange, Remand
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.feeds.terms import FileRefused
from tests.factories import TEST, a_case, a_crime
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing, a_row, take_list

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))
NEXT_MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def figures(name: str, **options) -> dict[str, int]:
    report = import_court_list(DATA / name, file_name=name, actor=TEST, **options)
    return report.figures(*OUTCOMES)


def expected(name: str) -> dict[str, int]:
    return {key: EXPECTED[name][key] for key in ("read", *OUTCOMES, "rejected")}


def the_hearing() -> Hearing:
    return db.session.scalars(sa.select(Hearing)).one()


def changes(hearing: Hearing) -> list[ListChange]:
    query = sa.select(HearingVersion).where(HearingVersion.hearing_id == hearing.id)
    return [row.change for row in db.session.scalars(query.order_by(HearingVersion.number))]


def test_the_sample_lists_come_to_the_expected_figures_and_a_second_time_to_nothing_new():
    first = expected("court-list.csv")
    assert figures("court-list.csv") == first
    again = first | {"created": 0, "unchanged": first["created"]}
    assert figures("court-list.csv") == again
    with clock.fixed(NEXT_MORNING):
        later = expected("court-list-later.csv")
        assert figures("court-list-later.csv") == later
        assert figures("court-list-later.csv")["unchanged"] == later["read"]
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == first["created"]


def test_a_dry_run_says_the_same_and_leaves_nothing():
    assert figures("court-list.csv", dry_run=True) == expected("court-list.csv")
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == 0


def test_a_row_becomes_a_defendant_and_a_hearing():
    take_list(a_row(mobile="+44 (0)7700 900 532", hearing_time="9.30am", court_room="6"))
    hearing = the_hearing()
    assert (hearing.held_on, hearing.starts_at, hearing.room) == (TUESDAY, time(9, 30), "6")
    assert hearing.court.code == "B41ME00"
    assert hearing.remand is Remand.CONDITIONAL
    assert hearing.defendant.mobile == "+447700900532"
    assert hearing.defendant.crime_key == "41/100/26"
    assert changes(hearing) == [ListChange.CREATED]


def test_a_court_is_known_by_its_name_however_it_is_written():
    assert take_list(a_row(court="ST ALBANS MAGISTRATES’ COURT")) == {"created": 1}


def test_a_row_of_an_unknown_court_is_sent_back_and_the_others_stay():
    other = a_row(defendant_reference="D00002", court="Nowhere Court")
    assert take_list(a_row(), other) == {"created": 1, "rejected": 1}


def test_without_a_crime_reference_the_defendant_belongs_to_the_urn():
    take_list(a_row(crime_reference=""))
    assert the_hearing().defendant.crime_key == "41E10000126"


def test_a_hearing_that_moves_stays_the_same_hearing():
    take_list(a_row())
    made = the_hearing().id
    assert take_list(a_row(hearing_date="2026-12-01", status="moved")) == {"moved": 1}
    hearing = the_hearing()
    assert (hearing.id, hearing.held_on, hearing.is_live) == (made, date(2026, 12, 1), True)
    assert changes(hearing) == [ListChange.CREATED, ListChange.MOVED]


def test_a_hearing_that_moves_and_moves_back_has_a_version_for_each():
    take_list(a_row())
    take_list(a_row(hearing_date="2026-12-01"))
    assert take_list(a_row()) == {"moved": 1}
    assert the_hearing().held_on == TUESDAY
    assert changes(the_hearing()) == [ListChange.CREATED, ListChange.MOVED, ListChange.MOVED]


def test_a_vacated_hearing_is_vacated_once_and_may_be_listed_again():
    take_list(a_row())
    assert take_list(a_row(status="vacated")) == {"vacated": 1}
    assert take_list(a_row(status="vacated", court_room="9")) == {"updated": 1}
    assert the_hearing().status is HearingStatus.VACATED
    assert take_list(a_row(status="listed", court_room="9")) == {"updated": 1}
    assert the_hearing().is_live
    assert changes(the_hearing())[-1] is ListChange.RELISTED


def test_a_hearing_that_is_new_and_vacated_already_is_created():
    assert take_list(a_row(status="vacated")) == {"created": 1}
    assert not the_hearing().is_live


def test_adjourned_without_a_new_date_is_updated_and_no_longer_live():
    take_list(a_row())
    assert take_list(a_row(status="adjourned")) == {"updated": 1}
    assert the_hearing().status is HearingStatus.ADJOURNED


def test_adjourned_to_a_new_date_is_moved_and_live_on_that_day():
    take_list(a_row())
    later = a_row(hearing_date="2026-12-01", status="adjourned")
    assert take_list(later) == {"moved": 1}
    assert take_list(later) == {"unchanged": 1}
    assert take_list(later | {"court_room": "9"}) == {"updated": 1}
    hearing = the_hearing()
    assert (hearing.held_on, hearing.is_live) == (date(2026, 12, 1), True)


def test_after_a_vacated_hearing_a_new_day_is_another_hearing():
    take_list(a_row(status="vacated"))
    assert take_list(a_row(hearing_date="2026-12-01")) == {"created": 1}


def test_the_same_type_on_two_days_of_one_list_is_two_hearings():
    assert take_list(a_row(), a_row(hearing_date="2026-12-01")) == {"created": 2}


def test_another_type_is_another_hearing():
    take_list(a_row())
    assert take_list(a_row(hearing_type="PTPH", hearing_date="2026-12-01")) == {"created": 1}


def test_a_hearing_that_a_later_list_leaves_out_stays_as_it_is():
    take_list(a_row())
    take_list(a_row(defendant_reference="D00002", defendant_last_name="Other"))
    hearings = db.session.scalars(sa.select(Hearing)).all()
    assert [hearing.is_live for hearing in hearings] == [True, True]


def test_the_same_row_twice_in_one_list_is_taken_once():
    assert take_list(a_row(), a_row()) == {"created": 1, "unchanged": 1}


def test_two_rows_of_one_hearing_count_in_file_order():
    take_list(a_row())
    assert take_list(a_row(status="vacated"), a_row()) == {"vacated": 1, "updated": 1}
    assert the_hearing().is_live
    assert take_list(a_row(), a_row(status="vacated")) == {"unchanged": 1, "vacated": 1}
    assert not the_hearing().is_live


def test_what_is_empty_erases_nothing():
    take_list(a_row(court_room="4"))
    assert take_list(a_row(mobile="", court_room="", hearing_time="")) == {"updated": 1}
    hearing = the_hearing()
    assert (hearing.room, hearing.starts_at) == ("4", time(9, 30))
    assert hearing.defendant.mobile == "+447700900501"


@pytest.mark.parametrize("word", ["PR", "remanded", "in custody"])
def test_a_remand_that_cannot_be_read_does_not_leave_them_on_bail(word: str):
    take_list(a_row())
    assert take_list(a_row(remand_status=word)) == {"updated": 1}
    assert the_hearing().remand is None
    assert take_list(a_row(remand_status=word)) == {"unchanged": 1}
    take_list(a_row())
    assert the_hearing().remand is Remand.CONDITIONAL


@pytest.mark.parametrize("word", ["TBC", "not before 2"])
def test_a_time_that_cannot_be_read_takes_the_old_one_away(word: str):
    take_list(a_row())
    assert take_list(a_row(hearing_time=word)) == {"updated": 1}
    hearing = the_hearing()
    assert (hearing.starts_at, hearing.is_live, hearing.listing_no) == (None, True, 2)
    assert take_list(a_row(hearing_time=word)) == {"unchanged": 1}
    take_list(a_row())
    assert the_hearing().starts_at == time(9, 30)


@pytest.mark.parametrize("word", ["cancelled", "withdrawn"])
def test_a_status_that_cannot_be_read_leaves_it_listed_and_not_clear(word: str):
    take_list(a_row())
    assert take_list(a_row(status=word)) == {"updated": 1}
    hearing = the_hearing()
    assert (hearing.status, hearing.is_live) == (HearingStatus.UNCLEAR, True)
    assert changes(hearing) == [ListChange.CREATED, ListChange.UPDATED]
    assert take_list(a_row(status=word)) == {"unchanged": 1}
    assert take_list(a_row(status="vacated")) == {"vacated": 1}
    assert take_list(a_row(status=word)) == {"updated": 1}
    assert the_hearing().status is HearingStatus.VACATED
    take_list(a_row())
    assert the_hearing().status is HearingStatus.LISTED


def test_what_is_not_clear_from_the_first_or_after_a_move_is_not_clear():
    take_list(a_row(status="cancelled"))
    assert the_hearing().status is HearingStatus.UNCLEAR
    take_list(a_row())
    assert take_list(a_row(hearing_date="2026-12-01", status="to follow")) == {"moved": 1}
    assert the_hearing().status is HearingStatus.UNCLEAR


def test_the_same_word_that_cannot_be_read_is_as_little_clear_on_a_new_day():
    for day in ("2026-11-24", "2026-12-01", "2026-12-08"):
        take_list(a_row(hearing_date=day, status="cancelled"))
        assert the_hearing().status is HearingStatus.UNCLEAR


def test_a_person_says_that_it_goes_ahead_where_it_is_not_clear():
    take_list(a_row(status="cancelled"))
    hearing = the_hearing()
    as_it_is = {"court_code": "B41ME00", "held_on": TUESDAY, "starts_at": time(9, 30)}
    for _ in range(2):
        known = as_it_is | {"version": hearing.version, "room": hearing.room}
        if hearing.status is HearingStatus.LISTED:
            with pytest.raises(RuleBroken, match="Nothing is different"):
                commands.move_hearing(hearing.id, **known, actor=TEST)
        else:
            commands.move_hearing(hearing.id, **known, actor=TEST)
            hearing = the_hearing()
    assert hearing.status is HearingStatus.LISTED


@pytest.mark.parametrize("word", ["x", "yes - risk"])
def test_a_mark_not_to_text_that_cannot_be_read_holds_texts_back(word: str):
    take_list(a_row(do_not_text=word))
    assert the_hearing().defendant.do_not_text
    take_list(a_row(do_not_text="no"))
    assert not the_hearing().defendant.do_not_text
    take_list(a_row(do_not_text=word))
    assert the_hearing().defendant.do_not_text


def test_a_reference_that_appears_later_is_the_same_defendant():
    take_list(a_row(defendant_reference=""))
    assert take_list(a_row()) == {"updated": 1}
    defendant = db.session.scalars(sa.select(Defendant)).one()
    assert defendant.reference == "D00001"


def test_a_list_does_not_write_over_the_number_that_a_person_gave():
    take_list(a_row())
    person = the_hearing().defendant
    commands.correct_mobile(
        person.id, "+447700900777", do_not_text=True, version=person.version, actor=TEST
    )
    take_list(a_row(mobile="07700 900888", do_not_text="no"))
    person = the_hearing().defendant
    assert (person.mobile, person.listed_mobile) == ("+447700900777", "+447700900888")
    assert person.do_not_text


def test_the_same_list_again_does_not_undo_what_a_person_moved():
    take_list(a_row())
    hearing = the_hearing()
    commands.move_hearing(
        hearing.id,
        court_code="B41MJ00",
        held_on=date(2026, 12, 2),
        starts_at=time(14),
        version=hearing.version,
        actor=TEST,
    )
    assert take_list(a_row()) == {"unchanged": 1}
    assert the_hearing().held_on == date(2026, 12, 2)


def test_a_row_adopts_the_hearing_that_a_person_made_for_the_crime_surname_and_day():
    case = a_case()
    charge = commands.Charge(
        first_name="R", last_name="accused", court="B41ME00", held_on=TUESDAY, starts_at=time(10)
    )
    made = commands.record_charge(case, charge, at=clock.now(), actor=TEST).id
    row = a_row(crime_reference=case.crime.reference_key)
    assert take_list(row) == {"updated": 1}
    assert take_list(row) == {"unchanged": 1}
    hearing = the_hearing()
    assert (hearing.id, hearing.starts_at) == (made, time(9, 30))
    assert hearing.defendant.reference == "D00001"
    assert changes(hearing) == [ListChange.CREATED, ListChange.ADOPTED]
    assert db.session.scalar(sa.select(sa.func.count(Defendant.id))) == 1


def test_a_row_adopts_no_hearing_of_a_child_of_the_same_surname():
    case = a_case()
    charge = commands.Charge(
        first_name="Kai",
        last_name="Accused",
        court="B41ME00",
        held_on=TUESDAY,
        date_of_birth=date(2011, 5, 5),
        mobile=Phone.parse("07700 900601"),
    )
    made = commands.record_charge(case, charge, at=clock.now(), actor=TEST).id
    parent = a_row(crime_reference=case.crime.reference_key, mobile="")
    child = parent | {
        "defendant_reference": "D00002",
        "defendant_first_name": "Kai",
        "date_of_birth": "2011-05-05",
    }
    assert take_list(parent, child) == {"created": 1, "updated": 1}
    people = {one.first_name: one for one in db.session.scalars(sa.select(Defendant))}
    assert (people["Robin"].mobile, people["Kai"].mobile) == ("", "+447700900601")
    assert [hearing.id for hearing in people["Kai"].hearings] == [made]


def test_a_row_adopts_the_hearing_of_the_same_first_name_before_another():
    case = a_case()
    made = {}
    for first in ("Kai", "Robin"):
        charge = commands.Charge(
            first_name=first, last_name="Accused", court="B41ME00", held_on=TUESDAY,
            date_of_birth=date(2011, 5, 5) if first == "Kai" else date(1990, 1, 2),
        )  # fmt: skip
        made[first] = commands.record_charge(case, charge, at=clock.now(), actor=TEST).id
    take_list(a_row(crime_reference=case.crime.reference_key))
    adopted = db.session.scalars(sa.select(Hearing).where(~Hearing.made_by_hand)).one()
    assert adopted.id == made["Robin"]


def test_a_list_opens_the_victims_right_to_know_of_the_hearing():
    case = a_case(crime=a_crime(reference="41/100/26"))
    take_list(a_row())
    duty = db.session.scalars(sa.select(Duty).where(Duty.rule == "R8_HEARING")).one()
    assert (duty.case_id, duty.about) == (case.id, f"hearing:{the_hearing().id}")
    assert (duty.due_on, duty.clock_started_at) == (None, None)


def test_a_list_that_comes_before_the_police_is_told_when_the_case_opens():
    take_list(a_row())
    assert tell_of_hearings() == 0
    a_case(crime=a_crime(reference="41/100/26"))
    assert [tell_of_hearings(), tell_of_hearings()] == [1, 0]
    assert db.session.scalars(sa.select(Duty).where(Duty.rule == "R8_HEARING")).one().is_open


def test_what_a_person_has_taken_back_is_not_owed_again_by_itself():
    case = a_case(crime=a_crime(reference="41/100/26"))
    take_list(a_row())
    (listed,) = db.session.scalars(sa.select(CrimeMilestone)).all()
    withdraw_milestone(listed, reason="Not theirs.", actor=TEST)
    assert tell_of_hearings() == 0
    duties = db.session.scalars(sa.select(Duty).filter_by(case_id=case.id, rule="R8_HEARING"))
    assert [duty.state for duty in duties] == [DutyState.NOT_APPLICABLE]


def test_a_hearing_that_moves_is_told_anew_and_the_old_day_falls_away():
    a_case(crime=a_crime(reference="41/100/26"))
    take_list(a_row())
    take_list(a_row(hearing_date="2026-12-01"))
    query = sa.select(Duty).where(Duty.rule == "R8_HEARING").order_by(Duty.id)
    states = [duty.state for duty in db.session.scalars(query)]
    assert states == [DutyState.NOT_APPLICABLE, DutyState.OPEN]


def test_a_vacated_hearing_leaves_nothing_to_tell():
    a_case(crime=a_crime(reference="41/100/26"))
    take_list(a_row())
    take_list(a_row(status="vacated"))
    duty = db.session.scalars(sa.select(Duty).where(Duty.rule == "R8_HEARING")).one()
    assert duty.state is DutyState.NOT_APPLICABLE


def test_another_room_is_no_news_for_a_victim():
    a_case(crime=a_crime(reference="41/100/26"))
    take_list(a_row())
    take_list(a_row(court_room="9"))
    assert len(db.session.scalars(sa.select(CrimeMilestone)).all()) == 1


def test_a_file_of_another_feed_is_refused_whole():
    with pytest.raises(FileRefused):
        figures("police.csv")


def test_a_killed_list_is_finished_by_taking_it_again():
    rows = [a_row(defendant_reference=f"D{n}", defendant_last_name=f"Name{n}") for n in range(6)]

    def die(done: int, total: int) -> None:
        if done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_list(*rows, progress=die)
    with clock.fixed(MONDAY_MORNING + timedelta(minutes=5)):
        assert take_list(*rows) == {"created": 3, "unchanged": 3}


def test_two_hearings_by_hand_of_one_type_on_one_day_are_refused():
    hearing = a_hearing()
    with pytest.raises(RuleBroken):
        a_hearing(defendant=hearing.defendant)
    assert hearing.version == 1
