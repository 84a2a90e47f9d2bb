"""The page of safe contact: asked, answered, confirmed by a person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.people.models import ContactPoint, ProposedChange, Victim
from beacon.people.terms import Preferred, Safe
from tests.factories import a_case, a_victim
from tests.pages import form_of, text_of


@pytest.fixture
def officer(app: Flask, desk):
    return desk(Role.INTAKE_OFFICER)


@pytest.fixture
def victim(app: Flask) -> int:
    person = a_victim(
        mobile="07700 900123", address="4 Example Road", postcode="AL1 3LB", safe="ask"
    )
    a_case(victim=person)
    return person.id


def point(victim_id: int) -> ContactPoint:
    db.session.rollback()
    return db.session.scalars(
        sa.select(ContactPoint).where(ContactPoint.victim_id == victim_id)
    ).first()


def test_what_a_person_said_is_confirmed_by_who_asked(officer, victim):
    number = point(victim).id
    answer = officer.submit(
        f"/people/{victim}/contact",
        overall="yes",
        preferred="sms",
        words="Say it is Sam.",
        letter_ok="no",
        **{f"safe_{number}": "yes", f"text_{number}": "yes", f"voicemail_{number}": "no"},
    )
    assert answer.status_code == 302
    held = point(victim)
    assert (held.safe, held.text_ok, held.voicemail_ok) == (Safe.YES, Safe.YES, Safe.NO)
    assert held.confirmed_by_id == officer.person_id
    safe = db.session.get_one(Victim, victim).safe_contact
    assert (safe.preferred, safe.words) == (Preferred.SMS, "Say it is Sam.")


def test_a_new_number_and_a_new_address_are_added(officer, victim):
    where = f"/people/{victim}/contact"
    new = {"new_mobile": "07700 900124", "address": "9 Sample Way", "postcode": "AL1 3LD"}
    officer.post(where, data=form_of(officer.get(where)) | new)
    person = db.session.get_one(Victim, victim)
    assert "+447700900124" in {one.value for one in person.contact_points}
    assert [one.lines for one in person.addresses if not one.retired_at] == ["9 Sample Way"]


def test_a_number_that_is_none_is_said_beside_its_box(officer, victim):
    page = officer.submit(f"/people/{victim}/contact", new_mobile="12")
    assert "Enter a telephone number" in text_of(page)


def test_a_proposed_change_is_taken_by_a_button(officer, victim):
    with transaction() as session:
        change = ProposedChange(
            victim_id=victim, field="first_name", value="Alexis", source="police"
        )
        session.add(change)
    page = officer.get(f"/people/{victim}/contact")
    assert "Alexis" in text_of(page)
    token = form_of(page)["csrf_token"]
    officer.post(f"/people/changes/{change.id}/accept", data={"csrf_token": token})
    assert db.session.get_one(Victim, victim).first_name == "Alexis"


@pytest.mark.proves("P-01")
def test_a_number_stands_masked_beside_every_question_about_it(officer, victim):
    with transaction() as session:
        told = {"email": "alex.new@example.org", "mobile": "07700 900125"}
        for field, value in told.items():
            change = ProposedChange(victim_id=victim, field=field, value=value, source="police")
            session.add(change)
    page = officer.submit(f"/people/{victim}/contact", overall="")
    words = text_of(page)
    assert "Mobile +44 77•• •••123" in words
    assert "Mobile : +44 77•• •••125" in words
    assert "a•••••@•••••" in words
    for part in (b"900123", b"900 123", b"900125", b"alex.new"):
        assert part not in page.data


def test_the_way_back_is_an_address_of_this_site(officer, victim):
    answer = officer.submit(f"/people/{victim}/contact?next=https://example.com/")
    assert answer.location.endswith(f"/people/{victim}/contact")


def test_a_person_out_of_scope_is_not_found(desk, victim):
    fraud = desk(Role.FRAUD_OFFICER)
    assert fraud.get(f"/people/{victim}/contact").status_code == 404
    assert desk(Role.COURT_OFFICER).get(f"/people/{victim}/contact").status_code == 403
