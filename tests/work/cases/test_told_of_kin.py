"""Whoever would give a case to somebody's kin is stopped, and a leader looks at it (Z-11)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.cases import commands, queries
from beacon.cases.models import AccessReview, CaseFile
from beacon.cases.terms import ReviewKind
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.oversight.queries import reviews_waiting
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.kin import declare


@pytest.fixture
def leader(app: Flask) -> Actor:
    return an_actor(a_member_of_staff(Role.TEAM_LEADER))


@pytest.fixture
def kin(app: Flask):
    person = a_member_of_staff(name="Dee Kin")
    declare(person, mobile="07700 900321")
    return person


def a_kins_case(**known: object) -> CaseFile:
    return a_case(victim=a_victim(mobile="07700 900321"), **known)


def written_down() -> list[AuditEntry]:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.action == "case.conflict")
    return list(db.session.scalars(query.order_by(AuditEntry.seq)))


def reviews() -> list[AccessReview]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AccessReview)))


@pytest.mark.proves("Z-11")
def test_giving_a_case_to_kin_is_written_down_each_time_and_looked_at_once(leader, kin):
    case = a_kins_case()
    for _ in range(2):
        with pytest.raises(RuleBroken, match="Dee Kin cannot take this case"):
            commands.assign_manager(case, kin, version=case.version, actor=leader)
    for row in written_down():
        assert (row.outcome, row.object_id, row.actor_id) == ("refused", str(case.id), leader.id)
        assert f'"manager":{kin.id}' in row.facts
    assert len(written_down()) == 2
    (review,) = reviews()
    assert (review.kind, review.staff_id, review.case_id) == (
        ReviewKind.KIN_CHOSEN,
        leader.id,
        case.id,
    )
    other = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    (shown,) = reviews_waiting(other)
    assert shown.who == leader.name
    assert not shown.is_own
    assert queries.review_counts(other).waiting == 1


@pytest.mark.proves("Z-11")
def test_handing_a_case_over_to_kin_is_looked_at_and_stops_none_of_the_others(leader, kin):
    leaver = a_member_of_staff()
    case, plain = a_kins_case(manager=leaver), a_case(manager=leaver)
    came = commands.hand_over([case.id, plain.id], of=leaver, to=kin, actor=leader)
    assert (came.done, list(came.refused)) == (1, [case.reference])
    assert [row.object_id for row in written_down()] == [str(case.id)]
    assert [(one.kind, one.case_id) for one in reviews()] == [(ReviewKind.KIN_CHOSEN, case.id)]


def test_a_job_that_chose_kin_is_written_down_and_nobody_answers_for_it(kin):
    case = a_kins_case()
    with pytest.raises(RuleBroken):
        commands.assign_manager(case, kin, version=case.version, actor=TEST)
    assert [row.actor_kind for row in written_down()] == ["machine"]
    assert reviews() == []
