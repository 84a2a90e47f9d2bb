"""The words of the commissioner's page: what is counted, by what it is told apart, and where."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What one figure counts."""

    CASES = "cases"
    CODE = "code"
    HEARINGS = "hearings"
    PARTNERS = "partners"
    NEEDS = "needs"
    COPE = "cope"
    MONEY = "money"
    SURVEYS = "surveys"
    RESTORATIVE = "restorative"
    VIEWS = "views"
    WITNESSES = "witnesses"


class Kind(StrEnum):
    """How the rows of a table hang together, by which what is small in it is hidden."""

    PARTS = "parts"  # the rows add up to the total, which other tables share
    APART = "apart"  # each row stands by itself, with its own total
    MONEY = "money"  # each row is a sum of money, with the cases behind it
    TAKEN = "taken"  # taken from figures that were published before: hidden already


class Dimension(StrEnum):
    """By what the cases of a period are told apart."""

    SOURCE = "source"
    ROUTE = "route"
    CRIME = "crime"
    DISTRICT = "district"
    CATEGORY = "category"
    AGE = "age"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    ORIENTATION = "orientation"
    RELIGION = "religion"


class Contacted(StrEnum):
    """Whether a victim was reached within our own limit for the first contact (RULE 1.10)."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSED = "missed"
    WAITING = "waiting"
    NOT_COUNTED = "not_counted"


class Whose(StrEnum):
    """Whether a victim has Enhanced Rights, and whether somebody by name answers for the case."""

    NAMED = "named"
    NOBODY = "nobody"
    STANDARD = "standard"

    @property
    def label(self) -> str:
        """The row as a page says it."""
        return {
            "named": "Enhanced, with a named case manager",
            "nobody": "Enhanced, without a named case manager",
            "standard": "Standard",
        }[self]


class Attended(StrEnum):
    """Who came to a hearing, as the figures tell it."""

    CAME = "came"
    STAYED_AWAY = "stayed_away"
    LEFT_OUT = "left_out"
    NOT_RECORDED = "not_recorded"


class SentOn(StrEnum):
    """What became of a referral to a partner."""

    HELPED = "helped"
    ENDED = "ended"
    UNDER_WAY = "under_way"
    WAITING = "waiting"
    DECLINED = "declined"
    STOPPED = "stopped"


class Moved(StrEnum):
    """Which way a need went between the first assessment and the closing one (RULE 2.1)."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


CONTACT_LABELS: dict[str, str] = {
    Contacted.IN_TIME: "In time",
    Contacted.LATE: "Late",
    Contacted.MISSED: "Not reached in time",
    Contacted.WAITING: "Not yet due",
    Contacted.NOT_COUNTED: "No limit, or set aside",
}
