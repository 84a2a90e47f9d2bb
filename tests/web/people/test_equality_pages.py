"""What a person says of disability: asked on a page of its own, and theirs not to say."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.people import commands
from beacon.people.models import Victim
from beacon.people.rules import PersonFacts
from beacon.people.terms import Disability
from tests.factories import TEST, a_case, a_victim
from tests.pages import text_of


@pytest.fixture
def officer(app: Flask, desk):
    return desk(Role.INTAKE_OFFICER)


@pytest.fixture
def case(app: Flask):
    return a_case(victim=a_victim())


def said(victim_id: int) -> Disability:
    db.session.rollback()
    return db.session.get_one(Victim, victim_id).disability


def logged(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == action)))


@pytest.mark.parametrize("answer", list(Disability))
def test_each_answer_is_kept_as_it_was_given(officer, case, answer):
    reply = officer.submit(f"/people/{case.victim_id}/equality", disability=answer.value)
    assert reply.status_code == 302
    assert said(case.victim_id) is answer


def test_nobody_has_been_asked_until_somebody_asks_and_a_person_may_decline(officer, case):
    assert said(case.victim_id) is Disability.NOT_ASKED
    words = text_of(officer.get(f"/people/{case.victim_id}/equality"))
    assert "Prefer not to say" in words
    assert "They need not say" in words


def test_the_case_and_the_page_of_safe_contact_lead_there(officer, case):
    for where in (f"/cases/{case.reference}", f"/people/{case.victim_id}/contact"):
        assert f"/people/{case.victim_id}/equality" in officer.get(where).get_data(as_text=True)


@pytest.mark.parametrize("answer", ["", "yes", "unknown"])
def test_an_answer_that_is_none_is_refused_in_words(officer, case, answer):
    words = text_of(officer.submit(f"/people/{case.victim_id}/equality", disability=answer))
    assert "There is a problem" in words
    assert said(case.victim_id) is Disability.NOT_ASKED


def test_two_who_answer_at_once_do_not_write_over_each_other(case):
    victim = case.victim
    was = victim.version
    commands.say_disability(victim, Disability.SENSORY, version=was, actor=TEST)
    with pytest.raises(RuleBroken, match="Somebody else changed this record"):
        commands.say_disability(victim, Disability.NONE, version=was, actor=TEST)
    assert said(case.victim_id) is Disability.SENSORY


def test_no_feed_changes_what_a_person_said(case):
    victim = case.victim
    commands.say_disability(victim, Disability.OTHER, version=victim.version, actor=TEST)
    facts = PersonFacts(first_name="Alex", last_name="Sample", gender="female", ethnicity="W1")
    commands.receive(victim, facts, source="police", actor=TEST)
    assert said(case.victim_id) is Disability.OTHER


def test_the_log_says_that_it_was_asked_and_never_what_was_said(officer, case):
    officer.submit(f"/people/{case.victim_id}/equality", disability="mental_health")
    assert len(logged("victim.equality_shown")) == 1
    (entry,) = logged("victim.equality_asked")
    assert "disability" in entry.facts
    assert "mental_health" not in entry.facts
