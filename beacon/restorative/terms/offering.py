"""The words of an offer: who informs whom, what the victim answers, how it ends."""

from __future__ import annotations

from enum import StrEnum

CENTRE = "Hertfordshire Centre for Restorative Justice"


class AgeGroup(StrEnum):
    """How old the offender was on the day of the offence, as far as it decides who informs."""

    NOT_KNOWN = "not_known"
    ADULT = "adult"
    UNDER_18 = "under_18"

    @property
    def label(self) -> str:
        """The group as a page says it."""
        return {
            "not_known": "Age not known yet",
            "adult": "18 or over on the day",
            "under_18": "Under 18 on the day",
        }[self]


class InformedBy(StrEnum):
    """Who gives a victim the information that the Code promises (R3_RJ)."""

    POLICE = "police"
    YOUTH_TEAM = "youth_team"

    @property
    def label(self) -> str:
        """The body as a page says it."""
        return {"police": "The police", "youth_team": "The youth offending team"}[self]


class StepKind(StrEnum):
    """One step of an offer. A step taken back stays, with the step that takes it back."""

    INFORMED = "informed"
    EXPLAINED = "explained"
    ANSWERED = "answered"
    REQUESTED = "requested"
    REFERRED = "referred"
    OUTCOME = "outcome"
    SATISFACTION = "satisfaction"
    NOT_KNOWN = "not_known"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """The step as a page says it."""
        return STEP_LABELS[self]

    @property
    def is_offer(self) -> bool:
        """Whether it offers contact with the offender, so that a block stops it."""
        return self in OFFERS


STEP_LABELS: dict[StepKind, str] = {
    StepKind.INFORMED: "Information given",
    StepKind.EXPLAINED: "Explained",
    StepKind.ANSWERED: "The victim's answer",
    StepKind.REQUESTED: "Asked for by the victim",
    StepKind.REFERRED: "Referred",
    StepKind.OUTCOME: "Outcome",
    StepKind.SATISFACTION: "How satisfied they are",
    StepKind.NOT_KNOWN: "No known offender after all",
    StepKind.TAKEN_BACK: "Taken back",
}
OFFERS = frozenset({StepKind.EXPLAINED, StepKind.REFERRED})
RECORDED = tuple(kind for kind in StepKind if kind is not StepKind.TAKEN_BACK)


class VictimAnswer(StrEnum):
    """What the victim says of the offer."""

    YES = "yes"
    THINKING = "thinking"
    NOT_NOW = "not_now"
    NO = "no"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "yes": "Yes",
            "thinking": "Wants to think about it",
            "not_now": "Not now",
            "no": "No",
        }[self]

    @property
    def is_asked_again(self) -> bool:
        """Whether a day may be agreed on which they are asked again."""
        return self in {VictimAnswer.THINKING, VictimAnswer.NOT_NOW}


class OfferOutcome(StrEnum):
    """How it ended."""

    MET = "met"
    LETTER = "letter"
    SHUTTLE = "shuttle"
    CONFERENCE = "conference"
    REPARATION = "reparation"
    NOT_SUITABLE = "not_suitable"
    OFFENDER_DECLINED = "offender_declined"
    WITHDREW = "withdrew"
    NOT_REACHED = "not_reached"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: dict[OfferOutcome, str] = {
    OfferOutcome.MET: "They met",
    OfferOutcome.LETTER: "A letter was given",
    OfferOutcome.SHUTTLE: "Messages were carried between them",
    OfferOutcome.CONFERENCE: "A conference with others",
    OfferOutcome.REPARATION: "Something was put right",
    OfferOutcome.NOT_SUITABLE: "Assessed as not suitable",
    OfferOutcome.OFFENDER_DECLINED: "The offender declined",
    OfferOutcome.WITHDREW: "The victim withdrew",
    OfferOutcome.NOT_REACHED: "One of them could not be reached",
}
COMPLETED = frozenset(
    {
        OfferOutcome.MET,
        OfferOutcome.LETTER,
        OfferOutcome.SHUTTLE,
        OfferOutcome.CONFERENCE,
        OfferOutcome.REPARATION,
    }
)


class Satisfaction(StrEnum):
    """How satisfied the victim is, in five points."""

    VERY_SATISFIED = "5"
    SATISFIED = "4"
    NEITHER = "3"
    DISSATISFIED = "2"
    VERY_DISSATISFIED = "1"

    @property
    def label(self) -> str:
        """The point as a page says it."""
        return {
            "5": "Very satisfied",
            "4": "Satisfied",
            "3": "Neither satisfied nor dissatisfied",
            "2": "Dissatisfied",
            "1": "Very dissatisfied",
        }[self]


SATISFIED = frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED})


class Ruling(StrEnum):
    """What a team leader decides about an offer that is blocked."""

    ALLOW = "allow"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return {
            "allow": "Allow the next step, once",
            "keep": "Keep it blocked until a day",
        }[self]


class Waiting(StrEnum):
    """Which part of the list."""

    EXPLAIN = "explain"
    ASK_AGAIN = "again"

    @property
    def label(self) -> str:
        """The choice as a page says it."""
        return {"explain": "Still to be explained", "again": "To be asked again"}[self]


class Whose(StrEnum):
    """Whose cases the list shows."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"

    @property
    def label(self) -> str:
        """The choice as a page says it."""
        return {"mine": "My cases", "team": "My team's cases", "all": "All I may see"}[self]
