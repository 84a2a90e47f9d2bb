"""The people around a victim: kept, changed, taken off, and their numbers shown one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor, reader
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.numbers.queries import holder
from beacon.numbers.terms import Held
from beacon.people import commands, queries
from beacon.people.models import AroundShowing, PersonAround
from beacon.people.rules import AroundFacts
from beacon.people.terms import Around, Safe
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare, restricted

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHY = "To ask where she is staying"
MOTHER = AroundFacts(
    kind=Around.NEXT_OF_KIN,
    name="Jo Example",
    relation="mother",
    mobile="07700 900101",
    notes="Knows everything",
    speak=Safe.YES,
)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff()


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    return a_case(victim=a_victim(mobile="07700 900444"), manager=manager)


def added(case: CaseFile, facts: AroundFacts = MOTHER, actor: Actor = TEST) -> PersonAround:
    return commands.add_around(case.victim, facts, actor=actor)


def show(case: CaseFile, person: PersonAround, who: Staff, **said: Any) -> PersonAround:
    usual = {"heeded": False, "reason": ""}
    return commands.show_around(
        case.victim, person.id, "mobile", **usual | said, actor=reader(an_actor(who))
    )


def test_what_is_said_of_them_lies_sealed_in_the_row(case: CaseFile):
    added(case)
    row = db.session.execute(sa.text("SELECT * FROM person_around")).mappings().one()
    lying_open = " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for v in row.values())
    assert not [word for word in ("Jo", "mother", "900101", "Knows") if word in lying_open]
    (card,) = queries.people_around(TEST, case.victim)
    assert (card.name, card.relation, card.notes) == ("Jo Example", "mother", "Knows everything")


def test_a_page_shows_their_number_masked(case: CaseFile):
    added(case)
    (card,) = queries.people_around(TEST, case.victim)
    assert card.numbers == {"mobile": "+44 77•• •••101"}


def test_the_log_names_the_order_and_none_of_the_words(case: CaseFile, manager: Staff):
    person = added(case, actor=an_actor(manager))
    new = replace(MOTHER, mobile="07700 900102")
    commands.change_around(case.victim, person.id, new, version=1, actor=an_actor(manager))
    commands.retire_around(case.victim, person.id, version=2, actor=an_actor(manager))
    rows = db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.action.startswith("person_around."))
        .order_by(AuditEntry.seq)
    ).all()
    assert [row.action.partition(".")[2] for row in rows] == ["added", "changed", "retired"]
    assert not [row for row in rows if "Jo" in row.facts or "900102" in row.facts]


def test_a_number_that_is_not_given_stays_and_one_that_is_gone_goes(case: CaseFile):
    person = added(case)
    empty = replace(MOTHER, mobile="", phone="01632 960123")
    changed = commands.change_around(case.victim, person.id, empty, version=1, actor=TEST)
    assert (changed.mobile, changed.phone) == ("07700 900101", "01632 960123")
    gone = commands.change_around(
        case.victim, person.id, replace(empty, phone=""), gone=["mobile"], version=2, actor=TEST
    )
    assert (gone.mobile, gone.phone) == ("", "01632 960123")
    assert holder("07700 900101") is Held.ANOTHER_CASE


def test_an_old_page_and_somebody_taken_off_are_refused(case: CaseFile):
    person = added(case)
    with pytest.raises(RuleBroken, match="just changed"):
        commands.change_around(case.victim, person.id, MOTHER, version=9, actor=TEST)
    commands.retire_around(case.victim, person.id, version=1, actor=TEST)
    with pytest.raises(RuleBroken, match="not around"):
        commands.change_around(case.victim, person.id, MOTHER, version=2, actor=TEST)


def test_nobody_is_added_without_a_name(case: CaseFile):
    with pytest.raises(RuleBroken, match="name"):
        added(case, replace(MOTHER, name="  "))


@pytest.mark.proves("L-11", "Z-11")
@pytest.mark.proves("L-05")
def test_a_form_that_is_sent_twice_adds_one_person(case: CaseFile):
    plain = AroundFacts(kind=Around.WITNESS, name="Bo Example")
    for facts in (MOTHER, plain):
        assert added(case, facts).id == added(case, facts).id
    assert added(case, replace(MOTHER, notes="Knows nothing")).id != added(case).id
    actions = [row.action for row in db.session.scalars(sa.select(AuditEntry))]
    assert actions.count("person_around.added") == 3


def test_somebody_who_was_taken_off_is_added_again(case: CaseFile):
    first = added(case)
    commands.retire_around(case.victim, first.id, version=1, actor=TEST)
    assert added(case).id != first.id


def test_each_order_is_refused_once_the_victim_is_closed_to_whoever_gives_it(case: CaseFile):
    person, colleague = added(case), a_member_of_staff(Role.INTAKE_OFFICER)
    actor = an_actor(colleague)
    declare(colleague, mobile="07700 900444")
    orders = (
        lambda: added(case, actor=actor),
        lambda: commands.change_around(case.victim, person.id, MOTHER, version=1, actor=actor),
        lambda: commands.retire_around(case.victim, person.id, version=1, actor=actor),
        lambda: show(case, person, colleague, heeded=True, reason=WHY),
    )
    for order in orders:
        with pytest.raises(NotFound):
            order()
    assert db.session.scalar(sa.select(sa.func.count(PersonAround.id))) == 1


def test_one_victims_page_does_not_lead_to_somebody_around_another(case: CaseFile):
    other = a_case()
    person = added(case)
    with pytest.raises(NotFound):
        commands.retire_around(other.victim, person.id, version=1, actor=TEST)
    with pytest.raises(NotFound):
        queries.asked_around(TEST, other.victim, person.id, "mobile")


@pytest.mark.proves("P-01", "P-04")
def test_a_number_of_ones_own_caseload_is_shown_once_the_notes_were_read_and_each_time_kept(
    case: CaseFile, manager: Staff
):
    person = added(case)
    with pytest.raises(RuleBroken, match="warning"):
        show(case, person, manager)
    assert show(case, person, manager, heeded=True).mobile == "07700 900101"
    (showing,) = db.session.scalars(sa.select(AroundShowing)).all()
    assert (showing.person_around_id, showing.by_id) == (person.id, manager.id)


@pytest.mark.proves("P-04")
def test_nothing_is_asked_where_we_may_speak_to_them_and_nothing_is_to_be_heeded(
    case: CaseFile, manager: Staff
):
    person = added(case, replace(MOTHER, notes=""))
    assert queries.asked_around(an_actor(manager), case.victim, person.id, "mobile").guard.is_open


@pytest.mark.proves("P-04")
def test_a_colleague_says_why(case: CaseFile):
    person, colleague = added(case), a_member_of_staff()
    with pytest.raises(RuleBroken, match="why"):
        show(case, person, colleague, heeded=True)
    show(case, person, colleague, heeded=True, reason=WHY)
    (showing,) = db.session.scalars(sa.select(AroundShowing)).all()
    assert showing.reason == WHY


@pytest.mark.proves("P-04")
def test_in_a_restricted_case_it_is_asked_for_and_proved(case: CaseFile, manager: Staff):
    person = added(case)
    restricted(case)
    guard = queries.asked_around(an_actor(manager), case.victim, person.id, "mobile").guard
    assert (guard.reason, guard.proof) == (True, True)
