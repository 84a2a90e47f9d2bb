"""Boxes for a payment that was lost."""

from __future__ import annotations

from beacon.fraud_hub.commands import LossFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm
from beacon.fraud_hub.terms import Destination, Known, Payer, PaymentMethod
from beacon.web.fields import (
    BooleanField,
    DateField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
)


def _of(words: type[Destination] | type[Payer] | type[Known]) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in words]


class LossForm(OnceForm):
    """One payment that was lost."""

    amount = MoneyField("Amount lost", [InputRequired("Enter the amount of this payment")])
    paid_on = DateField(
        "Date of the payment", [InputRequired("Enter the date of the payment"), NotInFuture()]
    )
    dates_are_right = BooleanField("The date is right, although it is unlikely")
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
    destination = SelectField(
        "Where it went",
        coerce=Destination,
        default=Destination.NOT_KNOWN.value,
        choices=_of(Destination),
    )
    payer = SelectField(
        "As whom they paid", coerce=Payer, default=Payer.NOT_KNOWN.value, choices=_of(Payer)
    )
    in_pounds = SelectField(
        "Was it paid in pounds?", coerce=Known, default=Known.NOT_KNOWN.value, choices=_of(Known)
    )
    is_dispute = SelectField(
        "Is it a dispute about goods or services, and no fraud?",
        coerce=Known,
        default=Known.NOT_KNOWN.value,
        choices=_of(Known),
    )
    price = MoneyField("Price of the whole thing bought")
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
            destination=given["destination"] or Destination.NOT_KNOWN,
            payer=given["payer"] or Payer.NOT_KNOWN,
            in_pounds=given["in_pounds"] or Known.NOT_KNOWN,
            is_dispute=given["is_dispute"] or Known.NOT_KNOWN,
            price_pence=given["price"],
            dates_are_right=bool(given["dates_are_right"]),
        )
