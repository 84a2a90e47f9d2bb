"""What came of ringing a defendant who could not be texted."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """How one call ended. Nothing is ever left on a machine that others may hear."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    NO_MESSAGE_LEFT = "no_message_left"
    WRONG_NUMBER = "wrong_number"
    NOT_IN_USE = "not_in_use"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "reached": "Reached: they know when and where",
            "no_answer": "No answer",
            "no_message_left": "A machine or somebody else answered: no message left",
            "wrong_number": "Wrong number: they are not known there",
            "not_in_use": "The number is not in use",
            "refused": "Reached, but they would not listen",
        }[self]

    @property
    def is_done(self) -> bool:
        """Whether nobody needs to ring that number again."""
        return self not in TRY_AGAIN

    @property
    def needs_a_number(self) -> bool:
        """Whether another number must be found before anybody rings again."""
        return self in NUMBER_IS_BAD


TRY_AGAIN = frozenset({CallOutcome.NO_ANSWER, CallOutcome.NO_MESSAGE_LEFT})
NUMBER_IS_BAD = frozenset({CallOutcome.WRONG_NUMBER, CallOutcome.NOT_IN_USE})
