"""Boxes for what a fraud victim is given, the end of a loan, and a check months later."""

from __future__ import annotations

from datetime import date

from beacon.core import clock
from beacon.entitlements.terms import Channel
from beacon.fraud_hub.commands import CheckFacts, SupportFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm
from beacon.fraud_hub.terms import ENDS_OF_LOAN, STARTS, RepeatOutcome, SupportKind, SupportState
from beacon.web.fields import (
    DateField,
    InputRequired,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm


class SupportForm(OnceForm):
    """One item of a support plan."""

    kind = SelectField(
        "What",
        [InputRequired("Choose what it is")],
        choices=[CHOOSE, *((one.value, one.label) for one in SupportKind)],
    )
    state = RadioField(
        "How it was given",
        [InputRequired("Choose how it was given")],
        choices=[(one.value, one.label) for one in STARTS],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()], default=clock.today)
    serial = StringField("Serial number", max_length=60)
    due_back_on = DateField("To come back by")
    words = TextAreaField("More about it", max_length=500)

    def support(self) -> SupportFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return SupportFacts(
            kind=SupportKind(given["kind"]),
            state=SupportState(given["state"]),
            on=given["on"],
            serial=given["serial"] or "",
            due_back_on=given["due_back_on"],
            words=given["words"] or "",
        )


class LoanEndForm(BeaconForm):
    """Whether what was lent is back."""

    state = RadioField(
        "Did it come back?",
        [InputRequired("Say whether it came back")],
        choices=[(one.value, one.label) for one in ENDS_OF_LOAN],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()], default=clock.today)
    words = TextAreaField("More about it", max_length=500)

    @property
    def day(self) -> date:
        """The day on which it came back, or was given up."""
        return self.on.data or clock.today()

    @property
    def ending(self) -> SupportState:
        """How the loan ended."""
        return SupportState(self.state.data)


class CheckForm(BeaconForm):
    """What a check months later found."""

    outcome = RadioField(
        "Has fraud come again?",
        [InputRequired("Choose what you found")],
        choices=[(one.value, one.label) for one in RepeatOutcome],
    )
    channel = SelectField(
        "How you reached them, or tried to",
        [InputRequired("Choose how you reached them")],
        choices=[CHOOSE, *((one.value, one.label) for one in Channel)],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()], default=clock.today)
    words = TextAreaField("What they said", max_length=500)

    def found(self) -> CheckFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return CheckFacts(
            outcome=RepeatOutcome(given["outcome"]),
            on=given["on"],
            channel=Channel(given["channel"]),
            words=given["words"] or "",
        )
