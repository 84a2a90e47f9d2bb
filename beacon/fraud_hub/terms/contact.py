"""Where a report came from, where its row of the month's list stands, and how it leaves it."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Who gave us a report; the first two follow its day (domain.md RULE 4.1)."""

    ACTION_FRAUD = "action_fraud"
    REPORT_FRAUD = "report_fraud"
    POLICE = "police"
    SELF = "self"
    BANK = "bank"
    TRADING_STANDARDS = "trading_standards"
    SOCIAL_CARE = "social_care"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The source as a page says it."""
        return {
            "action_fraud": "Action Fraud",
            "report_fraud": "Report Fraud",
            "police": "Police",
            "self": "They came themselves",
            "bank": "Bank",
            "trading_standards": "Trading Standards",
            "social_care": "Social care",
            "other": "Somebody else",
        }[self]


# What a person may say of a report that did not come by the fraud list.
BY_HAND = (
    Source.POLICE,
    Source.SELF,
    Source.BANK,
    Source.TRADING_STANDARDS,
    Source.SOCIAL_CARE,
    Source.OTHER,
)


class Standing(StrEnum):
    """Where a row of the month's list stands: each in exactly one, each with its next step."""

    TRIAGE = "triage"
    CALL_TODAY = "call_today"
    TO_CALL = "to_call"
    TRYING = "trying"
    TRIES_OVER = "tries_over"
    REACHED = "reached"
    PLAN = "plan"
    DECIDED = "decided"
    CLOSED = "closed"
    CLOSED_BEFORE = "closed_before"

    @property
    def label(self) -> str:
        """The standing as a page says it."""
        return {
            "triage": "To be triaged",
            "call_today": "To call today",
            "to_call": "To call",
            "trying": "Trying",
            "tries_over": "Tried as often as we try",
            "reached": "Reached, to decide",
            "plan": "Has a plan",
            "decided": "Decided, to be closed",
            "closed": "Closed with a decision",
            "closed_before": "Closed before decisions were asked for",
        }[self]

    @property
    def next_step(self) -> str:
        """What is done next about it."""
        return {
            "triage": "Triage it",
            "call_today": "Call them today",
            "to_call": "Call them",
            "trying": "Try again",
            "tries_over": "Write, where that is safe, then decide",
            "reached": "Decide: a plan, or how it ends",
            "plan": "Work the plan",
            "decided": "Close the case",
            "closed": "None: it is closed",
            "closed_before": "None: it is closed",
        }[self]

    @property
    def is_on_the_list(self) -> bool:
        """Whether the row still waits for a decision."""
        return self in ON_THE_LIST


ON_THE_LIST = (
    Standing.TRIAGE,
    Standing.CALL_TODAY,
    Standing.TO_CALL,
    Standing.TRYING,
    Standing.TRIES_OVER,
    Standing.REACHED,
)


class Decision(StrEnum):
    """By which a row leaves the list, one at a time and after an attempt to reach them."""

    PLAN = "plan"
    ADVICE_ONLY = "advice_only"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    NOT_A_FRAUD = "not_a_fraud"
    HANDED_ON = "handed_on"

    @property
    def label(self) -> str:
        """The decision as a page says it."""
        return {
            "plan": "They get a plan",
            "advice_only": "Advice only",
            "declined": "They want no help",
            "unreachable": "Could not be reached",
            "not_a_fraud": "Not a fraud",
            "handed_on": "Handed on",
        }[self]

    @property
    def hint(self) -> str:
        """When this is the decision."""
        return {
            "plan": "They were spoken with, and we go on working with them.",
            "advice_only": "They were spoken with, and need no more than the advice they had.",
            "declined": "They were spoken with, and do not want us.",
            "unreachable": "Tried as often as the hub tries, and by letter where that is safe.",
            "not_a_fraud": "A mistake, a dispute with a trader, or a report made twice.",
            "handed_on": "Another service or force takes it.",
        }[self]

    @property
    def needs_talk(self) -> bool:
        """Whether somebody must have spoken with them first."""
        return self in {Decision.PLAN, Decision.ADVICE_ONLY, Decision.DECLINED}

    @property
    def needs_triage(self) -> bool:
        """Whether their vulnerability must have been looked at first."""
        return self in {Decision.PLAN, Decision.ADVICE_ONLY}


class Asked(StrEnum):
    """What came of asking whether a call is safe, where nobody had recorded that it is."""

    SAFE = "safe"
    NOT_SAFE = "not_safe"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "safe": "I asked first, and they said that it is safe",
            "not_safe": "I asked first, and it was not safe: I ended it",
            "nobody": "Nobody answered, and I left no message",
        }[self]


class CallKind(StrEnum):
    """Whom a line of today's calls is about."""

    VICTIM = "victim"
    BANK = "bank"
    OMBUDSMAN = "ombudsman"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return self.value.capitalize()
