"""A caller is known by the pass-phrase or by two facts; three wrong answers lock it for the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.calls import commands, queries
from beacon.calls.models import CallerCheck, PassPhrase
from beacon.calls.terms import CheckWay, Fact
from beacon.cases.models import CaseTask, ContactLog
from beacon.cases.terms import ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, an_actor
from tests.work.calls.conftest import MONDAY


@pytest.fixture
def phrase(case, colleague):
    return commands.set_phrase(
        case, phrase="Three brown owls", hint="Birds", version=0, actor=colleague
    )


def tasks(case):
    query = sa.select(CaseTask).filter_by(case_id=case.id, kind=TaskKind.CALLER_NOT_KNOWN)
    return db.session.scalars(query).all()


def test_a_pass_phrase_is_sealed_and_known_again(case, colleague, phrase):
    raw = db.session.execute(sa.text("SELECT words_sealed, hint_sealed FROM pass_phrase")).one()
    assert b"owls" not in raw[0]
    assert b"Birds" not in raw[1]
    assert queries.checking(colleague, case).hint == "Birds"
    assert commands.check_phrase(case, "three  BROWN owls", actor=colleague).was_right
    assert queries.checking(colleague, case).stands is CheckWay.PHRASE


def test_a_check_stands_for_one_call_of_one_worker(case, manager, colleague, phrase):
    commands.check_phrase(case, "three brown owls", actor=colleague)
    assert queries.checking(an_actor(manager), case).stands is None
    with clock.fixed(MONDAY + timedelta(minutes=31)):
        assert queries.checking(colleague, case).stands is None


def test_a_wrong_answer_after_a_right_one_takes_the_check_away(case, colleague, phrase):
    commands.check_phrase(case, "three brown owls", actor=colleague)
    commands.check_phrase(case, "two owls", actor=colleague)
    assert queries.checking(colleague, case).stands is None


def test_three_wrong_answers_lock_the_day_and_tell_the_manager(case, manager, colleague, phrase):
    first = commands.check_phrase(case, "owls", actor=colleague)
    assert (first.was_right, first.left) == (False, 2)
    commands.check_phrase(case, "brown bears", actor=an_actor(manager))
    assert tasks(case) == []
    assert commands.check_phrase(case, "geese", actor=colleague).is_locked
    assert [one.due_on for one in tasks(case)] == [MONDAY.date()]
    with pytest.raises(RuleBroken, match="until tomorrow"):
        commands.check_phrase(case, "three brown owls", actor=colleague)
    with clock.fixed(MONDAY + timedelta(days=1)):
        assert commands.check_phrase(case, "three brown owls", actor=colleague).was_right


def test_the_lock_holds_for_every_case_of_the_same_person(case, manager, colleague, phrase):
    other = a_case(victim=case.victim, manager=manager)
    for said in ("owls", "bears", "geese"):
        commands.check_phrase(case, said, actor=colleague)
    with pytest.raises(RuleBroken, match="until tomorrow"):
        commands.check_phrase(other, "three brown owls", actor=colleague)


def test_what_was_said_stands_nowhere(case, colleague, phrase):
    commands.check_phrase(case, "purple elephants", actor=colleague)
    check = db.session.scalars(sa.select(CallerCheck)).one()
    assert (check.was_right, check.by_name) == (False, "Cal League")
    facts = db.session.scalars(sa.select(AuditEntry.facts)).all()
    assert not any("elephant" in one or "owls" in one for one in facts)


def test_without_a_pass_phrase_two_facts_are_asked_and_marked(case, colleague):
    assert queries.checking(colleague, case).facts == (Fact.CRIME_REFERENCE, Fact.BORN)
    right = {Fact.CRIME_REFERENCE: case.crime.reference, Fact.BORN: "1 May 1980"}
    assert not commands.check_facts(
        case, right | {Fact.BORN: "2 May 1980"}, actor=colleague
    ).was_right
    assert commands.check_facts(case, right, actor=colleague).was_right
    assert queries.checking(colleague, case).stands is CheckWay.FACTS


def test_facts_do_not_do_where_there_is_a_pass_phrase(case, colleague, phrase):
    right = {Fact.CRIME_REFERENCE: case.crime.reference, Fact.BORN: "1 May 1980"}
    with pytest.raises(RuleBroken, match="There is a pass-phrase now"):
        commands.check_facts(case, right, actor=colleague)
    commands.remove_phrase(case, version=1, actor=colleague)
    with pytest.raises(RuleBroken, match="no pass-phrase now"):
        commands.check_phrase(case, "three brown owls", actor=colleague)
    assert commands.check_facts(case, right, actor=colleague).was_right


def test_a_pass_phrase_set_meanwhile_is_not_overwritten(case, colleague, phrase):
    with pytest.raises(Stale):
        commands.set_phrase(case, phrase="green geese", hint="More", version=0, actor=colleague)
    commands.set_phrase(case, phrase="green geese", hint="More", version=1, actor=colleague)
    assert db.session.scalars(sa.select(PassPhrase)).one().words == "green geese"


def test_who_may_not_open_the_case_checks_nobody_for_it(case, stranger, phrase):
    with pytest.raises(NotFound):
        commands.check_phrase(case, "three brown owls", actor=stranger)
    with pytest.raises(NotFound):
        commands.set_phrase(case, phrase="green geese", hint="x", version=1, actor=stranger)


def test_who_takes_no_calls_any_more_checks_nobody(case, phrase):
    officer = an_actor(a_member_of_staff(Role.COURT_OFFICER))
    with pytest.raises(RuleBroken):
        commands.check_phrase(case, "three brown owls", actor=officer)


def test_a_call_is_a_contact_only_of_somebody_whom_we_know(case, colleague, phrase):
    with pytest.raises(RuleBroken, match="Check who it is first"):
        commands.log_call(case, "Asked about the date", actor=colleague)
    commands.check_phrase(case, "three brown owls", actor=colleague)
    commands.log_call(case, "Asked about the date", actor=colleague)
    logged = db.session.scalars(sa.select(ContactLog)).one()
    assert logged.outcome is ContactOutcome.SPOKE
    assert logged.notes == "They rang us. Knew the pass-phrase. Asked about the date"
    assert case.first_contact_at == MONDAY
