"""To what somebody agrees: for each purpose and agency, with a history, until it runs out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.people import commands, queries
from beacon.people.commands import ConsentAnswer
from beacon.people.models import ConsentGiven
from beacon.people.terms import Agreed, Fact, Purpose, SaidHow
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REFUGE = "Example Refuge"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def victim(app):
    one = a_victim()
    a_case(victim=one)
    return one


def say(victim, officer, answer: Agreed = Agreed.GIVEN, *, after: int = 0, **known):
    usual = {
        "purpose": Purpose.REFER_ON,
        "agency": REFUGE,
        "answer": answer,
        "how": None if answer is Agreed.NOT_ASKED else SaidHow.PHONE,
        "said_at": MONDAY + timedelta(minutes=after),
    }
    with clock.fixed(MONDAY + timedelta(minutes=after)):
        return commands.record_consent(victim, ConsentAnswer(**usual | known), actor=officer)


def test_consent_is_given_to_one_agency_and_to_no_other(victim, officer):
    say(victim, officer)
    assert queries.consent_to(victim, Purpose.REFER_ON, "example  REFUGE").holds
    assert not queries.consent_to(victim, Purpose.REFER_ON, "Another Refuge").holds
    assert not queries.consent_to(victim, Purpose.SURVEY).holds
    assert not queries.consent_to(victim, Purpose.SUPPORT).holds


def test_what_was_said_before_stays_and_the_last_word_stands(victim, officer):
    say(victim, officer, words="Name and number, for a bed tonight")
    say(victim, officer, Agreed.WITHDRAWN, after=5)
    said = queries.said_of_consent(victim)
    assert [(one.answer, one.by_name) for one in said] == [
        (Agreed.GIVEN, officer.name),
        (Agreed.WITHDRAWN, officer.name),
    ]
    assert said[0].words == "Name and number, for a bed tonight"
    assert queries.consent_to(victim, Purpose.REFER_ON, REFUGE).answer is Agreed.WITHDRAWN


def test_what_was_said_earlier_and_is_written_later_does_not_take_the_last_word(victim, officer):
    say(victim, officer, Agreed.REFUSED, after=10)
    say(victim, officer, after=20, said_at=MONDAY - timedelta(days=1))
    assert queries.consent_to(victim, Purpose.REFER_ON, REFUGE).answer is Agreed.REFUSED


def test_it_holds_through_its_last_day_and_then_is_asked_for_again(victim, officer):
    say(victim, officer, expires_on=MONDAY.date() + timedelta(days=2))
    for days, holds in ((2, True), (3, False)):
        with clock.fixed(MONDAY + timedelta(days=days)):
            found = queries.consent_to(victim, Purpose.REFER_ON, REFUGE)
            assert (found.holds, found.has_run_out) == (holds, not holds)


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({"agency": " "}, "Enter the agency"),
        ({"purpose": Purpose.SURVEY}, "only where they are referred on"),
        ({"how": None}, "how they said it"),
        ({"said_at": MONDAY + timedelta(minutes=1)}, "has not happened"),
        ({"answer": Agreed.REFUSED, "expires_on": MONDAY.date()}, "Only a consent"),
        ({"expires_on": MONDAY.date() - timedelta(days=1)}, "before they agreed"),
        ({"answer": Agreed.WITHDRAWN}, "nothing to withdraw"),
        ({"words": "x" * 501}, "500 characters"),
        ({"agency": "x" * 101}, "100 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(victim, officer, known, refusal):
    with pytest.raises(RuleBroken, match=refusal):
        say(victim, officer, **known)
    assert queries.said_of_consent(victim) == []


def test_the_same_answer_sent_twice_is_one(victim, officer):
    assert say(victim, officer).id == say(victim, officer).id
    assert db.session.scalar(sa.select(sa.func.count(ConsentGiven.id))) == 1


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ((), "not been asked"),
        ((Agreed.NOT_ASKED,), "not been asked"),
        ((Agreed.REFUSED,), "did not agree"),
        ((Agreed.GIVEN, Agreed.WITHDRAWN), "did not agree"),
    ],
)
def test_who_did_not_agree_is_not_referred_on(victim, officer, answers, refusal):
    for number, answer in enumerate(answers):
        say(victim, officer, answer, after=number)
    with pytest.raises(RuleBroken, match=refusal):
        commands.ask_consent(victim, Purpose.REFER_ON, REFUGE)


def test_who_agreed_is_referred_on(victim, officer):
    say(victim, officer)
    commands.ask_consent(victim, Purpose.REFER_ON, REFUGE)
    with pytest.raises(RuleBroken):
        commands.ask_consent(victim, Purpose.REFER_ON, "Another Refuge")


def test_what_was_said_under_a_linked_record_counts(victim, officer):
    other = a_victim()
    a_case(victim=other)
    say(other, officer, Agreed.REFUSED)
    people_say = queries.consent_to(victim, Purpose.REFER_ON, REFUGE)
    assert people_say.answer is Agreed.NOT_ASKED
    commands.link(victim, other, facts=(Fact.NAME,), actor=TEST)
    assert queries.consent_to(victim, Purpose.REFER_ON, REFUGE).answer is Agreed.REFUSED


def test_each_purpose_is_listed_whether_or_not_it_was_asked(victim, officer):
    say(victim, officer)
    standing = [(one.purpose, one.agency, one.holds) for one in queries.consents(victim)]
    assert standing == [
        (Purpose.SUPPORT, "", False),
        (Purpose.REFER_ON, REFUGE, True),
        (Purpose.SURVEY, "", False),
    ]


def test_nobody_writes_it_for_whose_record_they_may_not_open(victim):
    with pytest.raises((NotFound, RuleBroken)):
        say(victim, an_actor(a_member_of_staff(Role.COURT_OFFICER)))


def test_the_words_are_sealed_and_the_log_does_not_say_them(victim, officer):
    say(victim, officer, words="About her sister")
    row = db.session.execute(sa.text("SELECT words_sealed FROM consent_given")).scalar_one()
    assert b"sister" not in bytes(row)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "consent.recorded")
    ).one()
    assert "sister" not in entry.facts
