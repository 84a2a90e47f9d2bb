"""The words of risk assessments: tools, answers, grounds and levels (domain.md 3.1 and 3.2)."""

from __future__ import annotations

from enum import StrEnum


class RiskTool(StrEnum):
    """With what a risk was assessed; police and partners do not all use the same."""

    DASH = "dash"
    VS_DASH = "vs_dash"
    DARA = "dara"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The tool as a page says it."""
        return {
            "dash": "DASH",
            "vs_dash": "VS-DASH, for stalking",
            "dara": "DARA, as the police recorded it",
            "other": "Another tool",
        }[self]

    @property
    def has_questions(self) -> bool:
        """Whether its questions are asked here; of the others only the result is kept."""
        return self in {RiskTool.DASH, RiskTool.VS_DASH}


class Answer(StrEnum):
    """What was said to one question. Only "yes" counts."""

    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {"yes": "Yes", "no": "No", "dont_know": "Don't know", "not_asked": "Not asked"}[self]


class RiskLevel(StrEnum):
    """How high the risk of serious harm is."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """The level as a page says it."""
        return f"{self.value.capitalize()} risk"

    @property
    def rank(self) -> int:
        """Its place, the lowest first."""
        return tuple(RiskLevel).index(self)


class RiskGround(StrEnum):
    """Why a risk is high: any one is enough, and each is kept (domain.md RULE 3.1)."""

    VISIBLE_HIGH = "visible_high"
    JUDGEMENT = "judgement"
    CALL_OUTS = "call_outs"
    REPEAT = "repeat"

    @property
    def label(self) -> str:
        """The ground as MARAC asks for it."""
        return {
            "visible_high": "Visible high risk",
            "judgement": "Professional judgement",
            "call_outs": "Potential escalation",
            "repeat": "Repeat within 12 months of the last MARAC",
        }[self]


class LevelChange(StrEnum):
    """How a level came to stand."""

    ASSESSED = "assessed"
    RAISED = "raised"
    LOWERED = "lowered"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "assessed": "By an assessment",
            "raised": "Set by a person",
            "lowered": "Lowered by a person",
        }[self]


class MaracConsent(StrEnum):
    """Whether the victim agreed to MARAC. A high risk needs no consent; the answer is kept."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "given": "They agree",
            "refused": "They do not agree; referred all the same",
            "not_asked": "Not asked, because asking was not safe or not possible",
        }[self]


class MaracOutcome(StrEnum):
    """What came of a referral to MARAC."""

    HEARD = "heard"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "heard": "Heard at the meeting",
            "not_accepted": "Not accepted by MARAC",
            "withdrawn": "Withdrawn before the meeting",
        }[self]
