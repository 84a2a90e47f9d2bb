"""Of which days figures are asked for, and how many cases are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beacon.core import clock
from beacon.core.errors import RuleBroken
from beacon.reports.rules import Period, month_name
from beacon.reports.terms import WHO_MUST_ACT, Cut, Outcome
from beacon.reports.terms.quality import Check
from beacon.web.fields import (
    BooleanField,
    DateField,
    HiddenField,
    InputRequired,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm, FilterForm
from beacon.web.periods import DaysForm

SAMPLE, MOST_SAMPLED = 10, 50
LONGEST_SEED = 40
YEARS_AT_MOST = 2 * 366
DIGITS = 10


class QuarterForm(FilterForm):
    """Which calendar quarter: only quarters that have ended are published."""

    quarter = SelectField("Quarter")

    def __init__(self, quarters: Sequence[Period]) -> None:
        super().__init__()
        self.quarters = {one.first.isoformat(): one for one in quarters}
        self.quarter.choices = [(word, in_words(one)) for word, one in self.quarters.items()]

    def period(self) -> Period:
        """The quarter asked for; the newest where none is, or where it cannot be used."""
        newest = next(iter(self.quarters.values()))
        return self.quarters.get(self.quarter.data or "", newest) if self.asked_well() else newest


class PublishForm(BeaconForm):
    """Whether the figures of a quarter are to be fixed for good."""

    sure = BooleanField(
        "I have looked through these figures. They may leave the service.",
        [InputRequired("Tick the box once you have looked through the figures")],
    )


class PeriodForm(DaysForm):
    """Between which days the duties that are counted were due."""

    days_at_most = YEARS_AT_MOST
    too_many = "Ask for two years at most."

    first = DateField("Due from")
    last = DateField("Due until")

    def asked_for(self, usual: Period) -> Period:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        return Period(*self.period((usual.first, usual.last)))


class OutcomesForm(PeriodForm):
    """Which days the commissioner's page is about. Days that have not come hold nothing."""

    first = DateField("From")
    last = DateField("Until")

    def asked_for(self, usual: Period) -> Period:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        found = super().asked_for(usual)
        if found.first > clock.today():
            self.refuse(RuleBroken("Choose days that have begun: these are ahead.", field="first"))
            return usual
        return found


class BehindForm(OutcomesForm):
    """Of which figure the rows are: a table, a row of it, and a column."""

    grid = HiddenField()
    group = HiddenField()
    name = HiddenField()
    column = HiddenField()


class QualityForm(FilterForm):
    """Which check, and of which team."""

    check = HiddenField()
    team = HiddenField()

    @property
    def chosen(self) -> Check | None:
        """The check asked for; None where there is no such one."""
        return Check(self.check.data) if self.check.data in list(Check) else None


class PageForm(FilterForm):
    """Which published page: its number."""

    page = HiddenField()

    @property
    def number(self) -> int:
        """The number asked for; nought, which no page has, where none can be read."""
        text = self.page.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0


class DutiesForm(PeriodForm):
    """Which duties are listed: of a period, a rule or a row of a cut, and what became of them."""

    cut = HiddenField()
    row = HiddenField()

    rule = StringField("Rule", max_length=40)
    outcome = SelectField(
        "What became of it",
        choices=[("", "Anything"), *((one.value, one.label) for one in Outcome)],
    )

    @property
    def chosen(self) -> Outcome | None:
        """The outcome asked for."""
        return Outcome(self.outcome.data) if self.outcome.data in list(Outcome) else None

    @property
    def by(self) -> Cut | None:
        """The cut of whose row the duties are; None where they are of all of them."""
        return Cut(self.cut.data) if self.cut.data in list(Cut) and self.row.data else None

    @property
    def row_in_words(self) -> str:
        """The row as the figures show it; empty where none is asked for."""
        if self.by is None:
            return ""
        label = WHO_MUST_ACT if self.by is Cut.RULE else self.by.label
        return f"{label}: {row_name(self.by, self.row.data or '')}"


class SampleForm(PeriodForm):
    """How many cases are drawn, and from what seed."""

    number = StringField("How many cases", max_length=5)
    seed = StringField("Seed", max_length=LONGEST_SEED)

    def how_many(self) -> int:
        """The number asked for; ten where none is, or where it cannot be used."""
        text = (self.number.data or "").strip()
        if not text:
            return SAMPLE
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not 1 <= number <= MOST_SAMPLED:
            why = f"Enter a number from 1 to {MOST_SAMPLED}."
            self.refuse(RuleBroken(why, field="number"))
            return SAMPLE
        return number

    def usual_seed(self, today: date) -> str:
        """The seed asked for; the day where none is, so that it can be asked for again."""
        return (self.seed.data or "").strip() or today.isoformat()


def row_name(cut: Cut, row: str) -> str:
    """A row as a page shows it: a month by its name, everything else as it is called."""
    try:
        return month_name(row) if cut is Cut.MONTH else row
    except ValueError:
        return row


def in_words(quarter: Period) -> str:
    """A quarter as people write it: July to September 2026."""
    return f"{quarter.first:%B} to {quarter.last:%B %Y}"
