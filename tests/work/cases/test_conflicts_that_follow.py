"""A conflict of interest follows the person: under every record, and to the other side (RULE 7.7).

Where the conflict itself begins is in test_conflicts_of_interest.py.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from beacon.cases import commands, queries
from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.people import commands as people
from beacon.people.models import Victim
from beacon.people.queries import staff_in_conflict
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
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
    people.unlink(beside, case.victim, actor=TEST)
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
