"""Boxes for a payment that was lost."""

from __future__ import annotations

from beacon.fraud_hub.commands import LossFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm
from beacon.fraud_hub.terms import PaymentMethod
from beacon.web.fields import (
    DateField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
)


class LossForm(OnceForm):
    """One payment that was lost."""

    amount = MoneyField("Amount lost", [InputRequired("Enter the amount of this payment")])
    paid_on = DateField(
        "Date of the payment", [InputRequired("Enter the date of the payment"), NotInFuture()]
    )
    method = SelectField(
        "How it was paid",
        [InputRequired("Choose how it was paid")],
        choices=[CHOOSE, *((method.value, method.label) for method in PaymentMethod)],
    )
    authorised = RadioField(
        "Did the victim make or approve this payment?",
        [InputRequired("Say whether the victim made or approved it")],
        choices=[("yes", "Yes, deceived or not"), ("no", "No, somebody else made it")],
    )
    sending_bank = StringField("Bank or firm it left from", max_length=100)
    sending_account = StringField("Account it left from", max_length=60)
    receiving_bank = StringField("Bank or firm it went to", max_length=100)
    receiving_account = StringField("Account it went to", max_length=60)

    def loss(self) -> LossFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return LossFacts(
            paid_on=given["paid_on"],
            method=PaymentMethod(given["method"]),
            amount_pence=given["amount"],
            authorised=given["authorised"] == "yes",
            sending_bank=given["sending_bank"] or "",
            sending_account=given["sending_account"] or "",
            receiving_bank=given["receiving_bank"] or "",
            receiving_account=given["receiving_account"] or "",
        )
