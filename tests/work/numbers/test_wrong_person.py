"""The wrong-person guard: twelve places, every writing, and no text to any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.cases.commands import CrimeFacts
from beacon.cases.models import CaseFile, CaseTask, Crime
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.courts import commands as courts
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import Defendant, Hearing
from beacon.courts.terms import NotTexted
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.terms import TextState
from beacon.numbers import commands as numbers
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held, Owner
from beacon.partners import commands as partners
from beacon.partners.commands import ContactFacts
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.rules import AroundFacts, PersonFacts
from beacon.people.terms import Around, ContactKind
from beacon.referrals.commands import receive_referral
from beacon.referrals.intake import Intake, Judgement
from beacon.referrals.terms import Waits
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, a_hearing, a_row, take_list
from tests.long import first_of
from tests.writings import WAYS

FIRST = 100


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY_MORNING):
        yield


@dataclass
class Matter:
    """One crime, its victim's case, and how many have come to us since."""

    crime: Crime
    victim: Victim
    case: CaseFile
    others: int = 0

    def facts(self, **numbers: str) -> PersonFacts:
        self.others += 1
        return PersonFacts(first_name="Alex", last_name=f"Other{self.others}", **numbers)

    def register(self, **numbers: str) -> Victim:
        key = self.crime.reference_key
        facts = self.facts(**numbers)
        return people.register(facts, source="police", actor=TEST, crime_reference=key)


@pytest.fixture
def matter(app: Flask) -> Matter:
    crime, victim = a_crime(), a_victim(mobile="07700 900001")
    return Matter(crime, victim, a_case(crime=crime, victim=victim))


def as_mobile(matter: Matter, number: str) -> None:
    matter.register(mobile=number)


def as_landline(matter: Matter, number: str) -> None:
    matter.register(phone=number)


def as_old_number(matter: Matter, number: str) -> None:
    victim = matter.register(mobile=number)
    # A feed's number takes the place of one of its own kind: what cannot be read is no mobile.
    is_mobile = victim.contact_points[0].kind is ContactKind.MOBILE
    later = matter.facts(mobile="07700 900002" if is_mobile else "07700 900002 ext 1")
    people.receive(victim, later, source="police", actor=TEST)
    assert victim.contact_points[0].retired_at is not None


def as_co_victim(matter: Matter, number: str) -> None:
    a_case(crime=matter.crime, victim=a_victim(mobile=number))


def beside_victim(kind: Around) -> Callable[[Matter, str], None]:
    def hold(matter: Matter, number: str) -> None:
        facts = AroundFacts(kind=kind, name="Jo Example", mobile=number)
        people.add_around(matter.victim, facts, actor=TEST)

    return hold


def as_partner(matter: Matter, number: str) -> None:
    matter.others += 1
    agency = partners.add_agency(f"Refuge {matter.others}", actor=TEST)
    partners.add_contact(agency, ContactFacts(name="Duty desk", mobile=number), actor=TEST)


def as_staff(matter: Matter, number: str) -> None:
    accounts.keep_phone(a_member_of_staff(), number, actor=TEST)


def as_referral(matter: Matter, number: str) -> None:
    crime = matter.crime
    intake = Intake(
        feed="police",
        source="Police",
        source_reference="",
        person=matter.facts(mobile=number),
        crime=CrimeFacts(
            reference=crime.reference, recorded_at=crime.recorded_at, offence=crime.offence
        ),
        flags={},
    )
    judged = Judgement(certain=(), likely=(), waits=Waits.NO_CONSENT)
    assert receive_referral(intake, judged, actor=TEST).case_id is None


PLACES: dict[str, Callable[[Matter, str], None]] = {
    "victim's mobile": as_mobile,
    "landline": as_landline,
    "old number": as_old_number,
    "household": beside_victim(Around.HOUSEHOLD),
    "child": beside_victim(Around.CHILD),
    "next of kin": beside_victim(Around.NEXT_OF_KIN),
    "co-victim": as_co_victim,
    "witness": beside_victim(Around.WITNESS),
    "third party": beside_victim(Around.THIRD_PARTY),
    "speaks for them": beside_victim(Around.SPEAKS_FOR),
    "partner": as_partner,
    "staff": as_staff,
    "referral": as_referral,
}
OF_NO_CASE = {"partner", "staff"}


