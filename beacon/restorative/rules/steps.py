"""What the steps of an offer come to, who must inform whom, and what a step needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from beacon.restorative.terms import (
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Satisfaction,
    StepKind,
    VictimAnswer,
)


class Step(Protocol):
    """What is asked of a step that counts."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> StepKind: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def answer(self) -> VictimAnswer | None: ...
    @property
    def ask_on(self) -> date | None: ...
    @property
    def outcome(self) -> OfferOutcome | None: ...
    @property
    def satisfaction(self) -> Satisfaction | None: ...
    @property
    def takes_back_id(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class OfferState:
    """Where an offer stands; the names are those of the columns that keep it."""

    informed_on: date | None = None
    explained_on: date | None = None
    answer: VictimAnswer | None = None
    ask_on: date | None = None
    requested_on: date | None = None
    referred_on: date | None = None
    outcome: OfferOutcome | None = None
    satisfaction: Satisfaction | None = None
    dropped: bool = False


def that_stand(steps: Iterable[Step]) -> list[Step]:
    """The steps that nothing has taken back, in the order in which they were written down."""
    held = sorted(steps, key=lambda step: step.id)
    gone = {step.takes_back_id for step in held if step.takes_back_id is not None}
    return [s for s in held if s.kind is not StepKind.TAKEN_BACK and s.id not in gone]


def state_of(steps: Iterable[Step]) -> OfferState:
    """Where an offer stands after these steps: the newest of each kind says it.

    A day on which they are to be asked again holds until they have said yes or no, or until it
    has been referred or has ended.
    """
    newest = {step.kind: step for step in that_stand(steps)}
    answered = newest.get(StepKind.ANSWERED)
    ended = newest.get(StepKind.OUTCOME)
    said = newest.get(StepKind.SATISFACTION)
    is_over = ended is not None or StepKind.REFERRED in newest or StepKind.NOT_KNOWN in newest
    return OfferState(
        informed_on=_day(newest.get(StepKind.INFORMED)),
        explained_on=_day(newest.get(StepKind.EXPLAINED)),
        answer=answered.answer if answered else None,
        ask_on=answered.ask_on if answered and not is_over else None,
        requested_on=_day(newest.get(StepKind.REQUESTED)),
        referred_on=_day(newest.get(StepKind.REFERRED)),
        outcome=ended.outcome if ended else None,
        satisfaction=said.satisfaction if said else None,
        dropped=StepKind.NOT_KNOWN in newest,
    )


def must_inform(age: AgeGroup) -> InformedBy | None:
    """Who informs the victim, by the offender's age on the day of the offence (R3_RJ)."""
    return {
        AgeGroup.ADULT: InformedBy.POLICE,
        AgeGroup.UNDER_18: InformedBy.YOUTH_TEAM,
        AgeGroup.NOT_KNOWN: None,
    }[age]


def _day(step: Step | None) -> date | None:
    return step.happened_on if step else None
