"""The words of safeguarding (domain.md 3.6)."""

from __future__ import annotations

from enum import StrEnum


class ConcernKind(StrEnum):
    """Under which law a concern is raised."""

    ADULT_42 = "adult_42"
    CHILD_17 = "child_17"
    CHILD_47 = "child_47"

    @property
    def label(self) -> str:
        """The concern as a page says it."""
        return {
            "adult_42": "Adult at risk, section 42",
            "child_17": "Child in need, section 17",
            "child_47": "Child at risk of significant harm, section 47",
        }[self]

    @property
    def hint(self) -> str:
        """What the law means by it, and how soon."""
        return {
            "adult_42": (
                "Care Act 2014: has care and support needs, is at risk of abuse or neglect, and "
                "cannot protect themselves because of those needs."
            ),
            "child_17": "Children Act 1989: needs help. Ask for consent.",
            "child_47": (
                "Children Act 1989: refer at once. Do not ask for consent where asking would make "
                "the risk greater."
            ),
        }[self]


class ConcernConsent(StrEnum):
    """Whether the person, or a parent, agreed."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {"given": "They agree", "refused": "They do not agree", "not_asked": "Not asked"}[
            self
        ]


class OverrideGround(StrEnum):
    """Why a concern is passed on without consent."""

    VITAL = "vital_interests"
    COERCION = "coercion"
    PUBLIC = "public_interest"
    OTHERS = "risk_to_others"
    GREATER_RISK = "greater_risk"
    NO_CAPACITY = "no_capacity"

    @property
    def label(self) -> str:
        """The ground as a page says it."""
        return {
            "vital_interests": "Vital interests: life or limb is at stake",
            "coercion": "They may be coerced",
            "public_interest": "Public interest",
            "risk_to_others": "Risk to other people, children among them",
            "greater_risk": "Asking would make the risk to a child greater",
            "no_capacity": "They cannot decide this for themselves",
        }[self]


class ConcernOutcome(StrEnum):
    """Where a concern stands with those to whom it was made."""

    WAITING = "waiting"
    ENQUIRY = "enquiry"
    PLAN = "plan"
    SUPPORT = "support"
    NO_ACTION = "no_action"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "waiting": "Waiting for an answer",
            "enquiry": "Enquiry or assessment under way",
            "plan": "Protection plan in place",
            "support": "Support offered",
            "no_action": "No further action by them",
            "ended": "Ended, the risk is dealt with",
        }[self]

    @property
    def is_over(self) -> bool:
        """Whether nobody need look again; it is shown all the same."""
        return self in {ConcernOutcome.NO_ACTION, ConcernOutcome.ENDED}
