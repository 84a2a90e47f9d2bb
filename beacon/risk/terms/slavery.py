"""The words of modern slavery and the National Referral Mechanism (domain.md 3.3)."""

from __future__ import annotations

from enum import StrEnum


class SlaveryConsent(StrEnum):
    """Whether an adult agreed to be referred. A child is not asked."""

    GIVEN = "given"
    REFUSED = "refused"
    UNDER_18 = "not_asked_under_18"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "given": "They agree to be referred",
            "refused": "They do not agree",
            "not_asked_under_18": "Not asked: under 18, always referred",
        }[self]


class SlaveryRoute(StrEnum):
    """What is sent to the Home Office."""

    NRM = "nrm"
    DUTY_TO_NOTIFY = "duty_to_notify"

    @property
    def label(self) -> str:
        """The route as a page says it."""
        return {
            "nrm": "National Referral Mechanism",
            "duty_to_notify": "Duty to notify, without what would identify them",
        }[self]


class FirstResponder(StrEnum):
    """Through whom it goes: we are no First Responder ourselves."""

    POLICE = "police"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        """The body as a page says it."""
        return {"police": "The police", "council": "The council"}[self]


class SlaveryStage(StrEnum):
    """What of a referral has happened."""

    AUTHORITY_TOLD = "authority_told"
    SENT = "sent"
    REASONABLE = "reasonable_grounds"
    CONCLUSIVE = "conclusive_grounds"

    @property
    def label(self) -> str:
        """The stage as a page says it."""
        return {
            "authority_told": "Local authority told",
            "sent": "Sent",
            "reasonable_grounds": "Reasonable grounds decision",
            "conclusive_grounds": "Conclusive grounds decision",
        }[self]

    @property
    def is_decision(self) -> bool:
        """Whether the Home Office decides it, one way or the other."""
        return self in {SlaveryStage.REASONABLE, SlaveryStage.CONCLUSIVE}


class SlaveryVerdict(StrEnum):
    """How the Home Office decided."""

    POSITIVE = "positive"
    NEGATIVE = "negative"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return self.value.capitalize()
