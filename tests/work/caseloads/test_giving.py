"""Giving a case: against a fresh count, for a reason where the rule says otherwise."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.caseloads import commands, queries
from beacon.caseloads.models import ManagerChoice
from beacon.cases.commands.assigning import TakesNoPart
from beacon.cases.models import AccessReview, CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from tests.factories import a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.hearings import a_hearing
from tests.kin import declare
from tests.work.caseloads.builders import a_manager, an_enhanced_case, carried, manager_ids

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(app: Flask) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER, name="Lee Leader")


def together(app: Flask, *works: Callable[[], object]) -> list[object]:
    """Do all of this at the same moment; for each, what came of it or why it was refused."""
    gate = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        with app.app_context():
            gate.wait()
            try:
                return work()
            except RuleBroken as refusal:
                return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        outcomes = list(pool.map(one, works))
    db.session.rollback()
    return outcomes


def test_two_leaders_at_once_cannot_both_fill_the_last_place(app: Flask, leader: Staff):
    taker = a_manager("Last Place", capacity=3)
    cases = [an_enhanced_case(), an_enhanced_case()]
    leaders = [leader.id, a_member_of_staff(Role.TEAM_LEADER).id]
    ids = [(case.id, case.version) for case in cases]

    def giving(place: int) -> Callable[[], object]:
        def give() -> None:
            case_id, version = ids[place]
            commands.give(
                db.session.get_one(CaseFile, case_id),
                db.session.get_one(Staff, taker.id),
                version=version,
                actor=an_actor(db.session.get_one(Staff, leaders[place])),
            )

        return give

    outcomes = together(app, giving(0), giving(1))
    refused = [one for one in outcomes if isinstance(one, RuleBroken)]
    assert len(refused) == 1
    assert "Last Place carries 3 of 3 points, and this case 3." in refused[0].message
    assert carried(taker) == (3, 3)
    assert sorted(manager_ids(cases), key=str) == [taker.id, None]


def test_who_is_full_gets_a_case_only_by_a_tick_and_a_reason(leader: Staff):
    taker, case = a_manager("Full Up", capacity=2), an_enhanced_case()
    order = {"version": case.version, "actor": an_actor(leader)}
    for known in ({}, {"reason": "They asked"}, {"although_full": True}):
        with pytest.raises(RuleBroken, match="Full Up carries 0 of 2 points") as refused:
            commands.give(case, taker, **order, **known)
        assert refused.value.field == "manager"
    commands.give(case, taker, **order, reason="Nobody else is in", although_full=True)
    choice = db.session.scalars(sa.select(ManagerChoice)).one()
    assert (choice.over_capacity, choice.was_proposed) == (True, False)
    assert choice.reason == "Nobody else is in"
    log = db.session.scalars(sa.select(AuditEntry)).all()
    assert "Nobody else" not in "".join(f"{one.facts}{one.reason}" for one in log)


def test_another_than_the_three_proposed_is_given_it_for_a_reason_that_is_kept(leader: Staff):
    for name in ("Abe", "Bo", "Cy"):
        a_manager(name)
    fourth, case = a_manager("Di"), a_case()
    order = {"version": case.version, "actor": an_actor(leader)}
    with pytest.raises(RuleBroken, match="Di is not one of those proposed") as refused:
        commands.give(case, fourth, **order)
    assert refused.value.field == "reason"
    commands.give(case, fourth, **order, reason="Knows the street")
    choice = db.session.scalars(sa.select(ManagerChoice)).one()
    assert choice.reason == "Knows the street"
    assert "0 of 60 points" in choice.words
    assert not choice.was_proposed
    assert choice.proposed_id not in {None, fourth.id}


def test_kin_is_neither_proposed_nor_taken_and_no_sentence_says_why(leader: Staff):
    kin, other = a_manager("Kin Keeper"), a_manager("Other One")
    case = a_case(victim=a_victim(mobile="07700 900321"))
    declare(kin, mobile="07700 900321")
    advice = queries.advise(an_actor(leader), case)
    assert [one.name for one in advice.proposed] == [other.name]
    assert kin.name not in {one.name for one in advice.candidates}
    assert "conflict" not in advice.nobody
    with pytest.raises(TakesNoPart):
        commands.give(case, kin, version=case.version, actor=an_actor(leader), reason="Why not")
    db.session.rollback()
    assert db.session.scalars(sa.select(AccessReview)).one().staff_id == leader.id
    assert db.session.scalar(sa.select(sa.func.count(ManagerChoice.id))) == 0


def test_whoever_knows_the_family_or_them_is_said_to(leader: Staff):
    crime, victim = a_crime(), a_victim()
    family, before = a_manager("Family Knower"), a_manager("Once Theirs")
    a_case(crime=crime, manager=family)
    a_case(victim=victim, manager=before)
    said = queries.advise(an_actor(leader), a_case(crime=crime, victim=victim)).proposed
    words = {one.name: one.words for one in said}
    assert "knows the family" in words["Family Knower"]
    assert "has worked with them before" in words["Once Theirs"]


def test_a_hearing_that_is_near_weighs_and_one_that_is_not_does_not(leader: Staff):
    near, far = an_enhanced_case(), an_enhanced_case()
    for case, day in ((near, 4), (far, 28)):
        held = clock.today().replace(month=12, day=day)
        a_hearing(crime_key=case.crime.reference_key, held_on=held)
    assert queries.weigh_one(near.id).sentence == "5 points: enhanced 3, court on 4 December 2"
    assert queries.weigh_one(far.id).points == 3


def test_a_page_that_is_old_is_refused(leader: Staff):
    taker, case = a_manager("Some Body"), a_case()
    with pytest.raises(RuleBroken, match="Somebody else has changed this case"):
        commands.give(case, taker, version=case.version + 1, actor=an_actor(leader))
