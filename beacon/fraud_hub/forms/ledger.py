"""Boxes for money back and money prevented."""

from __future__ import annotations

from beacon.fraud_hub.commands import PreventedFacts, RecoveredFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, number
from beacon.fraud_hub.terms import MONEY_BACK, PREVENTED, Contribution, Route
from beacon.web.fields import (
    DateField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)


class RecoveredForm(OnceForm):
    """Money that has been received."""

    loss = SelectField("For which payment", [InputRequired("Choose the payment")])
    amount = MoneyField("Amount received", [InputRequired("Enter the amount received")])
    received_on = DateField(
        "Date it was received", [InputRequired("Enter the date it was received"), NotInFuture()]
    )
    route = SelectField(
        "How it came back",
        [InputRequired("Choose how the money came back")],
        choices=[CHOOSE, *((route.value, route.label) for route in MONEY_BACK)],
    )
    contribution = RadioField(
        "What Beacon did",
        [InputRequired("Choose what Beacon did")],
        choices=[(one.value, one.label) for one in Contribution],
    )
    evidence = StringField(
        "Reference of the payment or letter",
        [InputRequired("Enter the reference of the payment or letter")],
        max_length=100,
    )

    def recovered(self) -> RecoveredFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return RecoveredFacts(
            loss_id=number(given["loss"]),
            route=Route(given["route"]),
            contribution=Contribution(given["contribution"]),
            amount_pence=given["amount"],
            received_on=given["received_on"],
            evidence=given["evidence"] or "",
        )


class PreventedForm(OnceForm):
    """A loss that did not happen."""

    amount = MoneyField("Amount kept safe", [InputRequired("Enter the amount kept safe")])
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    route = SelectField(
        "How it was prevented",
        [InputRequired("Choose how it was prevented")],
        choices=[CHOOSE, *((route.value, route.label) for route in PREVENTED)],
    )
    contribution = RadioField(
        "What Beacon did",
        [InputRequired("Choose what Beacon did")],
        choices=[(one.value, one.label) for one in Contribution],
    )
    evidence = StringField("Reference, such as the police incident number", max_length=100)
    method = TextAreaField("How an estimate was made", max_length=500)

    def prevented(self) -> PreventedFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return PreventedFacts(
            route=Route(given["route"]),
            contribution=Contribution(given["contribution"]),
            amount_pence=given["amount"],
            on=given["on"],
            evidence=given["evidence"] or "",
            method=given["method"] or "",
        )
