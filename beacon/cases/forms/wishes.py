"""Boxes for what victims ask for: updates, dated steps, and what protects them."""

from __future__ import annotations

from collections.abc import Mapping

from beacon.cases.commands import OrderFacts, StepGiven, Wish
from beacon.cases.models import CaseOrder, FactStepTaken
from beacon.cases.rules import StepShape
from beacon.cases.terms import FactChoice, OrderKind, UpdateEvery
from beacon.entitlements.terms import Channel
from beacon.web.fields import (
    BooleanField,
    DateField,
    InputRequired,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST, CONDITIONS_AT_MOST = 500, 2_000
# Nobody can be told on pages of ours yet.
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.PORTAL]


class WishForm(BeaconForm):
    """How often they want to hear from us, and how."""

    every = RadioField(
        "How often",
        [InputRequired("Choose how often")],
        coerce=UpdateEvery,
        choices=[(every.value, every.label) for every in UpdateEvery],
    )
    channel = SelectField(
        "How they want to hear from us",
        coerce=Channel,
        choices=[("", "Choose how"), *CHANNELS],
    )
    was_safe = BooleanField("They say that this way is safe for them")
    asked_on = DateField(
        "When they asked for it", [InputRequired("Enter when they asked for it"), NotInFuture()]
    )
    words = TextAreaField("What else they said about it", max_length=WORDS_AT_MOST)

    def heeds(self, cautions: Mapping[Channel, str]) -> bool:
        """Whether the way is known to be safe; else they must have said so (RULE 7.1)."""
        way = self.channel.data
        is_way = self.every.data is not UpdateEvery.NO_CONTACT and way in cautions
        if not is_way or self.was_safe.data:
            return True
        self.channel.errors = [
            *self.channel.errors,
            f"{way.label}: {cautions[way]} Choose another way, or tick that they say it is safe.",
        ]
        return False

    def wish(self) -> Wish:
        """The answers, as the command wants them."""
        return Wish(
            every=self.every.data,
            channel=self.channel.data,
            asked_on=self.asked_on.data,
            words=self.words.data or "",
        )


class StepForm(BeaconForm):
    """One dated step; only what the step asks for is on the page."""

    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    choice = RadioField(
        "What it came to",
        [InputRequired("Choose one of the answers")],
        coerce=FactChoice,
        choices=[],
    )
    pence = MoneyField("How much")
    words = TextAreaField("Notes", max_length=WORDS_AT_MOST)

    @classmethod
    def of(cls, shape: StepShape, before: FactStepTaken | None = None) -> StepForm:
        """The boxes of a step, with what stands there where one is put right."""
        known = (
            {
                "on": before.happened_on,
                "choice": before.choice,
                "pence": before.pence,
                "words": before.words,
            }
            if before
            else {}
        )
        form = cls(**known)
        if shape.choices:
            form.choice.label.text = shape.choice_label
            form.choice.choices = [(one.value, one.label) for one in shape.choices]
        else:
            del form.choice
        if shape.money_label:
            form.pence.label.text = shape.money_label
        else:
            del form.pence
        form.words.label.text = shape.words_label
        return form

    def given(self, shape: StepShape) -> StepGiven:
        """The answers, as the command wants them."""
        return StepGiven(step=shape.step, **self.answers())


class FactBackForm(BeaconForm):
    """Why what was recorded is taken back."""

    reason = TextAreaField(
        "Why it is taken back", [InputRequired("Enter the reason")], max_length=WORDS_AT_MOST
    )


class OrderForm(BeaconForm):
    """What protects them, from when until when."""

    kind = SelectField(
        "What it is",
        [InputRequired("Choose what it is")],
        coerce=OrderKind,
        choices=[("", "Choose what it is"), *((kind.value, kind.label) for kind in OrderKind)],
    )
    starts_on = DateField("From", [InputRequired("Enter from when it holds")])
    ends_on = DateField("Until")
    conditions = TextAreaField(
        "What it says", [InputRequired("Enter what it says")], max_length=CONDITIONS_AT_MOST
    )

    @classmethod
    def of(cls, order: CaseOrder) -> OrderForm:
        """The boxes with what stands there now."""
        return cls(
            kind=order.kind,
            starts_on=order.starts_on,
            ends_on=order.ends_on,
            conditions=order.conditions,
        )

    def facts(self) -> OrderFacts:
        """The answers, as the command wants them."""
        return OrderFacts(**self.answers())


class OrderEndForm(BeaconForm):
    """When an order ended before its time, and why."""

    on = DateField("When it ended", [InputRequired("Enter when it ended"), NotInFuture()])
    reason = TextAreaField(
        "Why it ended", [InputRequired("Enter why it ended")], max_length=WORDS_AT_MOST
    )
