"""A promise is a field with a date: kept, broken or withdrawn, on a desk and in a report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases import days_off
from beacon.cases.models import CaseFile, ContactLog, TimelineEntry
from beacon.cases.promising import Said
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from beacon.plans import commands, queries
from beacon.plans.commands import PromiseEnd, PromiseGiven
from beacon.plans.models import PlanChange, Promise
from beacon.plans.terms import PromiseState
from tests.factories import TEST, a_case, a_member_of_staff, an_actor
from tests.work.plans.conftest import MONDAY

TODAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
WEEK = timedelta(days=7)
RING = PromiseGiven(words="I will ring by Friday", due_on=FRIDAY)


@pytest.fixture
def promise(case, actor) -> Promise:
    return commands.give_promise(case, RING, actor=actor)


def say(case, promise, state, reason="", version=1, actor=TEST, given=RING, on=None):
    end = PromiseEnd(state=state, reason=reason, on=on)
    commands.change_promise(case, promise, given, end, version=version, actor=actor)


def test_a_contact_and_what_was_promised_in_it_are_kept_together_or_not_at_all(case, actor):
    said = {
        "channel": Channel.PHONE,
        "outcome": ContactOutcome.SPOKE,
        "notes": "Asked about court",
        "at": clock.now(),
        "actor": actor,
    }
    contact = cases.log_contact(case, **said, promised=Said("I will ring by Friday", FRIDAY))
    again = cases.log_contact(case, **said, promised=Said("I will ring by Friday", FRIDAY))
    promise = db.session.scalars(sa.select(Promise)).one()
    assert (again.id, promise.contact_id) == (contact.id, contact.id)
    assert (promise.words, promise.due_on) == ("I will ring by Friday", FRIDAY)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(ContactLog))
    late, yesterday = said | {"notes": "Another"}, Said("Yesterday", TODAY - timedelta(days=1))
    with pytest.raises(RuleBroken, match="has not passed"):
        cases.log_contact(case, **late, promised=yesterday)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContactLog)) == before


def test_kept_with_one_press(case, promise, actor):
    commands.keep_promise(case, promise, actor=actor)
    commands.keep_promise(case, promise, actor=actor)
    assert (promise.state, promise.ended_on) == (PromiseState.KEPT, TODAY)
    query = sa.select(TimelineEntry).where(TimelineEntry.case_id == case.id)
    lines = [one.sentence for one in db.session.scalars(query.order_by(TimelineEntry.id))]
    assert lines[-1] == "Priya Shah recorded of a promise: I will ring by Friday, kept."


@pytest.mark.parametrize("state", [PromiseState.BROKEN, PromiseState.WITHDRAWN])
def test_broken_or_withdrawn_has_its_reason(case, promise, state):
    with pytest.raises(RuleBroken, match="Enter the reason"):
        say(case, promise, state)
    say(case, promise, state, "She asked us not to.")
    assert (promise.state, promise.reason) == (state, "She asked us not to.")


def test_the_day_is_moved_with_a_reason_and_not_once_it_is_past(case, promise, actor):
    later = PromiseGiven(words=RING.words, due_on=FRIDAY + WEEK)
    with pytest.raises(RuleBroken, match="why it is changed"):
        say(case, promise, PromiseState.OPEN, given=later)
    say(case, promise, PromiseState.OPEN, "She is away.", given=later)
    line = db.session.scalars(sa.select(PlanChange)).one()
    assert (line.old, line.new) == ("27 November 2026", "4 December 2026")
    moved = PromiseGiven(words=RING.words, due_on=FRIDAY + 4 * WEEK)
    with clock.fixed(MONDAY + 3 * WEEK), pytest.raises(RuleBroken, match="promise anew"):
        say(case, promise, PromiseState.OPEN, "I forgot.", version=2, given=moved)


@pytest.mark.parametrize(
    ("on", "words"), [(FRIDAY, "has not come yet"), (TODAY - WEEK, "had not been promised")]
)
def test_it_ends_between_the_day_it_was_made_and_today(case, promise, on, words):
    with pytest.raises(RuleBroken, match=words):
        say(case, promise, PromiseState.KEPT, on=on)


def test_a_promise_goes_with_the_case(case, promise, manager):
    other = a_member_of_staff()
    row = db.session.get(CaseFile, case.id)
    cases.assign_manager(row, other, version=row.version, actor=TEST)
    assert queries.to_do(an_actor(manager), FRIDAY) == []
    assert [one.words for one in queries.to_do(an_actor(other), FRIDAY)] == [RING.words]


def test_due_and_broken_ones_are_on_the_leaders_desk_from_their_day(case, promise, leader):
    boss = an_actor(leader)
    assert queries.promises_of_team(boss) == []
    for day in (4, 6):
        with clock.fixed(MONDAY + timedelta(days=day)):
            (row,) = queries.promises_of_team(boss)
            assert (row.words, row.owner_name) == (RING.words, "Priya Shah")


def test_a_leader_of_another_team_sees_none_of_it(case, promise):
    stranger = an_actor(a_member_of_staff(Role.TEAM_LEADER, team="South"))
    with clock.fixed(MONDAY + WEEK):
        assert queries.promises_of_team(stranger) == []
        assert queries.promise_report(stranger, TODAY, FRIDAY).rows == []


def test_the_report_counts_by_month_and_team_and_names_what_was_not_kept(
    case, promise, actor, leader, manager
):
    second = commands.give_promise(
        case, PromiseGiven(words="Send the form", due_on=TODAY), actor=actor
    )
    commands.keep_promise(case, second, actor=actor)
    other = a_case(manager=manager)
    late = commands.give_promise(
        other, PromiseGiven(words="Ask the court", due_on=TODAY), actor=actor
    )
    with clock.fixed(MONDAY + WEEK):
        commands.keep_promise(other, late, actor=actor)
        report = queries.promise_report(an_actor(leader), date(2026, 11, 1), date(2026, 11, 30))
    (row,) = report.rows
    assert (row.team, row.all, row.kept, row.kept_late, row.broken) == ("North", 3, 1, 1, 1)
    assert [(one.words, one.state) for one in report.broken] == [
        (RING.words, PromiseState.OPEN),
        ("Ask the court", PromiseState.KEPT),
    ]


def test_a_day_on_which_nobody_works_is_doubted(case):
    (doubt,) = days_off.doubts(case, SATURDAY)
    assert doubt == "Saturday 28 November is a weekend or a bank holiday: nobody is at work."
    assert days_off.doubts(case, date(2026, 12, 25))
    assert days_off.doubts(case, FRIDAY) == []


def test_a_day_off_of_its_owner_is_doubted_where_a_feature_knows_it(case, manager, monkeypatch):
    monkeypatch.setattr(days_off, "_asked", [])
    days_off.known_by(lambda staff_id, day: (staff_id, day) == (manager.id, FRIDAY))
    assert days_off.doubts(case, FRIDAY) == ["Priya Shah is off on Friday 27 November."]
    assert days_off.doubts(case, FRIDAY, a_member_of_staff().id) == []
