"""Where a claim to a firm stands, why it was refused, and what is written into its log."""

from __future__ import annotations

from enum import StrEnum


class ClaimStatus(StrEnum):
    """Where a claim stands. Only what was received is money back (domain.md 4.9)."""

    CLAIMED = "claimed"
    AGREED = "agreed"
    RECEIVED = "received"
    REFUSED = "refused"
    APPEALED = "appealed"

    @property
    def label(self) -> str:
        """The status as a page says it."""
        return {
            "claimed": "Waiting for a reply",
            "agreed": "Agreed, not yet received",
            "received": "Money received",
            "refused": "Refused",
            "appealed": "Appealed",
        }[self]

    @property
    def awaits_a_reply(self) -> bool:
        """Whether somebody still owes us an answer."""
        return self in AWAITING


AWAITING = frozenset({ClaimStatus.CLAIMED, ClaimStatus.APPEALED})
ANSWERS = (ClaimStatus.AGREED, ClaimStatus.REFUSED, ClaimStatus.APPEALED)


class RefusalGround(StrEnum):
    """Why a firm refused, as far as it said so (domain.md 4.8)."""

    GROSS_NEGLIGENCE = "gross_negligence"
    IGNORED_WARNING = "ignored_warning"
    NO_REASONABLE_BASIS = "no_reasonable_basis"
    LATE_REPORT = "late_report"
    DID_NOT_HELP = "did_not_help"
    CIVIL_DISPUTE = "civil_dispute"
    FIRST_PARTY = "first_party"
    OUT_OF_SCOPE = "out_of_scope"
    OUT_OF_TIME = "out_of_time"
    AUTHORISED = "authorised"
    TAKEN_BACK = "taken_back"
    NONE_GIVEN = "none_given"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The ground as a page says it."""
        return GROUND_LABELS[self]

    @property
    def answer(self) -> str:
        """What an appeal may say against it; empty where there is nothing general to say."""
        return GROUND_ANSWERS.get(self, "")


GROUND_LABELS: dict[RefusalGround, str] = {
    RefusalGround.GROSS_NEGLIGENCE: "Gross negligence of the victim",
    RefusalGround.IGNORED_WARNING: "The victim went past a warning",
    RefusalGround.NO_REASONABLE_BASIS: "No reasonable basis to believe that it was real",
    RefusalGround.LATE_REPORT: "Reported too late",
    RefusalGround.DID_NOT_HELP: "Did not share information, or agree to a police report",
    RefusalGround.CIVIL_DISPUTE: "A civil dispute, and no fraud",
    RefusalGround.FIRST_PARTY: "The customer is said to have taken part (first-party fraud)",
    RefusalGround.OUT_OF_SCOPE: "The payment is outside the scheme",
    RefusalGround.OUT_OF_TIME: "Claimed too late",
    RefusalGround.AUTHORISED: "The victim is said to have made the payment",
    RefusalGround.TAKEN_BACK: "The victim took the claim back",
    RefusalGround.NONE_GIVEN: "No ground was given",
    RefusalGround.OTHER: "Another ground",
}
GROUND_ANSWERS: dict[RefusalGround, str] = {
    RefusalGround.GROSS_NEGLIGENCE: (
        "Gross negligence is a high bar, and it is for the firm to prove it. It cannot be held "
        "against a customer who was vulnerable when they paid."
    ),
    RefusalGround.IGNORED_WARNING: (
        "Please show the warning as it was given, why it fitted this fraud, and how it could have "
        "been understood by somebody who was being deceived at that moment."
    ),
    RefusalGround.NO_REASONABLE_BASIS: (
        "Please say on which facts you rely, and how they looked to a person who was deceived on "
        "purpose."
    ),
    RefusalGround.LATE_REPORT: (
        "Please say when you hold that the fraud should have been noticed, and what an earlier "
        "report would have changed."
    ),
    RefusalGround.CIVIL_DISPUTE: (
        "The payment was got by deception and reported as a crime. Please say on which facts you "
        "treat it as a dispute about goods or services."
    ),
    RefusalGround.FIRST_PARTY: (
        "Please send the evidence for this, so that it can be answered. It is a serious thing to "
        "say of somebody who has been harmed."
    ),
    RefusalGround.OUT_OF_SCOPE: (
        "Please say which condition of the scheme the payment does not meet, and on which fact you "
        "rely."
    ),
    RefusalGround.OUT_OF_TIME: (
        "Please say from which day you count, and look at the claim again with the reason for the "
        "delay."
    ),
    RefusalGround.AUTHORISED: (
        "Please show how the payment was authenticated, and why that proves that the customer "
        "agreed to it."
    ),
    RefusalGround.NONE_GIVEN: (
        "No ground was given. Please give the ground and the facts on which it stands."
    ),
}


class OmbudsmanStep(StrEnum):
    """How a complaint stands at the Financial Ombudsman Service."""

    SENT = "sent"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"

    @property
    def label(self) -> str:
        """The step as a page says it."""
        return {
            "sent": "With the ombudsman",
            "upheld": "Upheld by the ombudsman",
            "partly_upheld": "Upheld in part by the ombudsman",
            "not_upheld": "Not upheld by the ombudsman",
        }[self]


DECISIONS = (OmbudsmanStep.UPHELD, OmbudsmanStep.PARTLY_UPHELD, OmbudsmanStep.NOT_UPHELD)


class EventKind(StrEnum):
    """What one line of a claim's log is about. The log only grows."""

    CLAIMED = "claimed"
    SPOKE = "spoke"
    AGREED = "agreed"
    REFUSED = "refused"
    APPEALED = "appealed"
    STOPPED = "stopped"
    RESUMED = "resumed"
    OMBUDSMAN = "ombudsman"
    DECIDED = "decided"
    LETTER = "letter"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The line as a page says it."""
        return {
            "claimed": "Claimed",
            "spoke": "Contact",
            "agreed": "Agreed",
            "refused": "Refused",
            "appealed": "Appealed",
            "stopped": "Clock stopped by the firm",
            "resumed": "Clock runs again",
            "ombudsman": "Sent to the ombudsman",
            "decided": "Decided by the ombudsman",
            "letter": "Letter",
            "ended": "Taken no further",
        }[self]


class Channel(StrEnum):
    """How somebody was spoken to about a claim."""

    CALL_OUT = "call_out"
    CALL_IN = "call_in"
    LETTER_OUT = "letter_out"
    LETTER_IN = "letter_in"
    EMAIL_OUT = "email_out"
    EMAIL_IN = "email_in"
    MEETING = "meeting"
    PORTAL = "portal"

    @property
    def label(self) -> str:
        """The channel as a page says it."""
        return {
            "call_out": "We rang them",
            "call_in": "They rang us",
            "letter_out": "We wrote a letter",
            "letter_in": "They wrote a letter",
            "email_out": "We sent an email",
            "email_in": "They sent an email",
            "meeting": "A meeting, such as in the branch",
            "portal": "Their online service",
        }[self]


class LetterKind(StrEnum):
    """The letters about a claim, to the firm and to the ombudsman."""

    CLAIM = "claim"
    CHASER = "chaser"
    COMPLAINT = "complaint"
    APPEAL = "appeal"
    OMBUDSMAN = "ombudsman"

    @property
    def label(self) -> str:
        """The letter as a page names it."""
        return {
            "claim": "Claim",
            "chaser": "Reminder that the answer is late",
            "complaint": "Complaint",
            "appeal": "Appeal against a refusal",
            "ombudsman": "Submission to the Financial Ombudsman Service",
        }[self]

    @property
    def is_to_ombudsman(self) -> bool:
        """Whether it goes to the ombudsman and not to the firm."""
        return self is LetterKind.OMBUDSMAN


class ClaimsOf(StrEnum):
    """Which claims a list shows."""

    OPEN = "open"
    WAITING = "waiting"
    LATE = "late"
    REFUSED = "refused"
    AGREED = "agreed"
    OMBUDSMAN = "ombudsman"
    ALL = "all"

    @property
    def label(self) -> str:
        """The list as a page names it."""
        return {
            "open": "Open",
            "waiting": "Waiting for a reply",
            "late": "Reply is late",
            "refused": "Refused, not yet taken on",
            "agreed": "Agreed, not yet received",
            "ombudsman": "With the ombudsman",
            "all": "All",
        }[self]


class Deadline(StrEnum):
    """A last day of the hub of which a task warns (domain.md RULE 4.5)."""

    CLAIM = "claim"
    OMBUDSMAN = "ombudsman"
    REPLY = "reply"
    NEXT_STEP = "next_step"
