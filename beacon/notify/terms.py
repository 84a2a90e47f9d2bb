"""The words of texting: states, audiences, why a text was not sent, and who may do what."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class TextState(StrEnum):
    """Where a text has got to (security.md R6). One list for every page and paper."""

    PLANNED = "planned"
    HELD = "held"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    NEEDS_A_PERSON = "needs_a_person"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return STATE_LABELS[self]

    @property
    def tone(self) -> str:
        """The colour of its tag; the words carry the meaning."""
        return STATE_TONES.get(self, "grey")


STATE_LABELS: dict[TextState, str] = {
    TextState.PLANNED: "Planned",
    TextState.HELD: "Held",
    TextState.CLAIMED: "Being sent",
    TextState.ACCEPTED: "Accepted by the provider",
    TextState.QUEUED: "Queued at the provider",
    TextState.SENT: "Sent to the network",
    TextState.DELIVERED: "Delivered",
    TextState.UNDELIVERED: "Not delivered",
    TextState.FAILED: "Failed",
    TextState.REJECTED: "Refused by the provider",
    TextState.UNKNOWN: "Not known whether it was sent",
    TextState.NEEDS_A_PERSON: "Needs a person",
    TextState.CANCELLED: "Cancelled",
    TextState.EXPIRED: "Too late to send",
    TextState.SUPPRESSED: "Not texted",
}
STATE_TONES: dict[TextState, str] = {
    TextState.PLANNED: "blue",
    TextState.HELD: "amber",
    TextState.CLAIMED: "blue",
    TextState.ACCEPTED: "teal",
    TextState.QUEUED: "teal",
    TextState.SENT: "teal",
    TextState.DELIVERED: "green",
    TextState.UNDELIVERED: "red",
    TextState.FAILED: "red",
    TextState.REJECTED: "red",
    TextState.UNKNOWN: "amber",
    TextState.NEEDS_A_PERSON: "red",
    TextState.EXPIRED: "amber",
}


class Reason(StrEnum):
    """Why a text was not sent, where notify itself decides. Features bring reasons of their own."""

    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    WRONG_PERSON = "wrong_person"
    VICTIM_NUMBER = "victim_number"
    ENVIRONMENT = "environment"
    WINDOW_PASSED = "window_passed"
    NUMBER_CAP = "number_cap"
    LEFT_BY_PERSON = "left_by_person"
    REFUSED = "refused"
    IN_THE_JOURNAL = "in_the_journal"
    HELD = "held"
    HELD_TOO_LONG = "held_too_long"
    AFTER_A_RESTORE = "after_a_restore"

    @property
    def label(self) -> str:
        """The reason as a sentence."""
        return REASON_LABELS[self]


REASON_LABELS: dict[Reason, str] = {
    Reason.OPTED_OUT: "The person asked not to be texted.",
    Reason.BAD_NUMBER: "The provider says that the number cannot take texts.",
    Reason.WRONG_PERSON: "Somebody else answers this number.",
    Reason.VICTIM_NUMBER: "The number is held for a victim, a witness or somebody near them.",
    Reason.ENVIRONMENT: "This is not the real service, and the number is not on its list.",
    Reason.WINDOW_PASSED: "The time in which it could be sent has passed.",
    Reason.NUMBER_CAP: "The number has had as many texts as one may have; this one waits.",
    Reason.LEFT_BY_PERSON: "Not known whether it was sent; a person decided to leave it.",
    Reason.REFUSED: "The provider refused it.",
    Reason.IN_THE_JOURNAL: "The send journal says it may have been sent already.",
    Reason.HELD: "A person keeps it back.",
    Reason.HELD_TOO_LONG: "A person kept it back, and nobody let it go in time.",
    Reason.AFTER_A_RESTORE: "The database was restored: it may have been sent before that.",
}


class Audience(StrEnum):
    """Whom a text is for. A text for one is never sent to another."""

    DEFENDANT = "defendant"
    VICTIM = "victim"

    @property
    def label(self) -> str:
        """The audience as a page says it."""
        return self.value.capitalize()


class NumberFlag(StrEnum):
    """Why a number is no longer texted, whoever it belongs to."""

    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    WRONG_PERSON = "wrong_person"

    @property
    def label(self) -> str:
        """The flag as a sentence."""
        return self.reason.label

    @property
    def reason(self) -> Reason:
        """The reason written on a text that the flag stops."""
        return Reason(self.value)


class AttemptEnd(StrEnum):
    """What one call to the provider came to."""

    OPEN = "open"
    ACCEPTED = "accepted"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return self.value.replace("_", " ").capitalize()


REPLY_LINE = "reply_line"  # the kind of text that answers somebody who cannot come


class ReplyKind(StrEnum):
    """What somebody's text to our sender is, as far as a machine may judge (domain.md 5.6)."""

    STOP = "stop"
    START = "start"
    WRONG_PERSON = "wrong_person"
    SEEMS_WRONG = "seems_wrong"
    CANNOT_COME = "cannot_come"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as a list shows it."""
        return REPLY_WORDS[self][0]

    @property
    def advice(self) -> str:
        """What a court officer does about it."""
        return REPLY_WORDS[self][1]


REPLY_WORDS: dict[ReplyKind, tuple[str, str]] = {
    ReplyKind.STOP: (
        "Asked not to be texted",
        "Nothing to do: the number is not texted any more. Ring the person about their hearings.",
    ),
    ReplyKind.START: ("Asked to be texted again", "Nothing to do: the number is texted again."),
    ReplyKind.WRONG_PERSON: (
        "Wrong person",
        "The number is not texted any more. Find the defendant's own number and correct it.",
    ),
    ReplyKind.SEEMS_WRONG: (
        "Perhaps the wrong person",
        "Read it. If somebody else has the number, say so below: it is then not texted any more.",
    ),
    ReplyKind.CANNOT_COME: (
        "Ill, or cannot come",
        "Ring them: their solicitor or the court must know. Only the court can change a hearing.",
    ),
    ReplyKind.OTHER: ("Other words", "Read it and do what it needs."),
}


class NumberVerdict(StrEnum):
    """What a person decided about a number."""

    MARKED = "marked"
    LIFTED = "lifted"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return {"marked": "Not to be texted", "lifted": "May be texted again"}[self.value]


class NotifyPermission(StrEnum):
    """What may be done with texts."""

    READ = "notify.read"
    ACT = "notify.act"
    TRAY = "notify.tray"


GRANTS = {
    NotifyPermission.READ: frozenset({Role.COURT_OFFICER}),
    NotifyPermission.ACT: frozenset({Role.COURT_OFFICER}),
    NotifyPermission.TRAY: frozenset({Role.COURT_OFFICER, Role.TEAM_LEADER}),
}
