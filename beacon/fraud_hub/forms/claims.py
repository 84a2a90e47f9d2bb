"""Boxes for a claim and its answer."""

from __future__ import annotations

from beacon.fraud_hub.commands import ClaimFacts, ReplyFacts
from beacon.fraud_hub.forms.once import OnceForm, number
from beacon.fraud_hub.terms import ANSWERS, ClaimStatus
from beacon.web.fields import (
    DateField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm


class ClaimForm(OnceForm):
    """A claim for one payment."""

    loss = SelectField("Payment", [InputRequired("Choose the payment")])
    amount = MoneyField("Amount claimed", [InputRequired("Enter the amount claimed")])
    made_on = DateField(
        "Date of the claim", [InputRequired("Enter the date of the claim"), NotInFuture()]
    )
    firm = StringField("Bank or firm claimed from", max_length=100)

    def claim(self) -> ClaimFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return ClaimFacts(
            loss_id=number(given["loss"]),
            made_on=given["made_on"],
            amount_pence=given["amount"],
            firm=given["firm"] or "",
        )


class ReplyForm(BeaconForm):
    """What the firm answered."""

    answer = RadioField(
        "What happened",
        [InputRequired("Choose what happened")],
        choices=[(answer.value, answer.label) for answer in ANSWERS],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    agreed = MoneyField("Amount agreed")

    def reply(self) -> ReplyFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return ReplyFacts(
            answer=ClaimStatus(given["answer"]), on=given["on"], agreed_pence=given["agreed"]
        )
