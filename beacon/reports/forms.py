"""Of which days figures are asked for, and how many cases are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beacon.core.errors import RuleBroken
from beacon.reports.rules import Period
from beacon.reports.terms import Outcome
from beacon.web.fields import DateField, SelectField, StringField
from beacon.web.forms import FilterForm

SAMPLE, MOST_SAMPLED = 10, 50
LONGEST_SEED = 40
YEARS_AT_MOST = 2 * 366


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


class PeriodForm(FilterForm):
    """Between which days the duties that are counted were due."""

    first = DateField("Due from")
    last = DateField("Due until")

    def period(self, usual: Period) -> Period:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual.first, self.last.data or usual.last
        if first > last:
            self.refuse(RuleBroken("The last day must not be before the first.", field="last"))
            return usual
        if (last - first).days > YEARS_AT_MOST:
            self.refuse(RuleBroken("Ask for two years at most.", field="last"))
            return usual
        return Period(first, last)


class DutiesForm(PeriodForm):
    """Which duties are listed: of a period, a rule and what became of them."""

    rule = StringField("Rule", max_length=40)
    outcome = SelectField(
        "What became of it",
        choices=[("", "Anything"), *((one.value, one.label) for one in Outcome)],
    )

    @property
    def chosen(self) -> Outcome | None:
        """The outcome asked for."""
        return Outcome(self.outcome.data) if self.outcome.data in list(Outcome) else None


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


def in_words(quarter: Period) -> str:
    """A quarter as people write it: July to September 2026."""
    return f"{quarter.first:%B} to {quarter.last:%B %Y}"
