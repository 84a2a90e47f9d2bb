"""An order about a person is refused once their record is closed to whoever gives it (L-11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor, reader
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers
from beacon.people.models import ProposedChange, Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import Safe
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.kin import declare, restricted

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHY = "To arrange the first visit"
NUMBER, PLACE = "07700 900444", {"address": "1 Elm Row", "postcode": "AL1 3LB"}


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def person() -> Staff:
    return a_member_of_staff(Role.INTAKE_OFFICER)


@pytest.fixture
def case() -> CaseFile:
    """The case of somebody with a number, a home, and a change that a feed proposes."""
    facts = PersonFacts(last_name="Marsh", date_of_birth=date(1980, 5, 1), mobile=NUMBER, **PLACE)
    found = people.register(facts, source=people.BY_HAND, actor=TEST)
    said = replace(facts, date_of_birth=date(1981, 5, 1))
    people.receive(found, said, source="police", actor=TEST)
    return a_case(victim=found)


def the_change() -> ProposedChange:
    return db.session.scalars(sa.select(ProposedChange)).one()


def show(victim: Victim, actor: Actor) -> None:
    point = victim.contact_points[0].id
    people.show_point(victim, point, heeded=True, reason=WHY, actor=actor)


def reveal(victim: Victim, actor: Actor) -> None:
    people.reveal_address(victim, victim.addresses[0].id, reason=WHY, actor=actor)


def confirm(victim: Victim, actor: Actor) -> None:
    said = ContactAnswers(overall=Safe.YES, preferred=None)
    people.confirm_contact(victim, said, version=victim.version, actor=actor)


ORDERS: dict[str, Callable[[Victim, Actor], None]] = {
    "show": show,
    "reveal": reveal,
    "confirm": confirm,
    "accept": lambda _victim, actor: people.accept_change(the_change(), actor=actor),
    "decline": lambda _victim, actor: people.decline_change(the_change(), actor=actor),
}


def declared(person: Staff, case: CaseFile) -> None:
    declare(person, mobile=NUMBER)


def disabled(person: Staff, case: CaseFile) -> None:
    with transaction():
        person.disabled_at = clock.now()


def of_another_role(person: Staff, case: CaseFile) -> None:
    with transaction():
        person.role_rows[0].role = Role.ANALYST


MEANWHILE: dict[str, tuple[Callable[[Staff, CaseFile], object], type[Exception]]] = {
    "restricted": (lambda _person, case: restricted(case), NotFound),
    "declared": (declared, NotFound),
    "disabled": (disabled, RuleBroken),
    "of another role": (of_another_role, RuleBroken),
}


def done() -> list[str]:
    """What the log says was done or shown of people, once the transaction is over."""
    db.session.rollback()
    kinds = ("contact_point.shown", "address.shown", "victim.contact_confirmed")
    written = sa.select(AuditEntry.action).where(
        sa.or_(
            AuditEntry.action.in_(kinds),
            AuditEntry.action.startswith("proposed_change."),
        )
    )
    return list(db.session.scalars(written))


@pytest.mark.proves("L-11")
@pytest.mark.parametrize("order", list(ORDERS))
def test_whoever_may_open_the_record_may_give_the_order(person: Staff, case: CaseFile, order: str):
    ORDERS[order](case.victim, reader(an_actor(person)))
    assert len(done()) == 1


@pytest.mark.proves("L-11")
@pytest.mark.parametrize("meanwhile", list(MEANWHILE))
@pytest.mark.parametrize("order", list(ORDERS))
def test_an_order_is_refused_once_the_record_is_closed_to_whoever_opened_the_page(
    person: Staff, case: CaseFile, order: str, meanwhile: str
):
    actor = an_actor(person)
    change, refused = MEANWHILE[meanwhile]
    change(person, case)
    with pytest.raises(refused):
        ORDERS[order](case.victim, actor)
    assert done() == []
