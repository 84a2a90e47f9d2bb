"""People: registered, taken in again, confirmed, and how they may be reached."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from beacon.people import commands, queries, rules
from beacon.people.commands import BY_HAND, ContactAnswers, PointAnswer
from beacon.people.models import ProposedChange, Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import Fact, Preferred, Safe
from tests.factories import TEST, a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAFE = {"safe": "yes", "preferred": "sms"}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(app: Flask):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


def some_facts(**known) -> PersonFacts:
    usual = {
        "first_name": "Robin",
        "last_name": "O’Neill",
        "date_of_birth": date(1980, 5, 1),
        "mobile": "07700 900123",
        "email": "robin@example.org",
    }
    return PersonFacts(**usual | known)


def a_person(source: str = "police", **known) -> Victim:
    return commands.register(some_facts(**known), source=source, actor=TEST)


def a_person_of_a_case(source: str = "police", **known) -> Victim:
    return a_case(victim=a_person(source, **known)).victim


def again(victim: Victim, **known) -> tuple[str, ...]:
    return commands.receive(victim, some_facts(**known), source="police", actor=TEST)


def answers(victim: Victim, **known) -> ContactAnswers:
    safe = {point.id: PointAnswer(safe=Safe.YES) for point in victim.contact_points}
    return ContactAnswers(
        **{"overall": Safe.YES, "preferred": Preferred.PHONE, "points": safe} | known
    )


def test_a_landline_and_a_mobile_are_held_and_are_what_they_are_whatever_their_column():
    victim = a_person(mobile="020 7946 0780", phone="07700 900124")
    kinds = {point.value: point.kind.value for point in victim.contact_points}
    assert kinds["+442079460780"] == "phone"
    assert kinds["+447700900124"] == "mobile"
    assert holder("02079460780") is holder("07700900124") is Held.ANOTHER_CASE


@pytest.mark.parametrize(
    ("known", "may"),
    [
        ({"safe": "yes", "preferred": "sms"}, {Preferred.SMS}),
        ({"safe": "yes", "preferred": "email"}, {Preferred.EMAIL}),
        ({"safe": "yes", "preferred": "post"}, set()),
        ({"safe": "yes", "preferred": "none"}, set()),
        ({"safe": "yes"}, set()),
        ({"safe": "no", "preferred": "sms"}, set()),
        ({"safe": "ask", "preferred": "sms"}, set()),
        ({"preferred": "sms"}, set()),
    ],
)
def test_an_automatic_message_goes_only_where_the_person_said_so(officer, known, may):
    card = queries.contact_card(officer, a_person(**known))
    assert {way for way in Preferred if card.may_be_messaged(way)} == may


def test_a_feed_changes_its_own_facts_and_erases_none():
    victim = a_person()
    changed = again(victim, last_name="O'Neill-Hart", email="", gender="Female")
    assert set(changed) == {"last_name", "gender"}
    assert victim.surname_key == "oneill hart"
    assert len([p for p in victim.contact_points if not p.retired_at]) == 2


def test_what_a_person_entered_is_not_overwritten_but_proposed_once():
    victim = a_person(source=BY_HAND)
    again(victim, first_name="Robyn", mobile="07700 900125")
    again(victim, first_name="Robyn", mobile="07700 900125")
    proposed = db.session.scalars(sa.select(ProposedChange.field)).all()
    assert sorted(proposed) == ["first_name", "mobile"]
    assert victim.first_name == "Robin"


def test_a_proposed_number_takes_the_place_of_ours_when_a_person_takes_it(officer):
    victim = a_person_of_a_case(source=BY_HAND)
    again(victim, mobile="07700 900125")
    change = db.session.scalars(sa.select(ProposedChange)).one()
    commands.accept_change(change, actor=officer)
    live = {point.value for point in victim.contact_points if not point.retired_at}
    assert live == {"+447700900125", "robin@example.org"}
    with pytest.raises(RuleBroken, match="already decided"):
        commands.decline_change(change, actor=officer)


def test_a_declined_change_leaves_what_we_hold_and_is_not_asked_again(officer):
    victim = a_person_of_a_case(source=BY_HAND)
    again(victim, date_of_birth=date(1981, 5, 1))
    commands.decline_change(db.session.scalars(sa.select(ProposedChange)).one(), actor=officer)
    again(victim, date_of_birth=date(1981, 5, 1))
    assert victim.date_of_birth == date(1980, 5, 1)
    assert queries.contact_card(officer, victim).proposed == ()


def test_a_feed_that_says_not_safe_stops_messages_until_a_person_decides(officer):
    victim = a_person_of_a_case(**SAFE)
    mobile = victim.contact_points[0].id
    commands.confirm_contact(
        victim,
        answers(
            victim,
            preferred=Preferred.SMS,
            points={mobile: PointAnswer(safe=Safe.YES, text_ok=Safe.YES)},
        ),
        version=victim.version,
        actor=officer,
    )
    assert queries.contact_card(officer, victim).may_be_messaged(Preferred.SMS)
    again(victim, safe="no", preferred="sms")
    assert victim.safe_contact.overall is Safe.YES
    assert not queries.contact_card(officer, victim).may_be_messaged(Preferred.SMS)


def test_a_new_number_of_which_a_row_says_nothing_is_not_safe_whatever_was_said_of_another(officer):
    victim = a_person(**SAFE)
    again(victim, mobile="07700 900125", preferred="sms")
    live = {point.value: point.safe for point in victim.contact_points if not point.retired_at}
    assert live["+447700900125"] is Safe.NOT_ASKED
    assert live["robin@example.org"] is Safe.YES
    assert not queries.contact_card(officer, victim).may_be_messaged(Preferred.SMS)


def test_a_number_said_not_to_be_safe_stays_so_until_a_row_says_that_it_is(officer):
    victim = a_person(safe="no", preferred="sms")
    again(victim, mobile="07700 900125", email="", **SAFE)
    again(victim, email="")
    safe = {point.value: point.safe for point in victim.contact_points}
    assert safe["+447700900123"] is Safe.NO
    again(victim, email="", **SAFE)
    assert queries.contact_card(officer, victim).may_be_messaged(Preferred.SMS)


def test_a_number_that_comes_again_takes_the_place_of_the_one_that_took_its_own():
    victim = a_person(**SAFE)
    again(victim, mobile="07700 900125", **SAFE)
    again(victim, **SAFE)
    live = {point.value for point in victim.contact_points if not point.retired_at}
    assert live == {"+447700900123", "robin@example.org"}


def test_confirming_writes_down_who_and_when_and_holds_a_new_number(officer):
    victim = a_person_of_a_case()
    new = (rules.telephone("07700 900126"),)
    commands.confirm_contact(
        victim, answers(victim, new_points=new), version=victim.version, actor=officer
    )
    card = queries.contact_card(officer, victim)
    assert (card.overall, card.confirmed_by) == (Safe.YES, officer.name)
    assert not card.needs_confirming
    assert holder("07700900126") is Held.ANOTHER_CASE


def test_one_number_typed_in_two_boxes_is_kept_once(officer):
    victim = a_person_of_a_case()
    before = len(victim.contact_points)
    new = (rules.telephone("07700 900126"), rules.telephone("07700 900126"))
    commands.confirm_contact(
        victim, answers(victim, new_points=new), version=victim.version, actor=officer
    )
    assert len(victim.contact_points) == before + 1


def test_after_ninety_days_it_must_be_asked_again(officer):
    victim = a_person_of_a_case()
    commands.confirm_contact(victim, answers(victim), version=victim.version, actor=officer)
    with clock.fixed(MONDAY + timedelta(days=91)):
        assert queries.contact_card(officer, victim).needs_confirming


def test_a_number_no_longer_theirs_is_kept_retired_and_still_guards(officer):
    victim = a_person_of_a_case()
    point = victim.contact_points[0]
    commands.confirm_contact(
        victim,
        answers(victim, points={point.id: PointAnswer(safe=Safe.NO, retired=True)}),
        version=victim.version,
        actor=officer,
    )
    assert point.id not in {one.id for one in queries.contact_card(officer, victim).current}
    assert holder("07700900123") is Held.ANOTHER_CASE


@pytest.mark.proves("P-04")
@pytest.mark.parametrize("words", ["Never text", "Not after 17:00"])
def test_no_automatic_message_goes_where_words_forbid_or_name_an_hour(officer, words):
    plain, ruled = a_person_of_a_case(**SAFE), a_person(**SAFE, safe_notes=words)
    assert queries.contact_card(officer, plain).may_be_messaged(Preferred.SMS)
    assert not queries.contact_card(officer, ruled).may_be_messaged(Preferred.SMS)


def test_an_older_version_of_the_page_is_refused(officer):
    victim = a_person_of_a_case()
    version = victim.version
    again(victim, gender="Female")
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.confirm_contact(victim, answers(victim), version=version, actor=officer)


def test_what_a_linked_record_says_of_danger_is_heeded(officer):
    known, other = a_person_of_a_case(), a_person(**SAFE)
    commands.confirm_contact(
        known, answers(known, overall=Safe.NO), version=known.version, actor=officer
    )
    commands.link(known, other, facts=(Fact.REFERENCE,), actor=officer)
    card = queries.contact_card(officer, other)
    assert card.overall is Safe.NO
    assert card.warnings
    commands.unlink(known, other, reason="Two people, they say.", actor=officer)
    assert queries.contact_card(officer, other).overall is Safe.YES


def test_a_court_officer_sees_no_number_and_no_address():
    victim = a_person_of_a_case(
        address="4 Example Road", postcode="AL1 3LB", safe_notes="Not after six"
    )
    viewer = an_actor(a_member_of_staff(Role.COURT_OFFICER))
    card = queries.contact_card(viewer, victim)
    shown = " ".join(point.shown for point in card.points) + card.words + card.addresses[0].area
    assert "900123" not in shown
    assert "robin" not in shown
    assert "AL1" not in shown
    assert "six" not in shown


def test_the_same_person_is_certain_by_name_birth_and_one_contact():
    known = a_person_of_a_case()
    found = queries.match(some_facts(last_name="O'NEILL", email=""))
    assert found.certain.id == known.id
    assert set(found.basis[known.id]) == {Fact.NAME, Fact.BORN, Fact.CONTACT}


def test_two_facts_are_likely_and_one_is_only_shown():
    known = a_person_of_a_case()
    likely = queries.match(some_facts(mobile="", email=""))
    shown = queries.match(
        some_facts(first_name="Kim", last_name="Bell", date_of_birth=None, email="")
    )
    assert (likely.certain, [one.id for one in likely.likely]) == (None, [known.id])
    assert (shown.certain, shown.likely, list(shown.basis)) == (None, [], [known.id])


def test_a_person_without_a_name_equals_nobody():
    a_person(first_name="", last_name="", mobile="", email="")
    found = queries.match(some_facts(first_name="", last_name="", mobile="", email=""))
    assert (found.certain, found.likely) == (None, [])
