"""Words about courts and hearings."""

from __future__ import annotations

from enum import StrEnum


class CourtKind(StrEnum):
    """What sort of court it is."""

    MAGISTRATES = "magistrates"
    CROWN = "crown"
    COUNTY = "county"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return {
            "magistrates": "Magistrates' court",
            "crown": "Crown Court",
            "county": "County court building",
        }[self]


class HearingStatus(StrEnum):
    """Where a hearing stands. Listed is live, and so is one of which the list's word is not clear.

    Of that one nobody is texted until a person, or a later list, says how it stands.
    """

    LISTED = "listed"
    UNCLEAR = "unclear"
    VACATED = "vacated"
    ADJOURNED = "adjourned"

    @property
    def label(self) -> str:
        """The status as a page says it."""
        return {
            "listed": "Listed",
            "unclear": "Not clear: ask the court",
            "vacated": "Vacated",
            "adjourned": "Adjourned, no new date",
        }[self]


ON_THE_LIST = frozenset({HearingStatus.LISTED, HearingStatus.UNCLEAR})


class ListStatus(StrEnum):
    """What a row of a court list says. A moved row names the new day, on which it is live."""

    LISTED = "listed"
    VACATED = "vacated"
    ADJOURNED = "adjourned"
    MOVED = "moved"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return self.value.capitalize()


class Remand(StrEnum):
    """Whether the person comes to court free or from custody (contract 3.4)."""

    UNCONDITIONAL = "UB"
    CONDITIONAL = "CB"
    CUSTODY = "custody"
    NOT_APPLICABLE = "NA"

    @property
    def label(self) -> str:
        """The status as a page says it."""
        return {
            "UB": "Unconditional bail",
            "CB": "Conditional bail",
            "custody": "In custody",
            "NA": "Not on remand",
        }[self]


class Initiation(StrEnum):
    """How the prosecution began (domain.md 6.2)."""

    CHARGE = "C"
    REQUISITION = "R"
    SUMMONS = "S"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {"C": "Charge", "R": "Postal requisition", "S": "Summons"}[self]


class ListChange(StrEnum):
    """What one change did to a hearing: each is a version of it."""

    CREATED = "created"
    MOVED = "moved"
    VACATED = "vacated"
    ADJOURNED = "adjourned"
    RELISTED = "relisted"
    UPDATED = "updated"
    ADOPTED = "adopted"
    OUTCOME = "outcome"

    @property
    def label(self) -> str:
        """The change as the history of a hearing says it."""
        return {
            "created": "Listed",
            "moved": "Moved to another day",
            "vacated": "Vacated",
            "adjourned": "Adjourned without a new date",
            "relisted": "Listed again",
            "updated": "Details changed",
            "adopted": "Found on the court list",
            "outcome": "Outcome recorded",
        }[self]


class HearingOutcome(StrEnum):
    """What came of a hearing."""

    HELD = "held"
    WARRANT = "warrant"
    HEARD_IN_ABSENCE = "heard_in_absence"
    ADJOURNED = "adjourned"
    DISCONTINUED = "discontinued"

    @property
    def label(self) -> str:
        """The outcome as a page says it."""
        return {
            "held": "Went ahead",
            "warrant": "Warrant issued",
            "heard_in_absence": "Went ahead without the defendant",
            "adjourned": "Adjourned on the day",
            "discontinued": "Discontinued",
        }[self]


class Attendance(StrEnum):
    """Whether the defendant came."""

    ATTENDED = "attended"
    DID_NOT_ATTEND = "did_not_attend"
    NOT_REQUIRED = "not_required"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "attended": "Came to court",
            "did_not_attend": "Did not come",
            "not_required": "Did not have to come",
            "not_known": "Not known",
        }[self]
