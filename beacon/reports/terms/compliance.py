"""The words of the compliance figures: outcomes, cuts, and who may read which of them."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class Outcome(StrEnum):
    """What became of a duty by the day on which it is counted (domain.md RULE 1.13)."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    WITHHELD = "withheld"
    DECLINED = "declined"
    SAFETY_DELAY = "safety_delay"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The outcome as the head of a column says it."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.MET: "In time",
    Outcome.LATE: "Late",
    Outcome.MISSED: "Missed",
    Outcome.OPEN: "Not yet due",
    Outcome.WITHHELD: "Withheld",
    Outcome.DECLINED: "Declined",
    Outcome.SAFETY_DELAY: "Safety delay",
    Outcome.NOT_APPLICABLE: "Not applicable",
}
JUDGED = (Outcome.MET, Outcome.LATE, Outcome.MISSED)
LEFT_OUT = (
    Outcome.WITHHELD,
    Outcome.DECLINED,
    Outcome.SAFETY_DELAY,
    Outcome.NOT_APPLICABLE,
)


class Cut(StrEnum):
    """By what the figures of a period are told apart."""

    RULE = "rule"
    MONTH = "month"
    CATEGORY = "category"
    DISTRICT = "district"
    TEAM = "team"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    AGE = "age"

    @property
    def label(self) -> str:
        """The cut as a heading says it."""
        return CUT_LABELS[self]


CUT_LABELS: dict[Cut, str] = {
    Cut.RULE: "Right and rule, by who must act",
    Cut.MONTH: "Month",
    Cut.CATEGORY: "Category of victim, and why enhanced",
    Cut.DISTRICT: "District",
    Cut.TEAM: "Team",
    Cut.SEX: "Sex or gender",
    Cut.ETHNICITY: "Ethnicity",
    Cut.DISABILITY: "Disability",
    Cut.AGE: "Age at the end of the period",
}


WHO_MUST_ACT = "Who must act"
# The cuts by what people are: that a list is of such people is itself such a fact of each of them.
OF_PEOPLE = (Cut.SEX, Cut.ETHNICITY, Cut.DISABILITY, Cut.AGE)


class ReportPermission(StrEnum):
    """Which figures a person may read."""

    PUBLISHED = "reports.published"  # of the whole service, small counts hidden, no case
    FIGURES = "reports.figures"  # exact, of the cases that the person may open, with their list
    QUALITY = "reports.quality"  # what is missing in the cases that the person may open
    SET_RETURN = "reports.set_return"  # which columns the ministry's return has


GRANTS = {
    ReportPermission.PUBLISHED: frozenset({Role.ANALYST, Role.TEAM_LEADER}),
    ReportPermission.FIGURES: frozenset({Role.TEAM_LEADER}),
    ReportPermission.QUALITY: frozenset({Role.TEAM_LEADER, Role.CASE_MANAGER}),
    ReportPermission.SET_RETURN: frozenset({Role.ADMINISTRATOR}),
}
