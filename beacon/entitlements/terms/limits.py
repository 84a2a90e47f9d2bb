"""What a time limit is made of: who must act, from when, and how sure we are."""

from __future__ import annotations

from enum import StrEnum


class Body(StrEnum):
    """Who must act."""

    POLICE = "police"
    CPS = "cps"
    COURT = "court"
    WITNESS_CARE = "witness_care"
    PROBATION = "probation"
    YOUTH_OFFENDING_TEAM = "youth_offending_team"
    PROVIDER = "provider"
    BANK = "bank"
    VICTIM = "victim"
    BEACON = "beacon"

    @property
    def label(self) -> str:
        """Who, by the name that people use."""
        return BODY_LABELS[self]


BODY_LABELS: dict[Body, str] = {
    Body.POLICE: "Police",
    Body.CPS: "Crown Prosecution Service",
    Body.COURT: "Court",
    Body.WITNESS_CARE: "Witness Care Unit",
    Body.PROBATION: "Probation",
    Body.YOUTH_OFFENDING_TEAM: "Youth offending team",
    Body.PROVIDER: "Whoever is complained of",
    Body.BANK: "Bank",
    Body.VICTIM: "Victim",
    Body.BEACON: "Beacon",
}


class ClockStart(StrEnum):
    """From what a time limit is counted."""

    EVENT = "event"
    REPORT = "report"
    DECISION = "decision"
    RECEIPT = "receipt"
    END_OF_CASE = "end_of_case"
    SENTENCE = "sentence"
    CLAIM = "claim"
    COMPLAINT = "complaint"
    REQUEST = "request"
    PLEA = "plea"
    REFERRAL = "referral"
    LAST_UPDATE = "last_update"

    @property
    def label(self) -> str:
        """The start of the clock, as it follows "counted from"."""
        return CLOCK_START_LABELS[self]


CLOCK_START_LABELS: dict[ClockStart, str] = {
    ClockStart.EVENT: "the event",
    ClockStart.REPORT: "the report",
    ClockStart.DECISION: "the decision",
    ClockStart.RECEIPT: "the day the Witness Care Unit hears of it",
    ClockStart.END_OF_CASE: "the end of the case",
    ClockStart.SENTENCE: "the sentence",
    ClockStart.CLAIM: "receipt of the claim",
    ClockStart.COMPLAINT: "receipt of the complaint",
    ClockStart.REQUEST: "receipt of the request",
    ClockStart.PLEA: "the not guilty plea",
    ClockStart.REFERRAL: "receipt of the referral",
    ClockStart.LAST_UPDATE: "the last update",
}


class Unit(StrEnum):
    """In what a time limit is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    NONE = "none"

    @property
    def label(self) -> str:
        """The unit as it follows a number."""
        return {"working_days": "working days", "calendar_days": "days", "none": "no limit"}[self]


class Mark(StrEnum):
    """How sure a row of a table is (domain.md, "How to read the marks")."""

    SEEN = "S"
    HIGH = "M:high"
    MEDIUM = "M:med"
    LOW = "M:low"

    @property
    def label(self) -> str:
        """How sure, in words."""
        return MARK_LABELS[self]


MARK_LABELS: dict[Mark, str] = {
    Mark.SEEN: "Read in a published source",
    Mark.HIGH: "Believed right, source not seen",
    Mark.MEDIUM: "To be checked before it is relied on",
    Mark.LOW: "Doubtful: to be checked before it is relied on",
}
