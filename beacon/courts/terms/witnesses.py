"""The words of who is called to court beside the defendant, and of special measures (3.7)."""

from __future__ import annotations

from enum import StrEnum


class Called(StrEnum):
    """Who is called."""

    VICTIM = "victim"
    WITNESS = "witness"

    @property
    def label(self) -> str:
        """The person as a page says it."""
        return {"victim": "The victim of a case", "witness": "Another witness"}[self]


class Came(StrEnum):
    """Whether a victim or a witness came."""

    ATTENDED = "attended"
    DID_NOT_ATTEND = "did_not_attend"
    NOT_NEEDED = "not_needed"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return {
            "attended": "Came to court",
            "did_not_attend": "Did not come",
            "not_needed": "Was told not to come, or was not called in",
            "not_known": "Not known",
        }[self]


class WhyNot(StrEnum):
    """Why somebody did not come."""

    FEAR = "fear"
    WITHDREW = "withdrew"
    ILL = "ill"
    NOT_TOLD = "not_told"
    TRANSPORT = "transport"
    CARE = "care"
    WORK = "work"
    NOT_FOUND = "not_found"
    OTHER = "other"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """The reason as a page says it."""
        return {
            "fear": "Fear or distress",
            "withdrew": "Does not support the case any more",
            "ill": "Ill",
            "not_told": "Was not told, or not in time",
            "transport": "Could not get there",
            "care": "Had to care for somebody",
            "work": "Work or school",
            "not_found": "Could not be found",
            "other": "Something else",
            "not_said": "Did not say",
        }[self]


class Support(StrEnum):
    """What was offered so that they could come."""

    WITNESS_SERVICE = "witness_service"
    VISIT = "visit"
    TRANSPORT = "transport"
    ENTRANCE = "entrance"
    WAITING = "waiting"
    SUPPORTER = "supporter"
    INTERPRETER = "interpreter"
    CHILD_CARE = "child_care"
    EXPENSES = "expenses"
    BREAKS = "breaks"
    REMOTE_SITE = "remote_site"

    @property
    def label(self) -> str:
        """The support as a page says it."""
        return {
            "witness_service": "Witness Service",
            "visit": "Visit to the court before the trial",
            "transport": "Transport",
            "entrance": "Separate entrance",
            "waiting": "Separate waiting area",
            "supporter": "Somebody beside them",
            "interpreter": "Interpreter",
            "child_care": "Care for a child or another person",
            "expenses": "Expenses paid before",
            "breaks": "Breaks",
            "remote_site": "Remote site with a live link",
        }[self]


class Ground(StrEnum):
    """Why special measures may be given (Youth Justice and Criminal Evidence Act 1999)."""

    CHILD = "s16_child"
    CONDITION = "s16_adult"
    INTIMIDATED = "s17"

    @property
    def label(self) -> str:
        """The ground with its section."""
        return {
            "s16_child": "Section 16: under 18 at the hearing",
            "s16_adult": "Section 16: a condition that makes evidence harder to give",
            "s17": "Section 17: fear or distress",
        }[self]


class Measure(StrEnum):
    """One special measure, by the section that gives it."""

    SCREENS = "s23"
    LIVE_LINK = "s24"
    PRIVATE = "s25"
    WIGS = "s26"
    RECORDED = "s27"
    CROSS = "s28"
    INTERMEDIARY = "s29"
    AIDS = "s30"

    @property
    def label(self) -> str:
        """The measure with its section."""
        return f"Section {self.value[1:]}: {MEASURE_WORDS[self]}"


MEASURE_WORDS: dict[Measure, str] = {
    Measure.SCREENS: "screens",
    Measure.LIVE_LINK: "live link",
    Measure.PRIVATE: "evidence in private",
    Measure.WIGS: "wigs and gowns removed",
    Measure.RECORDED: "video recorded evidence in chief",
    Measure.CROSS: "pre-recorded cross-examination",
    Measure.INTERMEDIARY: "intermediary",
    Measure.AIDS: "communication aids",
}


class MeasureStep(StrEnum):
    """How far a measure has come."""

    PROPOSED = "proposed"
    ASKED = "asked"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    VARIED = "varied"
    IN_PLACE = "in_place"
    NOT_IN_PLACE = "not_in_place"
    TOLD = "told"

    @property
    def label(self) -> str:
        """The step as a page says it."""
        return {
            "proposed": "Proposed",
            "asked": "Asked for",
            "applied": "Applied for",
            "granted": "Granted",
            "refused": "Refused",
            "varied": "Varied",
            "in_place": "In place on the day",
            "not_in_place": "Not in place on the day",
            "told": "They were told the outcome",
        }[self]


DECISIONS = frozenset({MeasureStep.GRANTED, MeasureStep.REFUSED, MeasureStep.VARIED})
ON_THE_DAY = frozenset({MeasureStep.IN_PLACE, MeasureStep.NOT_IN_PLACE})
BY_COURT = (*sorted(DECISIONS), *sorted(ON_THE_DAY))  # what a court officer records as well
