"""Of which days the return is, which lack is listed, and what a column is."""

from __future__ import annotations

from datetime import date

from beacon.core import clock
from beacon.reports.commands import ColumnGiven
from beacon.reports.forms import OutcomesForm
from beacon.reports.models import HEADING_AT_MOST, ReturnColumn
from beacon.reports.rules.countable import COUNTABLE
from beacon.reports.terms.returning import Fact
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    IntegerField,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm


class MissingForm(OutcomesForm):
    """Which fact is missing, of cases of which days."""

    fact = HiddenField()

    @property
    def chosen(self) -> Fact | None:
        """The fact asked for; None where there is no such one."""
        return Fact(self.fact.data) if self.fact.data in list(Fact) else None


class ColumnForm(BeaconForm):
    """A column as it is to be from a day."""

    heading = StringField(
        "Heading", [InputRequired("Enter the heading")], max_length=HEADING_AT_MOST
    )
    counted = SelectField(
        "What it counts",
        [InputRequired("Choose what it counts")],
        choices=[("", "Choose"), *((word, one.label) for word, one in COUNTABLE.items())],
    )
    place = IntegerField("Place", [InputRequired("Enter its place")], least=1, most=9_999)
    from_on = DateField("In force from", [InputRequired("Enter its first day")])

    @classmethod
    def of(cls, row: ReturnColumn) -> ColumnForm:
        """The boxes with what stands there now, to be changed from today."""
        return cls(heading=row.heading, counted=row.counted, place=row.place, from_on=clock.today())

    def given(self) -> ColumnGiven:
        """The answers, as the command wants them."""
        return ColumnGiven(**self.answers())


class EndColumnForm(BeaconForm):
    """The last day of a column."""

    until_on = DateField("Last day", [InputRequired("Enter its last day")])

    def given(self) -> date:
        """The last day."""
        return self.until_on.data or clock.today()
