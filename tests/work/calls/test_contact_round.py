"""Whom one owes a call today, and each attempt logged by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.calls import commands, queries
from beacon.calls.commands import Attempt
from beacon.cases import commands as cases
from beacon.cases.models import CaseTask, ContactLog
from beacon.cases.terms import ContactOutcome, TaskKind
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.entitlements.terms import Channel
from beacon.plans import commands as plans
from beacon.plans.commands import PromiseGiven
from beacon.plans.terms import PromisedTo
from tests.factories import a_case, a_victim, an_actor
from tests.work.calls.conftest import MONDAY

NO_ANSWER = Attempt(outcome=ContactOutcome.NO_ANSWER, notes="Rang out")
FRIDAY = MONDAY + timedelta(days=4)


def again(case):
    query = sa.select(CaseTask).filter_by(case_id=case.id, kind=TaskKind.RING_AGAIN)
    return db.session.scalars(query.order_by(CaseTask.id)).all()


def test_a_first_contact_and_a_promise_of_one_case_are_one_row(case, manager):
    own = an_actor(manager)
    plans.give_promise(
        case,
        PromiseGiven(words="I will ring", due_on=FRIDAY.date(), to=PromisedTo.VICTIM),
        actor=own,
    )
    with clock.fixed(FRIDAY):
        row = queries.round_rows(own)[0]
        assert (row.victim_name, row.numbers[0].shown[-3:]) == ("Amelia Hartwell", "123")
        assert "07700 900123" not in row.numbers[0].shown
        assert "First contact" in row.why
        assert "You promised: I will ring" in row.why
        assert len(queries.round_rows(own)) == 1


def test_at_most_twelve_are_on_a_page_and_the_statements_stay_the_same(manager, count_queries):
    own = an_actor(manager)
    a_case(victim=a_victim(), manager=manager)
    with clock.fixed(FRIDAY):
        count_queries.clear()
        assert len(queries.round_rows(own)) == 1
        few = len(count_queries)
    for _ in range(13):
        a_case(victim=a_victim(), manager=manager)
    with clock.fixed(FRIDAY):
        count_queries.clear()
        assert len(queries.round_rows(own)) == 12
    assert len(count_queries) == few


def test_an_attempt_is_logged_with_the_day_of_the_next(case, manager):
    own = an_actor(manager)
    attempt = Attempt(outcome=ContactOutcome.NO_ANSWER, notes="Rang out", again_on=MONDAY.date())
    first = commands.log_attempt(case, attempt, seen=0, actor=own)
    assert (first.channel, first.notes, case.first_contact_at) == (Channel.PHONE, "Rang out", None)
    assert [task.due_on for task in again(case)] == [MONDAY.date()]
    assert "Try again" in queries.round_rows(own)[0].why
    later = Attempt(outcome=ContactOutcome.SPOKE)
    commands.log_attempt(case, later, seen=first.id, actor=own)
    assert [task.done_at for task in again(case)] == [MONDAY]
    assert queries.round_rows(own) == []


def test_an_attempt_is_not_logged_over_another_that_the_page_did_not_show(case, manager):
    own = an_actor(manager)
    cases.log_contact(
        case, channel=Channel.PHONE, outcome=ContactOutcome.SPOKE, notes="", at=MONDAY, actor=own
    )
    with pytest.raises(Stale, match="Somebody else"):
        commands.log_attempt(case, NO_ANSWER, seen=0, actor=own)
    assert len(db.session.scalars(sa.select(ContactLog)).all()) == 1


@pytest.mark.parametrize("days", [-1, 93])
def test_the_next_try_is_a_day_that_comes_soon(case, manager, days):
    day = MONDAY.date() + timedelta(days=days)
    attempt = Attempt(outcome=ContactOutcome.NO_ANSWER, again_on=day)
    with pytest.raises(RuleBroken) as refused:
        commands.log_attempt(case, attempt, seen=0, actor=an_actor(manager))
    assert refused.value.field == "again"
    assert db.session.scalars(sa.select(ContactLog)).all() == []


def test_a_case_out_of_sight_is_in_nobodys_round(case, stranger):
    assert queries.rows_of(stranger, [case.id]) == []
    with pytest.raises(NotFound):
        commands.log_attempt(case, NO_ANSWER, seen=0, actor=stranger)
