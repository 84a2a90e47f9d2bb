"""The words of what we write to victims: kinds, ways, states, why one is held, who may do what."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class NoticeKind(StrEnum):
    """What we write about. Each once for what it is about."""

    ACKNOWLEDGED = "acknowledged"
    TRIED_TO_REACH = "tried_to_reach"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OUT_OF_AREA = "out_of_area"
    NO_CONSENT = "no_consent"
    NO_REPLY = "no_reply"
    CASE_LETTER = "case_letter"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "acknowledged": "Acknowledgement",
            "tried_to_reach": "We tried to reach you",
            "declined": "Declined",
            "withdrawn": "Withdrawn",
            "out_of_area": "Handed on to another force",
            "no_consent": "No consent",
            "no_reply": "We could not reach you",
            "case_letter": "Letter from a case manager",
        }[self]

    @property
    def may_be_text(self) -> bool:
        """Whether a text can say it; what ends a matter needs more words than a text has."""
        return self is NoticeKind.ACKNOWLEDGED

    @property
    def is_letter_only(self) -> bool:
        """Whether it goes by post or not at all: a person wrote it as a letter."""
        return self is NoticeKind.CASE_LETTER


class Matter(StrEnum):
    """What sort of matter it is about, which chooses the words."""

    CRIME = "crime"
    FRAUD = "fraud"
    ASB = "asb"

    @property
    def label(self) -> str:
        """The matter as a page says it."""
        return {"crime": "Crime", "fraud": "Fraud", "asb": "Anti-social behaviour"}[self]


class Age(StrEnum):
    """How old they are, as far as the words depend on it."""

    CHILD = "child"
    YOUNG = "young"
    ADULT = "adult"

    @property
    def label(self) -> str:
        """The age as a page says it."""
        return {"child": "Under 16", "young": "16 or 17", "adult": "Adult, or not known"}[self]


class Way(StrEnum):
    """By which way it goes."""

    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {"text": "Text", "email": "Email", "letter": "Letter"}[self]


class NoticeState(StrEnum):
    """Where it has got to."""

    HELD = "held"
    PLANNED = "planned"
    FOR_PRINT = "for_print"
    IN_RUN = "in_run"
    SENT = "sent"
    TOLD = "told"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return {
            "held": "Held",
            "planned": "On its way",
            "for_print": "To be printed",
            "in_run": "In a print run",
            "sent": "Sent",
            "told": "Told by a person",
            "not_needed": "Not needed",
        }[self]

    @property
    def tone(self) -> str:
        """The colour of its tag; the words carry the meaning."""
        tones = {"held": "amber", "planned": "blue", "for_print": "blue", "in_run": "blue"}
        return tones.get(self.value, "green" if self.value in {"sent", "told"} else "grey")


class HeldBecause(StrEnum):
    """Why nothing goes by itself. What is not known to be safe is not safe (domain.md RULE 7.1)."""

    NOT_SAFE = "not_safe"
    ASK_FIRST = "ask_first"
    NOT_ASKED = "not_asked"
    CHANGE_WAITS = "change_waits"
    WARNED = "warned"
    RULE = "rule"
    CONFIRM_AGAIN = "confirm_again"
    CAREFUL = "careful"
    RESTRICTED = "restricted"
    CHILD = "child"
    LANGUAGE = "language"
    NO_CONTACT = "no_contact"
    RING_THEM = "ring_them"
    NO_SAFE_WAY = "no_safe_way"
    TEXTS_OFF = "texts_off"
    TEXT_STOPPED = "text_stopped"
    TEXT_FAILED = "text_failed"
    TEXT_IN_DOUBT = "text_in_doubt"
    EMAIL_FAILED = "email_failed"
    WORDS = "words"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return HELD_WORDS[self][0]

    @property
    def advice(self) -> str:
        """What a person does about it."""
        return HELD_WORDS[self][1]

    @property
    def may_pass(self) -> bool:
        """Whether it falls away by itself once something else is recorded of them."""
        return self not in FOR_A_PERSON


ASK = "Ask them when they can talk freely, and write down what they say."
TELL = "Tell them when you speak with them."
HELD_WORDS: dict[HeldBecause, tuple[str, str]] = {
    HeldBecause.NOT_SAFE: ("They said that contact is not safe.", TELL),
    HeldBecause.ASK_FIRST: ("They are to be asked each time.", TELL),
    HeldBecause.NOT_ASKED: ("Nobody has asked whether contact is safe.", ASK),
    HeldBecause.CHANGE_WAITS: (
        "A feed says something else about their safety.",
        "Decide which of the two holds.",
    ),
    HeldBecause.WARNED: ("There is a warning to heed before they are reached.", TELL),
    HeldBecause.RULE: (
        "Their words on safe contact name an hour, or forbid something.",
        "Read them. " + TELL,
    ),
    HeldBecause.CONFIRM_AGAIN: ("It was last confirmed more than 90 days ago.", ASK),
    HeldBecause.CAREFUL: (
        "Domestic abuse, and only the feed has said that contact is safe.",
        ASK,
    ),
    HeldBecause.RESTRICTED: ("Their case is restricted.", TELL),
    HeldBecause.CHILD: ("They are under 16.", "Speak with a parent or carer, if that is safe."),
    HeldBecause.LANGUAGE: (
        "They need another language, or an interpreter.",
        "Ring them with an interpreter.",
    ),
    HeldBecause.NO_CONTACT: ("They asked for no contact.", "Say that it is not needed."),
    HeldBecause.RING_THEM: ("They would rather be rung.", TELL),
    HeldBecause.NO_SAFE_WAY: ("No safe way to write to them is recorded.", ASK),
    HeldBecause.TEXTS_OFF: (
        "They would rather have a text, and this service does not text victims.",
        TELL,
    ),
    HeldBecause.TEXT_STOPPED: ("The text was stopped before it left.", TELL),
    HeldBecause.TEXT_FAILED: ("The text did not reach them.", TELL),
    HeldBecause.TEXT_IN_DOUBT: ("Nobody knows whether the text left.", TELL),
    HeldBecause.EMAIL_FAILED: ("The email could not be sent.", TELL),
    HeldBecause.WORDS: ("The text cannot be written for them.", TELL),
}
# These a person settles: nothing is tried again by itself, so that nobody is written to twice.
FOR_A_PERSON = frozenset(
    {
        HeldBecause.TEXT_STOPPED,
        HeldBecause.TEXT_FAILED,
        HeldBecause.TEXT_IN_DOUBT,
        HeldBecause.EMAIL_FAILED,
        HeldBecause.WORDS,
    }
)


class NoticePermission(StrEnum):
    """What may be done with what we write to victims."""

    READ = "notices.read"
    SETTLE = "notices.settle"  # say that they were told, or that it is not needed
    PRINT = "notices.print"  # addresses are on the letters


_INTAKE = frozenset({Role.INTAKE_OFFICER, Role.TEAM_LEADER})
GRANTS = {
    NoticePermission.READ: _INTAKE,
    NoticePermission.SETTLE: _INTAKE,
    NoticePermission.PRINT: _INTAKE,
}
