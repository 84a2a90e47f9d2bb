"""Boxes for the second person, for what was published, and for a bank's letter."""

from __future__ import annotations

from beacon.fraud_hub.commands import OpeningFacts
from beacon.fraud_hub.forms.ledger import RecoveredForm
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, number
from beacon.fraud_hub.queries import Line
from beacon.fraud_hub.rules import FIRST_YEAR
from beacon.fraud_hub.terms import Booked, Contribution, EntryKind, Route
from beacon.web.fields import (
    DateField,
    FileField,
    HiddenField,
    InputRequired,
    MoneyField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm

APPROVE, REFUSE = "approve", "refuse"
ANY = ("", "Any")
THROUGH = ("through_beacon", "Through Beacon: we dealt or advised")


class DecideForm(BeaconForm):
    """The second person approves or refuses."""

    decision = RadioField(
        "What do you decide?",
        [InputRequired("Choose whether you approve or refuse it")],
        choices=[(APPROVE, "Approve it"), (REFUSE, "Refuse it")],
    )
    because = TextAreaField("Why you refuse it", max_length=500)


class OpeningForm(OnceForm):
    """A figure that was published before the ledger was kept."""

    year = SelectField("Financial year", [InputRequired("Choose the financial year")])
    kind = RadioField(
        "What was published",
        [InputRequired("Choose what was published")],
        choices=[
            (EntryKind.RECOVERED.value, "Money recovered through Beacon"),
            (EntryKind.PREVENTED.value, "Loss prevented"),
        ],
    )
    amount = MoneyField("Amount of that year alone", [InputRequired("Enter the amount")])
    source = StringField(
        "Where it was published",
        [InputRequired("Enter where the figure was published")],
        max_length=200,
    )

    def offer(self, newest: int) -> None:
        """The years that may be chosen, the newest first."""
        years = range(newest, FIRST_YEAR - 1, -1)
        listed = [(str(year), f"{year}/{(year + 1) % 100:02}") for year in years]
        self.year.choices = [CHOOSE, *listed]

    def opening(self) -> OpeningFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return OpeningFacts(
            year=number(given["year"]) or 0,
            kind=EntryKind(given["kind"]),
            amount_pence=given["amount"],
            source=given["source"] or "",
        )


class LetterForm(BeaconForm):
    """A bank's letter as a file."""

    file = FileField("File", [InputRequired("Choose a file")])


class KeepLetterForm(BeaconForm):
    """The preview of a letter was looked at: keep its lines."""

    token = HiddenField()


class LineForm(RecoveredForm):
    """A line of a letter, logged as money back by a person."""

    def offer(self, line: Line) -> None:
        """Put what the letter says in the boxes, where nothing has been typed yet."""
        if self.is_submitted():
            return
        self.amount.data = line.amount_pence
        self.received_on.data, self.evidence.data = line.paid_on, line.reference


class LedgerForm(FilterForm):
    """Which entries of the ledger are shown."""

    first = DateField("Counted from")
    last = DateField("To")
    kind = SelectField("Kind", choices=[ANY, *((one.value, one.label) for one in EntryKind)])
    route = SelectField("Route", choices=[ANY, *((one.value, one.label) for one in Route)])
    contribution = SelectField(
        "What Beacon did",
        choices=[ANY, THROUGH, *((one.value, one.label) for one in Contribution)],
    )
    standing = SelectField("Status", choices=[ANY, *((one.value, one.label) for one in Booked)])
    bank = StringField("Bank", max_length=100)