def number_of(way: int) -> str:
    return f"07700900{FIRST + way}"


def listed_defendants(crime_key: str) -> list[Hearing]:
    return [a_hearing(mobile=number_of(way), crime_key=crime_key) for way in range(len(WAYS))]


def texts() -> list[OutboundText]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)))


def tasks() -> list[CaseTask]:
    query = sa.select(CaseTask).where(CaseTask.kind == TaskKind.SAFEGUARDING_NUMBER)
    return list(db.session.scalars(query.order_by(CaseTask.id)))


def claimed() -> list[int]:
    """Which of the texts could be claimed at five past five, when each is due."""
    with clock.fixed(MONDAY_EVENING):
        return [text.id for text in texts() if notify.claim(text.id) is not None]


@pytest.mark.proves("T-02", "T-12")
@pytest.mark.long_on("postgresql")
@pytest.mark.parametrize("place", first_of(PLACES))
def test_a_number_in_any_place_and_any_writing_is_refused_at_claim_and_at_plan(
    matter: Matter, place: str
):
    hearings = listed_defendants(matter.crime.reference_key)
    assert plan_court_texts() == len(WAYS)
    for way, write in enumerate(WAYS.values()):
        PLACES[place](matter, write(number_of(way)))
    raised = {task.about for task in tasks() if task.case_id == matter.case.id}
    expected = {f"defendant:{hearing.defendant_id}" for hearing in hearings}
    assert raised == (set() if place in OF_NO_CASE else expected)
    assert claimed() == []
    assert {(text.state, text.reason) for text in texts()} == {
        (TextState.SUPPRESSED, NotTexted.VICTIM_NUMBER)
    }
    assert plan_court_texts() == 0
    assert claimed() == []
    assert db.session.scalars(sa.select(TextAttempt)).all() == []
    again = [(task.case_id, task.about) for task in tasks()]
    assert len(again) == len(set(again))


@pytest.mark.proves("T-12")
@pytest.mark.long_on("postgresql")
@pytest.mark.parametrize("place", first_of(PLACES))
def test_a_number_that_is_held_already_is_never_planned_however_the_court_writes_it(
    matter: Matter, place: str
):
    key = matter.crime.reference_key
    for way in range(len(WAYS)):
        PLACES[place](matter, number_of(way))
    rows = [
        a_row(
            urn=f"41E1{way:05}26",
            defendant_reference=f"D{way:05}",
            defendant_last_name=f"Accused{way}",
            crime_reference=key,
            mobile=f'"{written}"' if set(written) & {",", "\n"} else written,
        )
        for way, written in enumerate(
            write(number_of(way)) for way, write in enumerate(WAYS.values())
        )
        if '"' not in written
    ]
    take_list(*rows)
    defendants = db.session.scalars(sa.select(Defendant)).all()
    assert len(defendants) == len(rows)
    assert plan_court_texts() == 0
    assert {text.state for text in texts()} == {TextState.SUPPRESSED}
    assert claimed() == []
    raised = {task.about for task in tasks() if task.case_id == matter.case.id}
    everybody = {f"defendant:{defendant.id}" for defendant in defendants}
    assert raised == (set() if place in OF_NO_CASE else everybody)


@pytest.mark.proves("T-12")
def test_a_planned_text_is_taken_back_at_the_next_pass_once_its_number_is_held(matter: Matter):
    a_hearing(mobile=number_of(0), crime_key=matter.crime.reference_key)
    assert plan_court_texts() == 1
    as_mobile(matter, number_of(0))
    assert plan_court_texts() == 0
    (text,) = texts()
    assert (text.state, text.reason) == (TextState.SUPPRESSED, NotTexted.VICTIM_NUMBER)


