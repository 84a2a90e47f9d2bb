"""A number or a place is shown one at a time: asked for, its reason sealed, once in the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.courts.commands.defendants import make_defendant, write_mobile
from beacon.entitlements.terms import Channel
from beacon.people import commands, queries
from beacon.people.commands import ContactAnswers
from beacon.people.models import Address, AddressShowing, ContactPoint, ContactShowing, Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import Fact, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NUMBER = "07700 900123"
WHY = "To arrange the first visit"


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager() -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER)


@pytest.fixture
def asker(manager: Staff) -> Actor:
    return an_actor(manager)


def of_caseload(manager: Staff | None, **known) -> Victim:
    victim = a_victim(**{"mobile": NUMBER, "safe": "yes"} | known)
    a_case(victim=victim, manager=manager)
    return victim


def show(victim: Victim, actor: Actor, **given) -> ContactPoint:
    point = victim.contact_points[0].id
    return commands.show_point(
        victim, point, **{"heeded": False, "reason": "", "actor": actor} | given
    )


def shown() -> list[AuditEntry]:
    asked = sa.select(AuditEntry).where(AuditEntry.action == "contact_point.shown")
    return list(db.session.scalars(asked))


@pytest.mark.proves("P-01")
def test_a_safe_number_of_ones_own_caseload_is_shown_at_once_and_written_down_once(manager, asker):
    victim = of_caseload(manager)
    point = show(victim, asker)
    assert queries.point_in_full(point) == NUMBER
    (entry,) = shown()
    assert (entry.operation, entry.object_id) == ("consultation", str(point.id))
    showing = db.session.scalars(sa.select(ContactShowing)).one()
    assert (showing.contact_point_id, showing.by_id, showing.reason) == (point.id, asker.id, "")
    assert json.loads(entry.facts) == {
        "fields": ["value"],
        "showing_id": showing.id,
        "victim_id": victim.id,
    }


@pytest.mark.proves("P-01")
def test_outside_the_caseload_a_reason_is_asked_and_kept_sealed(manager):
    victim, colleague = of_caseload(manager), an_actor(a_member_of_staff(Role.CASE_MANAGER))
    with pytest.raises(RuleBroken, match="10 characters") as refusal:
        show(victim, colleague, reason="   short   ")
    assert refusal.value.field == "reason"
    assert shown() == []
    show(victim, colleague, reason=WHY)
    stored = db.session.execute(sa.select(ContactShowing.reason_sealed)).scalar_one()
    assert WHY.encode() not in stored
    assert db.session.scalars(sa.select(ContactShowing)).one().reason == WHY
    (entry,) = shown()
    assert WHY not in entry.facts + entry.reason


@pytest.mark.proves("P-04")
@pytest.mark.parametrize(
    "known",
    [{"safe": "ask"}, {"safe": ""}, {"safe_notes": "Do not call after 17:00"}],
)
def test_a_warning_must_have_been_read(manager, asker, known):
    victim = of_caseload(manager, **known)
    with pytest.raises(RuleBroken, match="Read the warning") as refusal:
        show(victim, asker)
    assert refusal.value.field == "heeded"
    assert show(victim, asker, heeded=True).value == "+447700900123"


@pytest.mark.proves("P-04")
def test_a_number_that_is_not_safe_wants_the_warning_read_and_a_reason(manager, asker):
    victim = of_caseload(manager, safe="no")
    for half in ({"heeded": True}, {"reason": WHY}):
        with pytest.raises(RuleBroken):
            show(victim, asker, **half)
    assert show(victim, asker, heeded=True, reason=WHY)


@pytest.mark.proves("P-04")
def test_what_a_linked_record_says_of_danger_is_heeded_before_a_call(manager, asker):
    victim, other = of_caseload(manager), a_victim(safe="yes")
    said = ContactAnswers(overall=Safe.NO, preferred=None)
    commands.confirm_contact(other, said, version=other.version, actor=TEST)
    commands.link(victim, other, facts=(Fact.REFERENCE,), actor=TEST)
    with pytest.raises(RuleBroken):
        show(victim, asker)


@pytest.mark.proves("P-03")
def test_a_number_that_the_other_side_has_too_is_warned_of_whose_it_is_not_said(manager, asker):
    victim, bystander = of_caseload(manager), of_caseload(manager, mobile="07700 900124")
    assert queries.contact_card(asker, victim).warnings == ()
    crime = cases_of(victim)[0].crime
    with transaction():
        defendant = make_defendant(
            crime_key=crime.reference_key, first_name="Lee", last_name="Doe", date_of_birth=None
        )
        write_mobile(defendant, "+447700900123")
    (warning,) = queries.contact_card(asker, victim).warnings
    assert "for the other side" in warning
    assert "Doe" not in warning
    assert "900123" not in warning
    assert queries.contact_card(asker, bystander).warnings == ()
    with pytest.raises(RuleBroken, match="Read the warning"):
        show(victim, asker)


def cases_of(victim: Victim) -> list[CaseFile]:
    return db.session.scalars(sa.select(CaseFile).where(CaseFile.victim_id == victim.id)).all()


@pytest.mark.parametrize(
    ("role", "team", "is_theirs"),
    [
        (Role.INTAKE_OFFICER, "South", True),
        (Role.TEAM_LEADER, "North", True),
        (Role.CASE_MANAGER, "North", False),
        (Role.FRAUD_OFFICER, "North", False),
    ],
)
def test_a_case_that_nobody_manages_is_in_the_hands_of_those_who_take_it_on(role, team, is_theirs):
    victim = of_caseload(None)
    actor = an_actor(a_member_of_staff(role, team=team))
    assert queries.is_in_hand(actor, victim) is is_theirs


def test_a_closed_case_and_a_colleagues_are_nobodys_caseload(manager, asker):
    victim = of_caseload(manager)
    assert queries.is_in_hand(asker, victim)
    leader = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    assert not queries.is_in_hand(leader, victim)
    (case,) = cases_of(victim)
    cases.log_contact(
        case,
        at=MONDAY,
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        actor=TEST,
    )
    cases.close_case(case, note="Needs met.", version=case.version, actor=TEST)
    assert not queries.is_in_hand(asker, victim)


@pytest.mark.proves("A-26")
def test_a_restricted_case_shields_its_victim_under_every_record_held_to_be_theirs(manager, asker):
    victim, twin = of_caseload(manager), of_caseload(manager, mobile="07700 900124")
    commands.link(victim, twin, facts=(Fact.REFERENCE,), actor=TEST)
    assert not queries.is_restricted(victim)
    with transaction():
        cases_of(twin)[0].restricted = True
    for one in (victim, twin):
        asked = queries.asked_for(asker, one, one.contact_points[0].id)
        assert asked.guard.proof
        with pytest.raises(RuleBroken):
            show(one, asker)


def test_a_number_of_somebody_else_is_not_there(manager, asker):
    victim, other = of_caseload(manager), of_caseload(manager, mobile="07700 900124")
    foreign = other.contact_points[0].id
    with pytest.raises(NotFound):
        commands.show_point(victim, foreign, heeded=True, reason=WHY, actor=asker)


@pytest.mark.proves("P-01")
def test_the_whole_address_is_shown_only_for_a_reason_that_is_written_down(manager, asker):
    victim = of_caseload(manager, address="4 Example Road", postcode="AL1 3LB")
    (card,) = queries.contact_card(asker, victim).addresses
    assert card.area == "AL1 •••••"
    for reason in ("", "Letter"):
        with pytest.raises(RuleBroken):
            commands.reveal_address(victim, card.id, reason=reason, actor=asker)
    held = commands.reveal_address(victim, card.id, reason="Letter asked for", actor=asker)
    assert queries.address_in_full(held) == "4 Example Road\nAL1 3LB"
    asked = sa.select(AuditEntry).where(AuditEntry.action == "address.shown")
    entry = db.session.scalars(asked).one()
    assert "Letter" not in entry.reason + entry.facts
    assert db.session.scalars(sa.select(AddressShowing)).one().reason == "Letter asked for"


@pytest.mark.proves("P-03")
def test_an_address_that_changes_stays_sealed_in_the_history_under_the_same_guard(manager, asker):
    victim = of_caseload(manager, address="4 Example Road", postcode="AL1 3LB")
    said = ContactAnswers(
        overall=Safe.YES, preferred=None, address="9 Sample Way", postcode="AL1 3LD"
    )
    commands.confirm_contact(victim, said, version=victim.version, actor=asker)
    old, new = queries.contact_card(asker, victim).addresses
    assert (old.retired, new.retired) == (True, False)
    stored = db.session.execute(sa.select(Address.lines_sealed)).scalars().all()
    assert not any(b"Example" in one or b"Sample" in one for one in stored)
    with pytest.raises(RuleBroken):
        commands.reveal_address(victim, old.id, reason="", actor=asker)
    held = commands.reveal_address(victim, old.id, reason=WHY, actor=asker)
    assert queries.address_in_full(held) == "4 Example Road\nAL1 3LB"


@pytest.mark.proves("P-03")
@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (("4 Example Road", "AL1 3LB"), ("4 EXAMPLE ROAD", "AL13LB"), 1),
        (("", "AL1 3LB"), ("4 Example Road", "AL1 3LB"), 1),
        (("", "AL1 3LB"), ("9 Sample Way", "AL1 3LD"), 2),
        (("", "AL1 3LB"), ("", "AL1 3LD"), 2),
        (("4 Example Road", ""), ("9 Sample Way", ""), 2),
        (("4 Example Road", "AL1 3LB"), ("9 Sample Way", "AL1 3LD"), 2),
    ],
)
def test_a_feed_writes_over_an_address_only_where_nothing_is_lost(before, said, after):
    victim = a_victim(address=before[0], postcode=before[1])
    facts = PersonFacts(address=said[0], postcode=said[1])
    commands.receive(victim, facts, source="police", actor=TEST)
    assert len(victim.addresses) == after
    assert victim.addresses[-1].retired_at is None
