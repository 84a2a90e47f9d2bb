"""The words by which a case ends: why, what the victim says, and why needs were not assessed."""

from __future__ import annotations

from enum import StrEnum


class ClosingReason(StrEnum):
    """Why our work in a case ends."""

    DONE = "done"
    THEIR_WISH = "their_wish"
    NOT_REACHED = "not_reached"
    MOVED = "moved"
    OTHER_SERVICE = "other_service"
    NOT_FOR_US = "not_for_us"
    DIED = "died"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return CLOSING_REASON_LABELS[self]


CLOSING_REASON_LABELS: dict[ClosingReason, str] = {
    ClosingReason.DONE: "What was planned is done",
    ClosingReason.THEIR_WISH: "They want no more help",
    ClosingReason.NOT_REACHED: "They could not be reached",
    ClosingReason.MOVED: "They moved out of the area",
    ClosingReason.OTHER_SERVICE: "Another service has taken over",
    ClosingReason.NOT_FOR_US: "It was not for us",
    ClosingReason.DIED: "They have died",
    ClosingReason.OTHER: "Another reason",
}


class CopeAndRecover(StrEnum):
    """The outcomes by which services for victims are measured (domain.md 2.2)."""

    HEALTH = "health"
    COPING = "coping"
    SAFETY = "safety"
    INFORMED = "informed"

    @property
    def label(self) -> str:
        """The outcome as the framework words it."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: dict[CopeAndRecover, str] = {
    CopeAndRecover.HEALTH: "Improved health and wellbeing",
    CopeAndRecover.COPING: "Better able to cope with aspects of everyday life",
    CopeAndRecover.SAFETY: "Increased feelings of safety",
    CopeAndRecover.INFORMED: "Better informed and empowered",
}


class Answer(StrEnum):
    """What the victim says of one outcome; not asked and no answer are told apart from no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        if self is Answer.DECLINED:
            return "Did not want to say"
        return self.value.replace("_", " ").capitalize()


class NotAssessed(StrEnum):
    """Why needs were not assessed when a case was closed."""

    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    NOT_SAFE = "not_safe"
    NO_WORK = "no_work"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return NOT_ASSESSED_LABELS[self]


NOT_ASSESSED_LABELS: dict[NotAssessed, str] = {
    NotAssessed.DECLINED: "They did not want to",
    NotAssessed.NOT_REACHED: "They could not be reached",
    NotAssessed.NOT_SAFE: "It was not safe to ask",
    NotAssessed.NO_WORK: "There was no work with them to look back on",
}
