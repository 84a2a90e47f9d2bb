"""Links, resets and declared contacts in the database, the same on both."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands, queries, rules
from beacon.accounts.commands import Declaration
from beacon.accounts.models import DeclaredContact, SetupLink, Staff
from beacon.accounts.terms import LinkPurpose, Relation
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.mail.models import OutboundMail
from beacon.people.models import Address, ContactPoint, Victim
from tests.factories import TEST, a_member_of_staff, a_victim, an_actor

ANOTHER = "thimble orchard gravel"


@pytest.fixture
def person(app: Flask) -> Staff:
    return a_member_of_staff(email="kim@example.org")


@pytest.mark.proves("A-22", "A-25")
def test_of_two_who_use_a_link_at_once_one_sets_the_password(app: Flask, person: Staff):
    token = commands.issue_setup_link(person, purpose=LinkPurpose.RESET, actor=TEST)
    came: list[str] = []

    def use() -> None:
        with app.app_context():
            try:
                commands.use_setup_link(token, "a stranger's own words")
            except RuleBroken as refusal:
                came.append(refusal.message)
            else:
                came.append("set")

    stranger = threading.Thread(target=use)
    with transaction():
        commands.use_setup_link(token, ANOTHER)
        stranger.start()
        stranger.join(1)  # reads the link as good, and waits for us
        assert came == []
    stranger.join()
    assert came == ["This link has been used or has expired. Ask for a new one."]


@pytest.mark.proves("A-22")
def test_asking_is_answered_once_however_often_the_job_runs(person: Staff):
    for email in ("kim@example.org", "nobody@example.org"):
        commands.ask_for_reset(email, ip="192.0.2.1")
    assert [commands.send_resets() for _ in range(3)] == [1, 0, 0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboundMail)) == 1


@pytest.mark.proves("A-22")
def test_what_was_asked_long_ago_is_not_answered(person: Staff):
    commands.ask_for_reset("kim@example.org", ip="192.0.2.1")
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert commands.send_resets() == 0


@pytest.mark.proves("A-25")
def test_only_the_hash_of_a_link_is_kept(person: Staff):
    with clock.fixed(clock.now()):
        token = commands.issue_setup_link(person, actor=TEST)
    kept = db.session.scalars(sa.select(SetupLink)).one()
    assert kept.token_hash == commands.digest(token)
    assert len(token) >= 43
    assert kept.expires_at - kept.created_at == timedelta(hours=24)


@pytest.mark.proves("A-22", "A-25")
@pytest.mark.parametrize("purpose", list(LinkPurpose))
@pytest.mark.parametrize("how", ["disabled and enabled", "enabled", "another address"])
def test_a_link_dies_with_what_it_was_given_for(person: Staff, how: str, purpose: LinkPurpose):
    actor = an_actor(person)
    commands.set_password(person, ANOTHER, actor=TEST)
    if how == "enabled":
        commands.disable(person, actor=TEST)
    link = commands.issue_setup_link(person, purpose=purpose, actor=TEST)
    if how == "disabled and enabled":
        commands.disable(person, actor=TEST)
    if how == "another address":
        commands.change_email(person, current=ANOTHER, email="kim.new@example.org", actor=actor)
    else:
        commands.enable(person, actor=TEST)
    with pytest.raises(RuleBroken, match="has been used or has expired"):
        commands.use_setup_link(link, "wheelbarrow lantern tide")
    fresh = commands.issue_setup_link(person, purpose=purpose, actor=TEST)
    assert commands.use_setup_link(fresh, "wheelbarrow lantern tide").id == person.id


FACTS = {
    "mobile": "07700 900123",
    "email": "Robin@example.org",
    "address": "12 Elm Row",
    "postcode": "AL1 3LB",
    "last_name": "O'Ashcombe",
}


def declared() -> list[DeclaredContact]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(DeclaredContact).order_by(DeclaredContact.id)))


def test_a_declaration_is_found_by_what_victims_are_found_by(person: Staff):
    victim = a_victim(**FACTS)
    commands.declare(
        person,
        Declaration(
            relation=Relation.FAMILY,
            last_name="o’ashcombe",
            phone="+44 7700 900 123",
            email=" ROBIN@example.org",
            address="12, Elm Row",
            postcode="al13lb",
        ),
        actor=an_actor(person),
    )
    by_phone, by_email = declared()
    points = set(db.session.scalars(sa.select(ContactPoint.value_index)))
    home = db.session.scalars(sa.select(Address)).one()
    assert {by_phone.point_index, by_email.point_index} == points
    assert by_phone.address_index == home.full_index
    assert by_phone.postcode_index == home.postcode_index
    assert by_phone.surname_key == db.session.get_one(Victim, victim.id).surname_key
    assert (by_email.address_index, by_email.postcode_index) == (None, None)


@pytest.mark.parametrize(
    "typed", ["07700900123", "+447700900123", "0044 7700 900123", "+44 (0)7700 900123"]
)
def test_a_number_is_the_same_in_whatever_form_it_is_declared(person: Staff, typed: str):
    a_victim(mobile="07700 900 123")
    said = Declaration(relation=Relation.SELF, phone=typed)
    commands.declare(person, said, actor=an_actor(person))
    assert declared()[0].point_index == db.session.scalar(sa.select(ContactPoint.value_index))


def test_ones_own_sign_in_address_is_comparable_with_a_victims(person: Staff):
    a_victim(email="Kim@Example.org")
    assert person.email_index in set(db.session.scalars(sa.select(ContactPoint.value_index)))


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({}, "phone"),
        ({"last_name": "Ashcombe"}, "phone"),
        ({"postcode": "AL1 3LB"}, "phone"),
        ({"address": "12 Elm Row"}, "postcode"),
    ],
)
def test_what_nobody_could_be_known_by_is_refused(person: Staff, known: dict[str, str], field: str):
    with pytest.raises(RuleBroken) as refused:
        commands.declare(
            person, Declaration(relation=Relation.OTHER, **known), actor=an_actor(person)
        )
    assert refused.value.field == field
    assert declared() == []


def test_the_list_of_the_declared_is_its_authors(person: Staff):
    said = Declaration(relation=Relation.FRIEND, last_name="Ashcombe", postcode="AL1 3LB")
    commands.declare(person, said, actor=an_actor(person))
    (mine,) = queries.declared_by(person.id)
    assert (mine.name, mine.facts["postcode"]) == ("Ashcombe", "AL1 3LB")
    assert queries.declared_by(a_member_of_staff().id) == []


@pytest.mark.parametrize(
    "email", ["kim", "kim@", "@example.org", "kim@exam ple.org", "kim@example.org\nBcc: e@x.org"]
)
def test_an_account_needs_an_address_that_mail_can_reach(app: Flask, email: str):
    with pytest.raises(RuleBroken) as refused:
        a_member_of_staff(email=email)
    assert refused.value.field == "email"


@pytest.mark.proves("I-08")
def test_an_address_in_look_alike_letters_is_refused(app: Flask):
    with pytest.raises(RuleBroken, match="plain letters"):
        a_member_of_staff(email="kіm@example.org")  # a Ukrainian i


@pytest.mark.parametrize(("days", "dormant"), [(0, False), (45, False), (46, True)])
def test_an_account_nobody_uses_for_45_days_is_marked(days: int, dormant: bool):
    now = clock.now()
    assert rules.is_dormant(None, now - timedelta(days=days), now) is dormant
    assert rules.is_dormant(now - timedelta(days=days), now - timedelta(days=99), now) is dormant
