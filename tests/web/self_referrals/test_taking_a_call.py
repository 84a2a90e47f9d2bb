"""The one page for the person on the line, and who they may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.accounts.terms import Relation
from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.people.terms import Safe
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from beacon.self_referrals.models import SelfReferral
from tests.conftest import DeskClient
from tests.factories import TEST, a_victim, an_actor
from tests.feed_rows import a_file
from tests.pages import form_of, text_of

WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
SAID = {
    "danger": "no",
    "filled_by": "self",
    "agreed": "yes",
    "first_name": "Robin",
    "last_name": "Marsh",
    "mobile": "07700 900123",
    "overall": "yes",
    "call": "no",
    "text": "yes",
    "kinds": ["hurt"],
    "words": "It was outside the station.",
    "police_told": "no",
    "sharing": "ask",
}


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    with clock.fixed(WEDNESDAY):
        yield


@pytest.fixture
def officer(desk: Any) -> DeskClient:
    return desk(Role.INTAKE_OFFICER)


def take(officer: DeskClient, **changed: Any) -> Any:
    page = form_of(officer.get("/referrals/phone/"))
    return officer.post("/referrals/phone/", data=page | SAID | changed)


def look(officer: DeskClient, **typed: Any) -> str:
    page = form_of(officer.get("/referrals/phone/"))
    got = officer.post("/referrals/phone/look", data=page | typed)
    assert got.status_code == 200
    return text_of(got)


def row() -> SelfReferral:
    db.session.rollback()
    return db.session.scalars(sa.select(SelfReferral)).one()


def test_what_they_say_goes_to_triage_and_nothing_is_safe_but_what_was_asked(officer: DeskClient):
    got = take(officer)
    assert got.headers["Location"] == f"/referrals/{row().referral_id}"
    [point] = row().referral.victim.contact_points
    assert (point.safe, point.call_ok, point.text_ok, point.voicemail_ok) == (
        Safe.YES,
        Safe.NO,
        Safe.YES,
        Safe.NOT_ASKED,
    )
    page = text_of(officer.get(got.headers["Location"]))
    assert f"Their reference is {row().reference}" in page
    assert "It was outside the station." in page


def test_what_was_not_asked_stays_not_asked(officer: DeskClient):
    take(officer, overall="not_asked", call="not_asked", text="not_asked")
    [point] = row().referral.victim.contact_points
    assert {point.safe, point.call_ok, point.text_ok} == {Safe.NOT_ASKED}


def test_a_caller_who_gives_no_name_is_taken_down(officer: DeskClient):
    assert take(officer, first_name="", last_name="", anonymous="y").status_code == 302
    assert row().anonymous


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"danger": ""}, "Ask whether anybody is in danger now"),
        ({"agreed": "no"}, "Without their agreement no referral is made"),
        ({"first_name": "", "last_name": ""}, "Enter a name, or tick"),
        ({"filled_by": "friend"}, "Enter the caller's name"),
        ({"mobile": "123"}, "Enter a"),
        ({"kinds": []}, "Choose what happened"),
    ],
)
def test_a_mistake_keeps_everything_that_was_typed(
    changed: dict[str, Any], sentence: str, officer: DeskClient
):
    got = take(officer, **changed)
    assert got.status_code == 200
    assert sentence in text_of(got)
    assert form_of(got)["words"].strip() == "It was outside the station."
    assert db.session.scalar(sa.select(sa.func.count(Referral.id))) == 0


def test_without_scripts_a_button_looks_for_them_and_takes_nothing_down(officer: DeskClient):
    import_file("police", a_file({}), file_name="list.csv", actor=TEST)
    known = db.session.scalars(sa.select(Referral)).one().victim
    got = take(
        officer,
        look="yes",
        first_name=known.first_name,
        last_name=known.last_name,
        mobile=known.contact_points[0].value,
    )
    page = text_of(got)
    assert got.status_code == 200
    assert known.full_name in page
    assert "Agrees in name, phone or email" in page
    assert form_of(got)["words"].strip() == "It was outside the station."
    assert db.session.scalar(sa.select(sa.func.count(SelfReferral.id))) == 0


def test_one_shared_number_is_shown_as_one_fact_alone(officer: DeskClient):
    import_file("police", a_file({}), file_name="list.csv", actor=TEST)
    number = db.session.scalars(sa.select(Referral)).one().victim.contact_points[0].value
    assert "One fact alone" in look(officer, first_name="Kim", last_name="Other", mobile=number)


@pytest.mark.proves("Z-03")
def test_of_a_record_that_may_not_be_opened_only_that_it_is_there(officer: DeskClient):
    hidden = a_victim(last_name="Hidden", mobile="07700 900145")
    said = look(officer, mobile="07700 900145")
    assert "A record that you may not open" in said
    assert hidden.last_name not in said


@pytest.mark.proves("Z-11")
def test_ones_own_kin_are_not_among_them_not_even_as_a_number(officer: DeskClient):
    a_victim(last_name="Cousin", mobile="07700 900146")
    person = db.session.get_one(Staff, officer.person_id)
    said = accounts.Declaration(relation=Relation.FAMILY, phone="07700 900146")
    accounts.declare(person, said, actor=an_actor(person))
    assert "No one we know" in look(officer, mobile="07700 900146")


@pytest.mark.proves("U-03")
def test_every_look_is_written_down_and_what_was_typed_is_not(officer: DeskClient):
    look(officer, first_name="Robin", last_name="Nobody", born_on=["1", "2", "1990"])
    db.session.rollback()
    asked = sa.select(AuditEntry).where(AuditEntry.action == "victim.looked_for")
    entry = db.session.scalars(asked).one()
    assert entry.actor_id == officer.person_id
    assert "Robin" not in f"{entry.facts}{entry.reason}{entry.object_id}"


@pytest.mark.proves("Z-18")
def test_looking_has_its_pace(officer: DeskClient):
    with transaction() as session:
        session.add(Setting(name="access.searches_in_ten_minutes", text="2"))
    for _ in range(2):
        look(officer, mobile="07700 900147")
    page = form_of(officer.get("/referrals/phone/"))
    got = officer.post("/referrals/phone/look", data=page | {"mobile": "07700 900147"})
    assert got.status_code == 429


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.FRAUD_OFFICER, Role.COURT_OFFICER])
def test_only_who_takes_referrals_takes_a_call(role: Role, desk: Any):
    assert desk(role).get("/referrals/phone/").status_code == 403


def test_a_birth_that_cannot_be_read_finds_nobody_and_breaks_nothing(officer: DeskClient):
    said = look(officer, first_name="A", last_name="B", born_on=["31", "2", "1990"])
    assert "No one we know" in said
