"""The words of anti-social behaviour and its Case Review (domain.md 3.5)."""

from __future__ import annotations

from enum import StrEnum


class AsbBody(StrEnum):
    """To whom an incident was reported."""

    COUNCIL = "council"
    POLICE = "police"
    LANDLORD = "landlord"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The body as a page says it."""
        return {
            "council": "The council",
            "police": "The police",
            "landlord": "The landlord or housing association",
            "other": "Somebody else",
        }[self]

    @property
    def counts(self) -> bool:
        """Whether a report to them counts: council, police or landlord [S:EHERTS]."""
        return self is not AsbBody.OTHER


class Reporter(StrEnum):
    """Who reported it."""

    VICTIM = "victim"
    SOMEBODY = "somebody"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        """The reporter as a page says it."""
        return {
            "victim": "The victim",
            "somebody": "Somebody else, by name",
            "anonymous": "Anonymous",
        }[self]


class CountedBy(StrEnum):
    """Which day of an incident must lie in the window."""

    INCIDENT = "incident"
    REPORT = "report"

    @property
    def label(self) -> str:
        """The day as a page says it."""
        return {"incident": "the day it happened", "report": "the day it was reported"}[self]


class Applicant(StrEnum):
    """Who applies for the review."""

    VICTIM = "victim"
    BEHALF = "on_behalf"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        """The applicant as a page says it."""
        return {
            "victim": "The victim",
            "on_behalf": "A friend, a relative or we, with the victim's consent",
            "anonymous": "Nobody by name",
        }[self]


# The ten districts of Hertfordshire.
DISTRICTS: tuple[str, ...] = (
    "Broxbourne",
    "Dacorum",
    "East Hertfordshire",
    "Hertsmere",
    "North Hertfordshire",
    "St Albans",
    "Stevenage",
    "Three Rivers",
    "Watford",
    "Welwyn Hatfield",
)
