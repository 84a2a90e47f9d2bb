"""The words of what is sent on: where it stands, what is shared, on what basis, how it ends."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Who takes a step: we, the agency, or the clock."""

    OURS = "ours"
    THEIRS = "theirs"
    CLOCK = "clock"


class ReferralState(StrEnum):
    """Where a referral to a partner stands."""

    DRAFT = "draft"
    SENT = "sent"
    NO_REPLY = "no_reply"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DECLINED = "declined"
    FINISHED = "finished"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The state as a page says it."""
        return STATE_LABELS[self]

    @property
    def is_live(self) -> bool:
        """Whether the agency has it before it, and has not ended it."""
        return self in {
            ReferralState.SENT,
            ReferralState.NO_REPLY,
            ReferralState.ACCEPTED,
            ReferralState.IN_PROGRESS,
        }

    @property
    def is_unanswered(self) -> bool:
        """Whether the agency has still to say yes or no."""
        return self in {ReferralState.SENT, ReferralState.NO_REPLY}

    @property
    def tone(self) -> str:
        """The colour of its tag, which only helps the words."""
        return STATE_TONES.get(self, "grey")


STATE_LABELS: dict[ReferralState, str] = {
    ReferralState.DRAFT: "Draft, not sent",
    ReferralState.SENT: "Sent, waiting for an answer",
    ReferralState.NO_REPLY: "No reply",
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.IN_PROGRESS: "In progress",
    ReferralState.DECLINED: "Declined",
    ReferralState.FINISHED: "Finished",
    ReferralState.REVOKED: "Taken back",
    ReferralState.EXPIRED: "Expired",
}
STATE_TONES: dict[ReferralState, str] = {
    ReferralState.SENT: "blue",
    ReferralState.NO_REPLY: "red",
    ReferralState.ACCEPTED: "teal",
    ReferralState.IN_PROGRESS: "green",
    ReferralState.DECLINED: "amber",
}


class StepKind(StrEnum):
    """What one line of the history of a referral tells of."""

    DRAFTED = "drafted"
    SENT = "sent"
    NO_REPLY = "no_reply"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DECLINED = "declined"
    FINISHED = "finished"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CHASED = "chased"
    MESSAGE = "message"

    @property
    def label(self) -> str:
        """The step as a page says it."""
        return STEP_LABELS[self]


STEP_LABELS: dict[StepKind, str] = {
    StepKind.DRAFTED: "Drafted",
    StepKind.SENT: "Sent",
    StepKind.NO_REPLY: "No reply came in time",
    StepKind.ACCEPTED: "Accepted",
    StepKind.IN_PROGRESS: "Begun",
    StepKind.DECLINED: "Declined",
    StepKind.FINISHED: "Finished",
    StepKind.REVOKED: "Taken back",
    StepKind.EXPIRED: "Expired",
    StepKind.CHASED: "Reminded again",
    StepKind.MESSAGE: "Message from the agency",
}


class SharedFact(StrEnum):
    """One fact of a case that may be shared, if somebody chooses it. No address is among them."""

    NAME = "name"
    AGE = "age"
    DATE_OF_BIRTH = "date_of_birth"
    PHONE = "phone"
    EMAIL = "email"
    SAFE_CONTACT = "safe_contact"
    LANGUAGE = "language"
    HELPS = "helps"
    DISTRICT = "district"
    CRIME = "crime"
    NEEDS = "needs"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        """The fact as a page says it, ours and the agency's."""
        return FACT_LABELS[self]


FACT_LABELS: dict[SharedFact, str] = {
    SharedFact.NAME: "Name",
    SharedFact.AGE: "Age",
    SharedFact.DATE_OF_BIRTH: "Date of birth",
    SharedFact.PHONE: "Safe telephone numbers",
    SharedFact.EMAIL: "Safe e-mail address",
    SharedFact.SAFE_CONTACT: "How they may be reached safely",
    SharedFact.LANGUAGE: "Language and interpreter",
    SharedFact.HELPS: "What helps them to understand and be understood",
    SharedFact.DISTRICT: "District where it happened",
    SharedFact.CRIME: "What happened, in a few words",
    SharedFact.NEEDS: "Needs, by category",
    SharedFact.MANAGER: "Their case manager",
}
FACTS_ABOUT_REACHING = frozenset({SharedFact.PHONE, SharedFact.EMAIL})


class Basis(StrEnum):
    """On what it is shared."""

    CONSENT = "consent"
    OVERRIDE = "override"

    @property
    def label(self) -> str:
        """The basis as a page says it."""
        return {"consent": "They agree", "override": "Without consent, on a lawful ground"}[self]


class LawfulGround(StrEnum):
    """Why something is shared without consent (domain.md 7.2)."""

    SAFEGUARDING = "safeguarding"
    SERIOUS_HARM = "serious_harm"
    COURT_ORDER = "court_order"
    CRIME_PREVENTION = "crime_prevention"

    @property
    def label(self) -> str:
        """The ground as a page says it."""
        return {
            "safeguarding": "Safeguarding of a child or of an adult at risk",
            "serious_harm": "Risk of serious harm",
            "court_order": "An order of a court",
            "crime_prevention": "To prevent a crime",
        }[self]


class Outcome(StrEnum):
    """How the agency's work ended."""

    HELPED = "helped"
    PARTLY = "partly"
    DID_NOT_ENGAGE = "did_not_engage"
    NOT_SUITABLE = "not_suitable"
    MOVED_ON = "moved_on"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "helped": "Helped with what was asked",
            "partly": "Helped with some of it",
            "did_not_engage": "They did not take it up, or stopped",
            "not_suitable": "Turned out not to be the right service",
            "moved_on": "Passed to another service with their consent",
        }[self]
