"""Suspect charged: defendant, first hearing, and what each victim is owed (Code Rights 6, 8)."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.commands import close_case, log_contact, withdraw_milestone
from beacon.cases.models import CrimeMilestone
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.phone import Phone
from beacon.courts import commands
from beacon.courts.models import Defendant, Hearing
from beacon.courts.queries import hearings_of_crime
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.hearings import MONDAY_MORNING, TUESDAY, a_row, take_list

CHARGED_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def a_charge(**known) -> commands.Charge:
    usual = {
        "first_name": "Robin",
        "last_name": "Accused",
        "court": "B41ME00",
        "held_on": date(2026, 12, 8),
        "starts_at": time(9, 30),
        "mobile": Phone.parse("07700 900601"),
    }
    return commands.Charge(**usual | known)


def charge(case, **known) -> Hearing:
    return commands.record_charge(case, a_charge(**known), at=CHARGED_AT, actor=TEST)


def duties(rule: str) -> list[Duty]:
    query = sa.select(Duty).where(Duty.rule == rule).order_by(Duty.case_id, Duty.id)
    return list(db.session.scalars(query))


def test_a_charge_makes_a_defendant_and_a_first_hearing_of_the_crime():
    case = a_case()
    hearing = charge(case)
    assert hearing.defendant.crime_key == case.crime.reference_key
    assert (hearing.type_code, hearing.made_by_hand, hearing.version) == ("FH", True, 1)
    assert hearing.defendant.mobile == "+447700900601"


def test_a_charge_opens_its_duty_from_the_day_of_the_charge():
    charge(a_case())
    (duty,) = duties("R6_CHARGE")
    assert duty.due_on == date(2026, 11, 30)


def test_the_clock_of_the_hearing_waits_until_witness_care_has_the_date():
    charge(a_case())
    (duty,) = duties("R8_HEARING")
    assert (duty.clock_started_at, duty.due_on) == (None, None)


def test_when_witness_care_has_the_date_the_victim_is_told_within_a_working_day():
    charge(a_case(), received_at=datetime(2026, 11, 23, 8, 45, tzinfo=UTC))
    (duty,) = duties("R8_HEARING")
    assert duty.due_on == TUESDAY


def test_every_case_of_the_crime_gets_the_duties_once():
    case = a_case()
    other = a_case(crime=case.crime, victim=a_victim())
    charge(case)
    assert [duty.case_id for duty in duties("R6_CHARGE")] == [case.id, other.id]
    assert len(duties("R8_HEARING")) == 2


def test_a_charge_that_was_taken_back_and_recorded_anew_is_owed_anew():
    case = a_case()
    charge(case)
    for mistake in db.session.scalars(sa.select(CrimeMilestone)).all():
        withdraw_milestone(mistake, reason="Another day.", actor=TEST)
    for _ in range(2):  # and once, however often it is sent
        charge(case, received_at=datetime(2026, 11, 23, 8, 45, tzinfo=UTC))
    for rule, due_on in (("R6_CHARGE", date(2026, 11, 30)), ("R8_HEARING", TUESDAY)):
        fallen, owed = duties(rule)
        assert (fallen.state, owed.state) == (DutyState.NOT_APPLICABLE, DutyState.OPEN)
        assert owed.due_on == due_on


def test_two_people_charged_with_one_crime_are_two_duties():
    case = a_case()
    charge(case)
    charge(case, first_name="Sandy", last_name="Second")
    assert len(duties("R6_CHARGE")) == 2


def test_a_child_charged_beside_a_parent_is_not_the_parent_whom_the_list_brought():
    case = a_case()
    take_list(a_row(crime_reference=case.crime.reference_key, hearing_date="2026-12-08", mobile=""))
    hearing = charge(case, first_name="Kai", date_of_birth=date(2011, 5, 5))
    assert hearing.defendant.full_name == "Kai Accused"
    numbers = {one.first_name: one.mobile for one in db.session.scalars(sa.select(Defendant))}
    assert numbers == {"Robin": "", "Kai": "+447700900601"}


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Ben"},
        {"first_name": "Ben", "date_of_birth": date(1994, 5, 5)},
        {"first_name": "Robin", "date_of_birth": date(1961, 3, 4)},
    ],
)
def test_two_of_one_family_charged_together_are_two_defendants_each_with_their_own_number(other):
    case = a_case()
    one = charge(case, date_of_birth=date(1990, 1, 2), mobile=None)
    two = charge(case, **other, mobile=Phone.parse("07700 900602"))
    assert one.defendant_id != two.defendant_id
    assert (one.defendant.mobile, two.defendant.mobile) == ("", "+447700900602")
    assert len(duties("R6_CHARGE")) == len(duties("R8_HEARING")) == 2


def test_a_first_name_cut_short_on_the_list_is_still_who_is_charged():
    case = a_case()
    take_list(a_row(crime_reference=case.crime.reference_key, defendant_first_name="Rob"))
    charge(case, held_on=TUESDAY)
    assert db.session.scalar(sa.select(sa.func.count(Defendant.id))) == 1


def test_a_charge_that_the_list_brought_first_is_the_same_hearing():
    case = a_case()
    take_list(a_row(crime_reference=case.crime.reference_key, mobile=""))
    hearing = charge(case, held_on=TUESDAY, received_at=datetime(2026, 11, 23, 8, 45, tzinfo=UTC))
    assert db.session.scalar(sa.select(sa.func.count(Hearing.id))) == 1
    assert hearing.defendant.mobile == "+447700900601"
    (duty,) = duties("R8_HEARING")
    assert duty.due_on == TUESDAY
    kinds = [row.kind for row in db.session.scalars(sa.select(CrimeMilestone))]
    assert sorted(kinds) == [Milestone.CHARGED, Milestone.HEARING_LISTED]


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"court": "Nowhere"}, "court"),
        ({"held_on": date(2026, 11, 22)}, "held_on"),
        ({"date_of_birth": date(2026, 11, 23)}, "date_of_birth"),
    ],
)
def test_what_cannot_be_is_refused_by_the_box_and_nothing_is_kept(known: dict, field: str):
    with pytest.raises(RuleBroken) as refusal:
        charge(a_case(), **known)
    assert refusal.value.field == field
    assert db.session.scalar(sa.select(sa.func.count(Defendant.id))) == 0


def test_a_charge_in_the_future_is_refused():
    later = datetime(2026, 11, 23, 10, tzinfo=UTC)
    with pytest.raises(RuleBroken) as refusal:
        commands.record_charge(a_case(), a_charge(), at=later, actor=TEST)
    assert refusal.value.field == "charged_at"


def test_no_charge_is_recorded_on_a_closed_case():
    case = a_case()
    log_contact(
        case,
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        at=clock.now(),
        actor=TEST,
    )
    close_case(case, note="No more to do", version=case.version, actor=TEST)
    with pytest.raises(RuleBroken):
        charge(case)


def test_the_number_is_sealed_and_is_in_neither_the_log_nor_the_case():
    manager = a_member_of_staff()
    case = a_case(manager=manager)
    charge(case)
    stored = db.session.execute(sa.text("SELECT mobile_sealed FROM defendant")).scalar_one()
    assert b"900601" not in bytes(stored)
    facts = " ".join(db.session.scalars(sa.select(AuditEntry.facts)))
    assert "900601" not in facts
    (row,) = hearings_of_crime(an_actor(manager), case.crime.reference_key)
    assert (row.defendant, row.mobile) == ("Robin Accused", "")
