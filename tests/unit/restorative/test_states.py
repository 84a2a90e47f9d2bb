"""What the steps of an offer and of a disposal come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from beacon.restorative.rules import must_inform, state_of, that_stand, view_state_of
from beacon.restorative.terms import (
    AgeGroup,
    Decided,
    InformedBy,
    OfferOutcome,
    Satisfaction,
    StepKind,
    VictimAnswer,
    ViewStep,
)

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    id: int
    kind: StepKind
    happened_on: date = DAY
    answer: VictimAnswer | None = None
    ask_on: date | None = None
    outcome: OfferOutcome | None = None
    satisfaction: Satisfaction | None = None
    takes_back_id: int | None = None


@dataclass(frozen=True)
class Turn:
    id: int
    kind: ViewStep
    created_at: datetime = NOON
    happened_at: datetime = NOON
    decided: Decided | None = None
    takes_back_id: int | None = None


def test_the_newest_of_each_kind_says_it():
    first = Step(1, StepKind.ANSWERED, answer=VictimAnswer.THINKING, ask_on=DAY)
    second = Step(2, StepKind.ANSWERED, answer=VictimAnswer.YES)
    state = state_of([second, first])
    assert (state.answer, state.ask_on) == (VictimAnswer.YES, None)


def test_what_is_taken_back_counts_no_more_and_what_it_hid_counts_again():
    steps = [
        Step(1, StepKind.EXPLAINED),
        Step(2, StepKind.EXPLAINED, DAY + timedelta(days=1)),
        Step(3, StepKind.TAKEN_BACK, takes_back_id=2),
    ]
    assert [one.id for one in that_stand(steps)] == [1]
    assert state_of(steps).explained_on == DAY


@pytest.mark.parametrize("end", [StepKind.REFERRED, StepKind.OUTCOME, StepKind.NOT_KNOWN])
def test_nobody_is_asked_again_of_what_is_over(end):
    asked = Step(1, StepKind.ANSWERED, answer=VictimAnswer.NOT_NOW, ask_on=DAY)
    assert state_of([asked]).ask_on == DAY
    assert state_of([asked, Step(2, end, outcome=OfferOutcome.MET)]).ask_on is None


def test_who_informs_by_the_age_on_the_day():
    assert must_inform(AgeGroup.ADULT) is InformedBy.POLICE
    assert must_inform(AgeGroup.UNDER_18) is InformedBy.YOUTH_TEAM
    assert must_inform(AgeGroup.NOT_KNOWN) is None


def test_a_view_counts_from_when_it_was_written_down():
    later = NOON + timedelta(hours=3)
    state = view_state_of(
        [
            Turn(1, ViewStep.DECIDED, decided=Decided.GIVEN),
            Turn(2, ViewStep.VIEW, created_at=later, happened_at=NOON - timedelta(hours=1)),
        ]
    )
    assert state.view_at == later
    assert state.decided_at == NOON
    assert state.asked_on == DAY


def test_a_decision_that_is_taken_back_is_none():
    steps = [
        Turn(1, ViewStep.DECIDED, decided=Decided.GIVEN),
        Turn(2, ViewStep.TAKEN_BACK, takes_back_id=1),
    ]
    state = view_state_of(steps)
    assert (state.decided, state.decided_at) == (None, None)
