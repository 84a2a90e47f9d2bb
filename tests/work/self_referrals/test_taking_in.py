"""What somebody told us goes the one way of all referrals, and nothing is safe unless said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.cases.models import CaseFile
from beacon.cases.queries.safety import ways_to
from beacon.cases.terms import Consent, ContactOutcome
from beacon.core import clock, together
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.numbers import queries as numbers
from beacon.numbers.terms import Held
from beacon.people import queries as people
from beacon.people.commands import PointAnswer
from beacon.people.models import PersonAround, PersonLink, Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import LinkState, Preferred, Safe
from beacon.referrals import queries as referrals
from beacon.referrals.commands import Tried, record_try
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, Waits
from beacon.self_referrals.commands import Helper, Told, take_call
from beacon.self_referrals.commands.taking import take_in
from beacon.self_referrals.models import SelfReferral
from beacon.self_referrals.terms import FEED, Danger, FilledBy, Happened, PoliceTold, Strand
from tests.factories import TEST, a_member_of_staff, a_victim, an_actor

WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
NUMBER = "+447700900123"


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        yield


def told(**known: Any) -> Told:
    """Somebody who writes for themselves, and whom it is safe to text."""
    person = {
        "first_name": "Robin",
        "last_name": "Marsh",
        "date_of_birth": date(1990, 2, 1),
        "mobile": NUMBER,
        "safe": "yes",
        "preferred": "sms",
    } | known.pop("person", {})
    usual: dict[str, Any] = {
        "filled_by": FilledBy.SELF,
        "agreed": True,
        "ways": {NUMBER: PointAnswer(safe=Safe.YES, call_ok=Safe.NO, text_ok=Safe.YES)},
        "letter_ok": Safe.NO,
        "kinds": (Happened.HURT,),
        "police_told": PoliceTold.NO,
        "said": {"What happened?": "Attacked", "reason": "It was outside the station."},
    }
    return Told(person=PersonFacts(**person), **usual | known)


def taken(**known: Any) -> SelfReferral:
    return take_in(told(**known), feed=FEED, by_hand=False, actor=TEST)


def victim_of(row: SelfReferral) -> Victim:
    return db.session.get_one(Victim, row.referral.victim_id)


def test_a_named_person_who_can_be_reached_has_a_case_and_stands_in_the_queue():
    row = taken()
    referral = row.referral
    assert (referral.feed, referral.source, referral.source_reference) == (
        "self",
        "The person themselves",
        row.reference,
    )
    assert referral.case is not None
    assert (referral.place, referral.consent) == (Place.NEW_CASE, Consent.YES)
    assert row.police_told is PoliceTold.NO


def test_not_having_told_the_police_and_giving_no_name_are_kept_and_refuse_nobody():
    row = taken(anonymous=True, person={"first_name": "", "last_name": "", "date_of_birth": None})
    assert row.anonymous
    assert row.referral.waits is Waits.ANONYMOUS
    assert row.referral.place is not Place.DONE
    assert row.referral.case is None
    assert victim_of(row).last_name == "Name not given"


def test_one_name_alone_is_not_said_twice():
    row = taken(person={"first_name": "Alex", "last_name": ""})
    assert victim_of(row).full_name == "Alex"
    assert row.referral.waits is Waits.ANONYMOUS


def test_who_may_be_texted_alone_is_never_rung():
    row = taken()
    person = victim_of(row)
    [point] = person.contact_points
    assert (point.safe, point.call_ok, point.text_ok, point.voicemail_ok) == (
        Safe.YES,
        Safe.NO,
        Safe.YES,
        Safe.NOT_ASKED,
    )
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    card = people.contact_card(officer, person)
    ways = ways_to(card)
    assert (ways.call, ways.text, ways.email, ways.post) == (False, True, False, False)
    asked = people.asked_for(officer, person, point.id)
    assert asked.guard.heed
    assert "Do not ring it" in asked.caution
    assert card.may_be_messaged(Preferred.SMS)
    assert not card.may_be_messaged(Preferred.EMAIL)


def test_a_number_of_which_nothing_was_said_is_not_safe():
    row = taken(ways={}, person={"email": "robin@example.org"})
    assert {point.safe for point in victim_of(row).contact_points} == {Safe.NO}


def test_a_letter_is_safe_only_where_it_was_ticked():
    homes = {"address": "1 Alder Road", "postcode": "SG1 1AA"}
    closed, opened = taken(person=homes), taken(person=homes, letter_ok=Safe.YES)
    assert victim_of(closed).addresses[0].letter_ok is Safe.NO
    assert victim_of(opened).addresses[0].letter_ok is Safe.YES


def test_where_no_way_is_safe_nothing_is_promised_and_nothing_is_lost():
    nowhere = {"mobile": "", "safe": "no", "preferred": "none"}
    row = taken(ways={}, person=nowhere)
    assert row.promised_on is None
    assert row.referral.waits is Waits.NO_CONTACT_POINT


def test_the_day_that_is_promised_is_the_services_own_standard():
    assert taken().promised_on == date(2026, 12, 2)
    urgent = taken(kinds=(Happened.HATE,), strands=(Strand.RACE,))
    assert urgent.promised_on == date(2026, 11, 26)


def test_a_hate_crime_from_a_reporting_centre_names_the_centre_and_proposes_its_ground():
    row = taken(
        filled_by=FilledBy.CENTRE,
        organisation="Example Centre",
        helper=Helper(name="Sam Helper", phone="+447700900321", email="sam@example.org"),
        kinds=(Happened.HATE,),
        strands=(Strand.DISABILITY,),
        anonymous=True,
        person={"first_name": "", "last_name": ""},
    )
    assert row.referral.source == "Example Centre"
    assert "hate_crime" in row.referral.proposals
    assert row.referral.pressing == 0
    around = db.session.scalars(sa.select(PersonAround)).one()
    assert (around.name, around.speak) == ("Sam Helper", Safe.ASK)
    assert numbers.holder("+447700900321", case_ids=()) is not Held.NONE


def test_somebody_in_danger_comes_first_in_the_queue():
    row = taken(danger=Danger.YES)
    assert row.danger is Danger.YES
    assert row.referral.pressing == 0


def test_without_the_other_persons_word_nothing_is_kept():
    with pytest.raises(RuleBroken, match="Ask them first"):
        taken(filled_by=FilledBy.FRIEND, agreed=False, helper=Helper(name="Sam"))
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0
    assert db.session.scalar(sa.select(sa.func.count(Victim.id))) == 0


def test_what_came_by_the_public_page_is_linked_to_nobody_by_itself():
    """Whoever hurts somebody knows their name, their date of birth and their telephone too."""
    a_victim(first_name="Robin", last_name="Marsh", date_of_birth=date(1990, 2, 1), mobile=NUMBER)
    surely, perhaps = taken(), taken(person={"date_of_birth": None})
    for row in (surely, perhaps):
        assert row.referral.waits is Waits.POSSIBLE_MATCH
        assert not row.referral.linked_to_known
        assert row.referral.case_id is None
    assert set(db.session.scalars(sa.select(PersonLink.state))) == {LinkState.POSSIBLE}


def test_somebody_surely_known_who_is_on_the_line_is_linked():
    a_victim(first_name="Robin", last_name="Marsh", date_of_birth=date(1990, 2, 1), mobile=NUMBER)
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    assert take_call(told(), actor=officer).referral.linked_to_known
    assert set(db.session.scalars(sa.select(PersonLink.state))) == {LinkState.LINKED}


def test_its_numbers_are_held_from_the_moment_it_is_here():
    taken(anonymous=True, person={"first_name": "", "last_name": ""})
    assert numbers.holder(NUMBER, case_ids=()) is not Held.NONE


def test_triage_reads_what_they_wrote_and_the_day_that_was_named_and_no_number():
    row = taken()
    said = referrals.what_the_feed_said(row.referral)
    assert said["reason"] == "It was outside the station."
    assert said["we said that somebody would be in touch by"] == "2 December 2026"
    assert "900123" not in str(said)


def test_what_they_wrote_is_sealed_at_rest():
    row = taken()
    held = db.session.scalar(sa.select(SelfReferral.told_sealed).where(SelfReferral.id == row.id))
    assert held is not None
    assert b"station" not in held


def test_a_police_reference_that_somebody_types_joins_them_to_no_crime_of_ours():
    police = taken(said={"Crime reference": "41/66827/20"})
    assert police.referral.crime.reference == police.reference


def test_what_is_said_on_the_line_is_confirmed_by_who_took_it_down():
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    row = take_call(told(person={"preferred": "sms"}), actor=officer)
    person = victim_of(row)
    assert row.referral.feed == "phone"
    assert person.contact_points[0].confirmed_by_id == officer.id
    assert person.safe_contact is not None
    assert person.safe_contact.confirmed_by_id == officer.id
    assert "first_name" in person.confirmed


def test_every_referral_has_a_reference_of_its_own():
    made = {taken(person={"last_name": f"Marsh{n}"}).reference for n in range(4)}
    assert len(made) == 4
    assert db.session.scalar(sa.select(sa.func.count(CaseFile.id))) is not None


def promised(officer: Actor, day: date) -> list[int]:
    queue = referrals.Queue(viewer=officer, promised_by=day)
    page = [row.id for row in queue.page()]
    assert len(page) == together.answer(referrals.Queue(viewer=officer).number_promised(day))
    return page


def tried(referral: Referral, outcome: ContactOutcome, officer: Actor) -> None:
    said = Tried(channel=Channel.PHONE, outcome=outcome, notes="", at=clock.now())
    record_try(referral, said, version=referral.version, actor=officer)


def test_a_day_that_was_promised_without_a_case_is_owed_until_somebody_is_in_touch():
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    row = taken(anonymous=True, person={"first_name": "", "last_name": "", "date_of_birth": None})
    referral = row.referral
    assert row.promised_on is not None
    assert referral.contact_by == row.promised_on
    assert promised(officer, row.promised_on - timedelta(days=1)) == []
    assert promised(officer, row.promised_on) == [referral.id]
    tried(referral, ContactOutcome.NO_ANSWER, officer)
    assert promised(officer, row.promised_on) == [referral.id]
    tried(referral, ContactOutcome.SPOKE, officer)
    assert promised(officer, row.promised_on) == []
    assert row.promised_on is not None  # what was said stays on record


def test_where_a_case_is_open_its_own_first_contact_is_what_is_owed():
    officer = an_actor(a_member_of_staff(Role.INTAKE_OFFICER))
    row = taken()
    assert row.promised_on is not None
    assert promised(officer, row.promised_on) == []
