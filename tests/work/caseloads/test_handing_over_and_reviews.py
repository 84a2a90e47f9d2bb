"""What a receiver says to a case, and what a supervisor finds in one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.caseloads import commands, queries
from beacon.caseloads.commands import Agreed, Reviewed
from beacon.caseloads.models import CaseHandOver
from beacon.caseloads.terms import HandOverState, ReviewQuestion, ReviewScore
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, an_actor
from tests.work.caseloads.builders import a_manager, an_enhanced_case, manager_ids

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL = dict.fromkeys(ReviewQuestion, ReviewScore.MOSTLY)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def leader(app: Flask) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER)


@pytest.fixture
def leaver(app: Flask) -> Staff:
    return a_manager("Leaver Gone")


@pytest.fixture
def taker(app: Flask) -> Staff:
    return a_manager("Taker On")


@pytest.fixture
def handed(leader: Staff, leaver: Staff, taker: Staff) -> CaseHandOver:
    case = a_case(manager=leaver)
    commands.hand_over({case.id: taker.id}, of=leaver, reason="Leaves", actor=an_actor(leader))
    return db.session.scalars(sa.select(CaseHandOver)).one()


def test_a_case_waits_for_its_receiver_who_takes_it_on(
    handed: CaseHandOver, leader: Staff, taker: Staff
):
    (row,) = queries.waiting_for(an_actor(taker))
    assert (row.from_name, row.state) == ("Leaver Gone", HandOverState.WAITING)
    assert [one.case_id for one in queries.unsettled(an_actor(leader))] == [handed.case_id]
    with pytest.raises(NotFound):
        commands.accept(handed, actor=an_actor(leader))
    commands.accept(handed, actor=an_actor(taker))
    assert queries.waiting_for(an_actor(taker)) == queries.unsettled(an_actor(leader)) == []
    with pytest.raises(NotFound):
        commands.decline(handed, reason="Too late", actor=an_actor(taker))


def test_what_is_declined_goes_back_to_the_leader_and_is_never_without_a_manager(
    handed: CaseHandOver, leader: Staff, taker: Staff
):
    with pytest.raises(RuleBroken, match="Say why"):
        commands.decline(handed, reason=" ", actor=an_actor(taker))
    commands.decline(handed, reason="Away from Monday", actor=an_actor(taker))
    (row,) = queries.unsettled(an_actor(leader))
    assert (row.was_declined, row.reason) == (True, "Away from Monday")
    case = db.session.get_one(CaseFile, handed.case_id)
    assert case.manager_id == taker.id
    other = a_manager("Third One")
    commands.give(case, other, version=case.version, actor=an_actor(leader))
    assert queries.unsettled(an_actor(leader)) == []
    assert db.session.get_one(CaseHandOver, handed.id).state is HandOverState.PASSED_ON


def test_what_would_overfill_a_receiver_stays_and_is_told(
    leader: Staff, leaver: Staff, taker: Staff
):
    small = a_manager("Small Load", capacity=3)
    cases = [an_enhanced_case(manager=leaver) for _ in range(2)]
    given = {case.id: small.id for case in cases}
    order = {"of": leaver, "actor": an_actor(leader)}
    with pytest.raises(RuleBroken, match="Say why these cases change hands"):
        commands.hand_over(given, **order, reason="")
    came = commands.hand_over(given, **order, reason="Leaves")
    assert came.done == 1
    assert list(came.refused.values()) == ["Small Load carries 3 of 3 points, and this case 3."]
    assert manager_ids(cases) == [small.id, leaver.id]
    again = commands.hand_over(
        {cases[1].id: small.id}, **order, reason="Leaves", although_full=True
    )
    assert again.done == 1


def test_a_plan_counts_each_case_in_the_load_of_the_next(leader: Staff, leaver: Staff):
    a_manager("Room For One", capacity=3)
    a_manager("Room For Two", capacity=6)
    cases = [an_enhanced_case(manager=leaver) for _ in range(4)]
    planned = queries.plan(cases, but=leaver.id)
    firsts = [one.first.person.name if one.first else "" for one in planned]
    assert sorted(firsts) == ["", "Room For One", "Room For Two", "Room For Two"]


@pytest.fixture
def reviewed(leader: Staff, taker: Staff) -> CaseFile:
    case = a_case(manager=taker)
    found = Reviewed(
        scores=ALL | {ReviewQuestion.VOICE: ReviewScore.DOES_NOT_APPLY},
        good="Rang at the agreed hour",
        agreed=[Agreed("Ask what they want", clock.today() + timedelta(days=7))],
    )
    made = [commands.review_case(case, found, actor=an_actor(leader)) for _ in range(2)]
    assert made[0].id == made[1].id  # a form that was sent twice is one review
    return case


def test_a_review_is_read_by_the_manager_whose_work_it_was_and_by_leaders(
    reviewed: CaseFile, leader: Staff, taker: Staff
):
    (line,) = queries.own_reviews(an_actor(taker))
    assert line.sum_in_words == "8 of 12"
    assert line.review.good == "Rang at the agreed hour"
    assert b"agreed hour" not in (line.review.good_sealed or b"")
    assert len(queries.reviews_of_case(an_actor(leader), reviewed)) == 1
    colleague = a_manager("Col League")
    assert queries.reviews_of_case(an_actor(colleague), reviewed) == []
    commands.see_review(line.review, actor=an_actor(taker))
    assert line.review.seen_at is not None
    (action,) = line.review.actions
    with pytest.raises(NotFound):
        commands.finish_action(action, actor=an_actor(colleague))
    commands.finish_action(action, actor=an_actor(taker))
    assert (action.done_at, action.done_by_id) == (MONDAY, taker.id)


def test_nobody_reviews_their_own_case_nor_half_of_one(leader: Staff, taker: Staff):
    own, nobodys, case = a_case(manager=leader), a_case(), a_case(manager=taker)
    whole = Reviewed(scores=ALL, good="Well")
    actor = an_actor(leader)
    for which, found, why in (
        (own, whole, "your own case"),
        (nobodys, whole, "Nobody answers for this case"),
        (case, Reviewed(scores={}, good="Well"), "Choose how far"),
        (case, Reviewed(scores=ALL), "Say what was done well"),
        (case, Reviewed(scores=ALL, good="W", agreed=[Agreed("", clock.today())]), "was agreed"),
    ):
        with pytest.raises(RuleBroken, match=why):
            commands.review_case(which, found, actor=actor)
    with pytest.raises(RuleBroken, match="You may no longer do this"):
        commands.review_case(case, whole, actor=an_actor(taker))
