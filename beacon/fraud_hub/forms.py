"""Boxes for losses, claims, answers, money back and money prevented."""

from __future__ import annotations

from datetime import date

from beacon.core.errors import RuleBroken
from beacon.fraud_hub.commands import (
    ClaimFacts,
    LossFacts,
    PreventedFacts,
    RecoveredFacts,
    ReplyFacts,
    new_token,
)
from beacon.fraud_hub.terms import (
    ANSWERS,
    MONEY_BACK,
    PREVENTED,
    ClaimStatus,
    Contribution,
    PaymentMethod,
    Route,
)
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm

CHOOSE = ("", "Choose")


class OnceForm(BeaconForm):
    """A form that makes one row, however often it is sent."""

    token = HiddenField(default=new_token)


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


class ReasonForm(OnceForm):
    """Why an entry is taken back."""

    reason = TextAreaField("Why", [InputRequired("Enter why")], max_length=500)


class PeriodForm(FilterForm):
    """The days between which the hub's money is counted."""

    first = DateField("From")
    last = DateField("To")

    def period(self, usual: tuple[date, date]) -> tuple[date, date]:
        """The days asked for; the usual ones where none are, or where they cannot be used."""
        if not self.asked_well():
            return usual
        first, last = self.first.data or usual[0], self.last.data or usual[1]
        if first > last:
            self.refuse(RuleBroken("The last day must not be before the first.", field="last"))
            return usual
        return first, last


def number(text: str | None) -> int | None:
    """A row's number as the page sent it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None
