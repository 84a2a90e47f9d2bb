"""A conflict of interest follows the person: under every record, and to the other side (RULE 7.7).

Where the conflict itself begins is in test_conflicts_of_interest.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.terms import Relation
from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.courts.models import Defendant, Hearing
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.queries import staff_in_conflict
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.feed_rows import POLICE, a_file
from tests.hearings import a_hearing
from tests.kin import declare

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DECLARED = "07700 900444"


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


def is_met(viewer: Actor, case: CaseFile) -> bool:
    """Whether the viewer meets the case; lists, search and the person's record agree on it."""
    answers = {
        db.session.scalar(
            scope.visible(one, model).with_only_columns(model.id).where(model.id == key)
        )
        is not None
        for one in (viewer, reader(viewer))
        for model, key in ((CaseFile, case.id), (Victim, case.victim_id))
    }
    found = {row.reference for row in queries.search(viewer, case.victim.last_name)}
    answers |= {case.reference in found, case.id not in _in_conflict(viewer, case)}
    assert len(answers) == 1
    return answers.pop()


def sees(viewer: Actor, model: Any) -> set[int]:
    """The rows of a model that the viewer sees, by id."""
    return set(db.session.scalars(scope.visible(viewer, model).with_only_columns(model.id)))


def _in_conflict(viewer: Actor, case: CaseFile) -> list[int]:
    return queries.cases_in_conflict(viewer, reference=case.reference)


@pytest.mark.proves("Z-11")
def test_a_conflict_follows_the_links_of_one_person_as_far_as_they_go_and_ends_with_them():
    person = a_member_of_staff(Role.INTAKE_OFFICER, Role.CASE_MANAGER)
    actor, known = an_actor(person), a_victim(mobile=DECLARED)
    beside, case = a_victim(), a_case()
    people.link(beside, known, facts=(), actor=TEST)
    people.link(beside, case.victim, facts=(), actor=TEST)
    assert is_met(actor, case)
    declare(person, mobile=DECLARED)
    assert not is_met(actor, case)
    assert queries.case_behind_glass(actor, case.reference) is None
    with pytest.raises(RuleBroken, match="cannot take this case"):
        commands.assign_manager(case, person, version=case.version, actor=TEST)
    people.unlink(beside, case.victim, reason="Two people.", actor=TEST)
    assert is_met(actor, case)
    assert person.id not in staff_in_conflict(case.victim_id)
    assert person.id in staff_in_conflict(beside.id)


@pytest.mark.proves("Z-11")
def test_records_that_only_may_be_one_person_are_two_people():
    person, case = a_member_of_staff(Role.INTAKE_OFFICER), a_case()
    people.suggest(a_victim(mobile=DECLARED), case.victim, facts=(), actor=TEST)
    declare(person, mobile=DECLARED)
    assert is_met(an_actor(person), case)


@pytest.mark.proves("Z-12")
def test_a_case_under_another_record_of_somebody_who_works_here_is_restricted_too():
    person = a_member_of_staff(Role.INTAKE_OFFICER, email="kin@example.org")
    other = a_victim()
    people.link(a_victim(email="kin@example.org"), other, facts=(), actor=TEST)
    case = a_case(victim=other)
    assert case.restricted
    assert not is_met(an_actor(person), case)


@pytest.mark.proves("Z-11")
def test_who_has_declared_the_other_side_meets_neither_the_case_nor_its_hearings():
    manager, officer = a_member_of_staff(), a_member_of_staff(Role.COURT_OFFICER)
    crime = a_crime()
    case = a_case(crime=crime, manager=manager)
    beside, other = a_case(crime=crime, manager=manager), a_case(manager=manager)
    theirs = a_hearing(crime_key=crime.reference_key, mobile=DECLARED)
    second = a_hearing(crime_key=crime.reference_key)
    actor = an_actor(manager)
    assert is_met(actor, case)
    assert sees(actor, Hearing) == sees(an_actor(officer), Hearing) == {theirs.id, second.id}
    for person in (manager, officer):
        declare(person, Relation.FORMER_PARTNER, mobile="+44 7700 900444")
        assert sees(an_actor(person), Hearing) == sees(an_actor(person), Defendant) == set()
    assert (is_met(actor, case), is_met(actor, beside), is_met(actor, other)) == (0, 0, 1)
    assert manager.id in staff_in_conflict(case.victim_id)
    assert queries.Caseload(viewer=actor).count() == 1


@pytest.mark.proves("Z-11")
def test_a_hearing_of_somebody_declared_is_hidden_where_we_have_no_case_of_the_crime():
    officer = a_member_of_staff(Role.COURT_OFFICER)
    a_hearing(mobile=DECLARED)
    other = a_hearing()
    declare(officer, mobile=DECLARED)
    assert sees(an_actor(officer), Hearing) == {other.id}


@pytest.mark.proves("Z-11")
def test_a_referral_about_a_crime_of_somebody_declared_is_not_queued_for_whoever_declared():
    person = a_member_of_staff(Role.INTAKE_OFFICER)
    row = POLICE | {"consent_to_referral": "no"}
    import_file("police", a_file(row, like=POLICE), file_name="list.csv", actor=TEST)
    referral = db.session.scalars(sa.select(Referral)).one()
    a_hearing(crime_key=referral.crime.reference_key, mobile=DECLARED)
    assert sees(an_actor(person), Referral) == {referral.id}
    declare(person, mobile=DECLARED)
    assert sees(an_actor(person), Referral) == sees(an_actor(person), Victim) == set()


@pytest.mark.proves("Z-12")
def test_whoever_leads_the_other_side_does_not_meet_the_case_and_another_leader_does():
    leader, elsewhere = (
        a_member_of_staff(Role.TEAM_LEADER, team=one) for one in ("North", "South")
    )
    case = a_case()
    a_hearing(crime_key=case.crime.reference_key, mobile=DECLARED)
    declare(a_member_of_staff(), Relation.SELF, mobile=DECLARED)
    assert not is_met(an_actor(leader), case)
    assert is_met(an_actor(elsewhere), case)
    assert leader.id in staff_in_conflict(case.victim_id)
