"""When somebody is invited, by which way, how far it has got, and why it was refused."""

from __future__ import annotations

from enum import StrEnum


class Point(StrEnum):
    """At which point of the work somebody is asked; once for each case."""

    CLOSING = "closing"
    AFTER_CONTACT = "after_contact"
    AFTER_TRIAL = "after_trial"

    @property
    def label(self) -> str:
        """The point as a page says it."""
        return {
            "closing": "After the case was closed",
            "after_contact": "Some time after the first contact",
            "after_trial": "After the trial",
        }[self]


class Way(StrEnum):
    """How somebody is asked."""

    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "text": "A link by text",
            "email": "A link by email",
            "number": "A text that is answered with a number",
            "phone": "On the telephone",
        }[self]


class InvitationState(StrEnum):
    """Where an invitation has got to."""

    REFUSED = "refused"
    PLANNED = "planned"
    SENT = "sent"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "refused": "Not invited",
            "planned": "On its way",
            "sent": "Invited",
            "answered": "Answered",
            "expired": "Not answered",
            "withdrawn": "Taken back",
            "failed": "Did not reach them",
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its tag; the words carry the meaning."""
        return {"refused": "amber", "answered": "green", "failed": "red", "sent": "blue"}.get(
            self.value, "grey"
        )

    @property
    def is_live(self) -> bool:
        """Whether its link may be opened."""
        return self in {InvitationState.PLANNED, InvitationState.SENT}


class RefusedBecause(StrEnum):
    """Why no invitation goes where the rules of safe contact alone would let it."""

    NO_CONSENT = "no_consent"
    SAID_NO = "said_no"
    RISK = "risk"
    CLOSED_TO_US = "closed_to_us"
    LETTER_ONLY = "letter_only"
    NO_ADDRESS = "no_address"
    TEXT_STOPPED = "text_stopped"
    TEXT_FAILED = "text_failed"
    MAIL_STOPPED = "mail_stopped"
    WORDS = "words"
    TOO_LATE = "too_late"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return REFUSED_WORDS[self][0]

    @property
    def advice(self) -> str:
        """What a person does about it."""
        return REFUSED_WORDS[self][1]


ON_THE_PHONE = "Ask the questions on the telephone, when they can talk freely."
REFUSED_WORDS: dict[RefusedBecause, tuple[str, str]] = {
    RefusedBecause.NO_CONSENT: (
        "They have not agreed to be asked how we did.",
        "Ask them, and write down what they say under consent.",
    ),
    RefusedBecause.SAID_NO: (
        "They said that they do not want to be asked how we did.",
        "Do not ask again.",
    ),
    RefusedBecause.RISK: ("The risk in this case is high.", ON_THE_PHONE),
    RefusedBecause.CLOSED_TO_US: ("The case is erased.", "There is nothing to do."),
    RefusedBecause.LETTER_ONLY: (
        "A letter is their only safe way, and a link cannot go by letter.",
        ON_THE_PHONE,
    ),
    RefusedBecause.NO_ADDRESS: (
        "The address that stands in a text is not set.",
        "An administrator sets it.",
    ),
    RefusedBecause.TEXT_STOPPED: ("The text was stopped before it left.", ON_THE_PHONE),
    RefusedBecause.TEXT_FAILED: ("The text did not reach them.", ON_THE_PHONE),
    RefusedBecause.MAIL_STOPPED: ("The email did not leave.", ON_THE_PHONE),
    RefusedBecause.WORDS: ("The text cannot be written for them.", ON_THE_PHONE),
    RefusedBecause.TOO_LATE: (
        "Their safe way was not there in time.",
        ON_THE_PHONE,
    ),
}
