"""Boxes for a claim and its answer."""

from __future__ import annotations

from typing import Any  # WTForms passes untyped values through its hooks

from beacon.core.errors import RuleBroken
from beacon.fraud_hub.commands import ClaimFacts, ReplyFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm, number
from beacon.fraud_hub.terms import ANSWERS, ClaimStatus, RefusalGround
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
from beacon.web.forms import BeaconForm


class ClaimForm(OnceForm):
    """A claim for one payment."""

    loss = SelectField("Payment", [InputRequired("Choose the payment")])
    amount = MoneyField("Amount claimed", [InputRequired("Enter the amount claimed")])
    made_on = DateField(
        "Date of the claim", [InputRequired("Enter the date of the claim"), NotInFuture()]
    )
    bank = SelectField("Bank or firm claimed from")
    firm = StringField("Another firm", max_length=100)
    late_because = TextAreaField("Why it should still be looked at", max_length=500)

    def claim(self) -> ClaimFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return ClaimFacts(
            loss_id=number(given["loss"]),
            made_on=given["made_on"],
            amount_pence=given["amount"],
            firm=given["firm"] or "",
            bank_id=number(given["bank"]),
            late_because=given["late_because"] or "",
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
    ground = SelectField(
        "Why it was refused",
        coerce=RefusalGround,
        choices=[CHOOSE, *((one.value, one.label) for one in RefusalGround)],
    )
    words = TextAreaField("What they said", max_length=1_000)

    def validate(self, extra_validators: Any = None) -> bool:
        """A refusal comes with its ground, even where that is that none was given."""
        is_good = bool(super().validate(extra_validators))
        if is_good and self.answer.data == ClaimStatus.REFUSED and self.ground.data is None:
            self.refuse(RuleBroken("Choose why it was refused.", field="ground"))
            return False
        return is_good

    def reply(self) -> ReplyFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return ReplyFacts(
            answer=ClaimStatus(given["answer"]),
            on=given["on"],
            agreed_pence=given["agreed"],
            ground=given["ground"],
            words=given["words"] or "",
        )