def test_what_has_left_is_not_taken_back(matter: Matter):
    a_hearing(mobile=number_of(0))
    plan_court_texts()
    with transaction():
        texts()[0].state = TextState.DELIVERED
    as_staff(matter, number_of(0))
    plan_court_texts()
    assert texts()[0].state is TextState.DELIVERED


@pytest.mark.proves("T-12")
def test_a_landline_of_the_same_case_raises_the_task_though_nobody_would_text_it(matter: Matter):
    a_hearing(mobile="01632 960123", crime_key=matter.crime.reference_key)
    as_landline(matter, "(01632) 960-123")
    assert [task.case_id for task in tasks()] == [matter.case.id]


@pytest.mark.proves("T-12")
def test_a_number_that_a_person_around_a_victim_no_longer_has_still_guards(matter: Matter):
    facts = AroundFacts(kind=Around.WITNESS, name="Jo Example", mobile="07700 900101")
    person = people.add_around(matter.victim, facts, actor=TEST)
    new = AroundFacts(kind=Around.WITNESS, name="Jo Example", mobile="07700 900102")
    people.change_around(matter.victim, person.id, new, version=1, actor=TEST)
    people.retire_around(matter.victim, person.id, version=2, actor=TEST)
    a_hearing(mobile="07700 900101")
    a_hearing(mobile="07700 900102")
    assert plan_court_texts() == 0


@pytest.mark.proves("T-12")
def test_whoever_is_beside_a_victim_belongs_to_a_case_that_opens_later(matter: Matter):
    beside_victim(Around.CHILD)(matter, "07700 900101")
    second = a_crime()
    a_hearing(mobile="07700 900101", crime_key=second.reference_key)
    assert tasks() == []
    case = a_case(crime=second, victim=matter.victim)
    assert [task.case_id for task in tasks()] == [case.id]


@pytest.mark.proves("T-12")
def test_a_referral_that_waits_raises_the_task_as_soon_as_its_case_opens(matter: Matter):
    crime = a_crime()
    a_hearing(mobile="07700 900101", crime_key=crime.reference_key)
    victim = people.register(
        PersonFacts(first_name="Alex", last_name="Waiting", mobile="07700 900101"),
        source="police",
        actor=TEST,
        crime_reference=crime.reference_key,
    )
    assert tasks() == []
    case = a_case(crime=crime, victim=victim)
    assert [task.case_id for task in tasks()] == [case.id]


@pytest.mark.proves("T-12")
def test_a_defendant_who_is_moved_to_another_crime_is_asked_about_there(matter: Matter):
    as_mobile(matter, "07700 900101")
    row = a_row(mobile="07700 900101", crime_reference="41/900/26")
    take_list(row)
    assert tasks() == []
    take_list(row | {"crime_reference": matter.crime.reference_key})
    assert [task.case_id for task in tasks()] == [matter.case.id]


@pytest.mark.proves("T-12")
def test_a_number_that_a_list_gives_beside_the_one_that_a_person_gave_is_looked_at(
    matter: Matter,
):
    as_mobile(matter, "07700 900101")
    row = a_row(mobile="07700 900102", crime_reference=matter.crime.reference_key)
    take_list(row)
    person = db.session.scalars(sa.select(Defendant)).one()
    courts.correct_mobile(
        person.id, "+447700900103", do_not_text=False, version=person.version, actor=TEST
    )
    take_list(row | {"mobile": "07700 900101"})
    assert [task.case_id for task in tasks()] == [matter.case.id]


def test_each_of_several_numbers_in_one_place_is_held():
    numbers.hold("07700 900101 / 07700 900102", Owner.VICTIM, 7)
    found = [holder(f"07700 90010{last}") for last in (1, 2, 3)]
    assert found == [Held.ANOTHER_CASE, Held.ANOTHER_CASE, Held.NONE]


def test_words_without_a_figure_are_nobodys_number(matter: Matter):
    numbers.hold("ask her sister", Owner.VICTIM, 7, case_id=matter.case.id)
    assert holder("not known", [matter.case.id]) is Held.NONE
