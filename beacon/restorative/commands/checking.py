"""What each step of an offer needs, and by which box it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel
from beacon.restorative import rules
from beacon.restorative.commands.ground import come, said
from beacon.restorative.models import RestorativeOffer
from beacon.restorative.terms import (
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Satisfaction,
    StepKind,
    VictimAnswer,
)

WHO_AT_MOST = 100
NEEDS_OUTCOME = "Record the outcome first: satisfaction is asked about what took place."


@dataclass(frozen=True, kw_only=True)
class StepGiven:
    """One step as somebody records it. Which answers it needs depends on its kind."""

    kind: StepKind
    on: date
    how: Channel | None = None
    informed_by: InformedBy | None = None
    age: AgeGroup | None = None
    answer: VictimAnswer | None = None
    ask_on: date | None = None
    outcome: OfferOutcome | None = None
    satisfaction: Satisfaction | None = None
    who: str = ""
    words: str = ""


def check_step(held: RestorativeOffer, given: StepGiven) -> None:
    """Refuse a step that says too little, or what cannot be so, by the box it is in."""
    come(given.on)
    said(given.words, "words")
    said(given.who, "who", at_most=WHO_AT_MOST)
    checks = {
        StepKind.INFORMED: _check_informed,
        StepKind.EXPLAINED: _check_explained,
        StepKind.ANSWERED: _check_answered,
        StepKind.OUTCOME: _check_outcome,
        StepKind.SATISFACTION: _check_satisfaction,
        StepKind.NOT_KNOWN: _check_not_known,
    }
    if given.kind is StepKind.TAKEN_BACK:
        raise RuleBroken("Choose what you record.", field="kind")
    if check := checks.get(given.kind):
        check(held, given)


def _check_informed(held: RestorativeOffer, given: StepGiven) -> None:
    age = given.age or held.age
    right = rules.must_inform(age)
    if right is None:
        raise RuleBroken("Choose how old the offender was on the day of the offence.", field="age")
    if given.informed_by is None:
        raise RuleBroken("Choose who gave the information.", field="informed_by")
    if given.informed_by is not right:
        raise RuleBroken(
            f"{right.label} informs the victim where the offender was {age.label.lower()}. Check "
            "the age, or who gave it.",
            field="informed_by",
        )
    if given.how is None:
        raise RuleBroken("Choose how they were told.", field="how")


def _check_explained(held: RestorativeOffer, given: StepGiven) -> None:
    said(given.who, "who", "Enter who explained it.")
    if given.how is None:
        raise RuleBroken("Choose how it was explained.", field="how")


def _check_answered(held: RestorativeOffer, given: StepGiven) -> None:
    if given.answer is None:
        raise RuleBroken("Choose what they said.", field="answer")
    if held.explained_on is None:
        raise RuleBroken("Record that it was explained to them first.", field="answer")
    if given.ask_on is not None and not given.answer.is_asked_again:
        raise RuleBroken(
            "They have answered, so no day to ask again is needed. Take the day away.",
            field="ask_on",
        )
    if given.ask_on is not None and given.ask_on < clock.today():
        raise RuleBroken("The day to ask again must be today or later.", field="ask_on")


def _check_outcome(held: RestorativeOffer, given: StepGiven) -> None:
    if given.outcome is None:
        raise RuleBroken("Choose how it ended.", field="outcome")


def _check_satisfaction(held: RestorativeOffer, given: StepGiven) -> None:
    if given.satisfaction is None:
        raise RuleBroken("Choose how satisfied they are.", field="satisfaction")
    if held.outcome is None:
        raise RuleBroken(NEEDS_OUTCOME, field="satisfaction")


def _check_not_known(held: RestorativeOffer, given: StepGiven) -> None:
    said(given.words, "words", "Enter why no offender is known after all.")
