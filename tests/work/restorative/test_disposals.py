"""Out-of-court disposals: the view before the decision, late ones marked, duties met and opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CrimeMilestone
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, Milestone
from beacon.restorative import commands, queries
from beacon.restorative.terms import Decided, ViewStep
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.work.restorative.builders import a_disposal, with_view

SOON = timedelta(hours=2)


def duties(case, rule: str) -> list[Duty]:
    query = sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == rule)
    return list(db.session.scalars(query.order_by(Duty.id)))


def awaited(actor) -> list[date]:
    return [row.decision_on for row in queries.ViewList(viewer=actor).page()]


def test_asking_meets_the_duty_of_the_code_and_trying_does_not(case):
    disposal = a_disposal(case)
    milestone = db.session.get_one(CrimeMilestone, disposal.milestone_id)
    duty = entitlements.open_duty(
        case_id=case.id,
        rule="R6_OOCVIEW",
        about=milestone.subject,
        event_at=clock.now(),
        clock_started_at=clock.now(),
        enhanced=False,
        actor=TEST,
    )
    assert duty.state is DutyState.OPEN
    with_view(case, disposal, ViewStep.TRIED)
    assert disposal.asked_on is None
    assert duties(case, "R6_OOCVIEW")[0].is_open
    with_view(case, disposal, ViewStep.ASKED)
    assert duties(case, "R6_OOCVIEW")[0].state is DutyState.MET
    assert disposal.asked_on == clock.today()


def test_a_milestone_recorded_before_is_taken_up_and_not_recorded_twice(case):
    cases.record_milestone(
        case.crime, kind=Milestone.OUT_OF_COURT_CONSIDERED, at=clock.now(), actor=TEST
    )
    disposal = a_disposal(case)
    held = db.session.scalars(sa.select(CrimeMilestone)).all()
    assert [one.id for one in held] == [disposal.milestone_id]
    assert a_disposal(case).id == disposal.id  # the form was sent twice


def test_the_milestone_is_recorded_once_for_all_victims_of_the_crime(case):
    other = a_case(crime=case.crime, victim=a_victim())
    a_disposal(case)
    a_disposal(other)
    kinds = [one.kind for one in db.session.scalars(sa.select(CrimeMilestone))]
    assert kinds == [Milestone.OUT_OF_COURT_CONSIDERED]


def test_a_view_before_the_decision_is_in_time_and_one_after_is_kept_and_late(case):
    in_time, late = a_disposal(case), a_disposal(case, suspect="The driver")
    with_view(case, in_time, ViewStep.VIEW)
    with clock.fixed(clock.now() + SOON):
        for one in (in_time, late):
            with_view(case, one, ViewStep.DECIDED)
    with clock.fixed(clock.now() + 2 * SOON):
        with_view(case, late, ViewStep.VIEW)
    assert (in_time.is_late, late.is_late) == (False, True)
    with clock.fixed(clock.now() + 3 * SOON):
        found = queries.views(clock.today(), clock.today())
    assert found == queries.Views(decided=2, asked_before=1, view_before=1, view_late=1, no_view=0)


def test_a_view_given_before_but_written_down_after_the_decision_is_late(case):
    disposal = a_disposal(case)
    said_at = clock.now()
    with clock.fixed(said_at + SOON):
        with_view(case, disposal, ViewStep.DECIDED)
    with clock.fixed(said_at + 2 * SOON):
        with_view(case, disposal, ViewStep.VIEW, at=said_at)
    assert disposal.is_late


def test_not_by_a_day_but_before(case):
    """A decision on the same day is after a view of that morning, and before one of the evening."""
    disposal = a_disposal(case)
    with clock.fixed(clock.now() + SOON):
        with_view(case, disposal, ViewStep.VIEW)
        with_view(case, disposal, ViewStep.DECIDED, at=clock.now() - timedelta(hours=1))
    assert disposal.is_late


def test_a_disposal_given_opens_the_duty_to_tell_them_why_in_five_working_days(case):
    disposal = a_disposal(case)
    with_view(case, disposal, ViewStep.DECIDED)
    (duty,) = duties(case, "R6_OOC")
    assert duty.due_on == date(2026, 11, 30)


def test_no_disposal_opens_nothing(case):
    with_view(case, a_disposal(case), ViewStep.DECIDED, decided=Decided.NOT_GIVEN)
    assert duties(case, "R6_OOC") == []


def test_the_list_has_the_nearest_decision_first_and_is_worked_to_empty(case, actor):
    days = [clock.today() + timedelta(days=n) for n in (9, 3, 6)]
    rows = [a_disposal(case, decision_on=day, suspect=str(day)) for day in days]
    assert awaited(actor) == sorted(days)
    with_view(case, rows[1], ViewStep.VIEW)
    with_view(case, rows[2], ViewStep.NO_VIEW)
    with_view(case, rows[0], ViewStep.DECIDED)
    assert awaited(actor) == []


def test_passed_needs_a_view_and_a_way(case):
    disposal = a_disposal(case)
    with pytest.raises(RuleBroken, match="their view first"):
        with_view(case, disposal, ViewStep.PASSED)
    with_view(case, disposal, ViewStep.VIEW)
    with pytest.raises(RuleBroken, match="which way"):
        with_view(case, disposal, ViewStep.PASSED, passed_by=None)
    with_view(case, disposal, ViewStep.PASSED)
    assert disposal.passed_on == clock.today()


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"decision_on": date(2026, 11, 20)}, "cannot come before"),
        ({"answer_by": date(2026, 12, 30)}, "on or before"),
    ],
)
def test_days_that_cannot_be_are_refused(case, known, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        a_disposal(case, **known)


def test_a_view_taken_back_is_awaited_again(case, actor):
    disposal = a_disposal(case)
    step = with_view(case, disposal, ViewStep.VIEW)
    commands.take_view_step_back(case, step, reason="It was another case.", actor=TEST)
    assert disposal.view_at is None
    assert len(awaited(actor)) == 1
    with pytest.raises(RuleBroken, match="already"):
        commands.take_view_step_back(case, step, reason="Again.", actor=TEST)


def test_the_words_are_sealed(case):
    step = with_view(case, a_disposal(case), ViewStep.VIEW, words="I want it to stop.")
    table = step.__table__
    raw = db.session.execute(sa.select(table.c.words_sealed)).scalar_one()
    assert b"stop" not in raw
    assert step.words == "I want it to stop."


def test_a_case_of_another_team_is_not_there(case):
    disposal = a_disposal(case)
    other = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    with pytest.raises(NotFound):
        with_view(case, disposal, ViewStep.ASKED, actor=other)
    assert awaited(other) == []
