"""The figures equal plain SQL over the same tables, now and as at an earlier moment."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.cases.terms import SuspectStatus
from beacon.core import clock
from beacon.core.db import db
from beacon.restorative import commands, queries
from beacon.restorative.terms import OfferOutcome, Satisfaction, StepKind
from tests.factories import TEST, a_case, a_crime
from tests.work.restorative.builders import an_order, explain, take

LIVE = (
    "SELECT COUNT(DISTINCT s.case_id) FROM restorative_step s WHERE s.kind = :kind AND NOT EXISTS "
    "(SELECT 1 FROM restorative_step b WHERE b.takes_back_id = s.id)"
)
KNOWN = (
    "SELECT COUNT(*) FROM case_file c JOIN crime k ON k.id = c.crime_id "
    "WHERE k.suspect_known_at IS NOT NULL"
)


def counted(statement: str, **known: object) -> int:
    return db.session.execute(sa.text(statement), known).scalar_one()


def a_known_case(manager):
    return a_case(manager=manager, crime=a_crime(suspect_status=SuspectStatus.CHARGED))


def test_each_figure_equals_plain_sql(manager):
    many = [a_known_case(manager) for _ in range(8)]
    a_case(manager=manager)  # nobody is known
    for case in many[:5]:
        explain(case)
    for case in many[:3]:
        take(case, StepKind.REQUESTED)
    take(many[0], StepKind.OUTCOME, outcome=OfferOutcome.LETTER)
    take(many[1], StepKind.OUTCOME, outcome=OfferOutcome.OFFENDER_DECLINED)
    take(many[0], StepKind.SATISFACTION, satisfaction=Satisfaction.DISSATISFIED)
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        take(many[0], StepKind.SATISFACTION, satisfaction=Satisfaction.SATISFIED)
        take(many[1], StepKind.SATISFACTION, satisfaction=Satisfaction.DISSATISFIED)
    an_order(many[6])
    an_order(many[0])  # explained before: not counted as blocked
    wrong = take(many[4], StepKind.REQUESTED)
    commands.take_step_back(many[4], wrong, reason="It was another case.", actor=TEST)
    today = clock.today()
    with clock.fixed(clock.now() + timedelta(hours=1)):
        found = queries.offered(today, today)
    assert found.known_offender == counted(KNOWN) == 8
    assert found.explained == counted(LIVE, kind="explained") == 5
    assert found.requested == counted(LIVE, kind="requested") == 3
    assert found.referred == counted(LIVE, kind="referred") == 0
    assert (found.blocked, found.not_yet) == (1, 2)
    assert (found.completed, found.said, found.satisfied) == (1, 2, 1)


def test_a_figure_of_an_earlier_moment_is_made_again_after_changes(manager):
    many = [a_known_case(manager) for _ in range(3)]
    step = explain(many[0])
    an_order(many[1])
    today, then = clock.today(), clock.now() + timedelta(minutes=1)
    before = queries.offered(today, today, as_at=then)
    assert (before.explained, before.blocked, before.not_yet) == (1, 1, 1)
    with clock.fixed(then + timedelta(days=1)):
        commands.take_step_back(many[0], step, reason="It was another case.", actor=TEST)
        explain(many[2])
        an_order(many[0])
        a_known_case(manager)
        assert queries.offered(today, today, as_at=then) == before
        assert queries.offered(today, today) != before


def test_a_period_with_nothing_in_it_is_nought(case):
    day = clock.today() - timedelta(days=400)
    assert queries.offered(day, day) == queries.Offered(
        known_offender=0,
        explained=0,
        not_yet=0,
        blocked=0,
        requested=0,
        referred=0,
        completed=0,
        said=0,
        satisfied=0,
    )
    assert queries.views(day, day).decided == 0
