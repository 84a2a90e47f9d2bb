"""Boxes for the caller on the line, for pass-phrases and messages."""

from __future__ import annotations

from typing import Any  # WTForms fields carry no types

from beacon.calls.commands import Left, SaidOfThemselves
from beacon.calls.terms import Fact, RingBack
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    RadioField,
    StringField,
    TextAreaField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 2_000
LINE_AT_MOST = 200
HOURS_AT_MOST = 100
LONGEST_VERSION = 10


class FindForm(BeaconForm):
    """What the caller can say of themselves. Personal, so it is never in an address, nor kept."""

    keeps_draft = False
    words = StringField(
        "Who is ringing",
        [InputRequired("Enter a name, date of birth, reference, phone number or postcode")],
        max_length=LINE_AT_MOST,
    )


class OrderForm(BeaconForm):
    """One order about a pass-phrase, with the version of the page it was pressed on."""

    keeps_draft = False
    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version of the page; one that never was where its own word was altered."""
        text = str(self.version.data or "")
        plain = text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION
        return int(text) if plain else -1


class PhraseForm(OrderForm):
    """What the victim chose to say, and the hint that we may give. It is kept in no draft."""

    phrase = StringField(
        "Pass-phrase",
        [InputRequired("Enter the pass-phrase that they chose")],
        max_length=LINE_AT_MOST,
    )
    hint = StringField(
        "Hint", [InputRequired("Enter a hint that helps them to remember")], max_length=LINE_AT_MOST
    )


class SaidForm(BeaconForm):
    """What the caller gives as the pass-phrase. Never kept, never shown again."""

    keeps_draft = False
    said = StringField(
        "What they say", [InputRequired("Enter what they say")], max_length=LINE_AT_MOST
    )


class FactsForm(BeaconForm):
    """The two facts that a caller is asked where there is no pass-phrase."""

    keeps_draft = False
    facts: tuple[Fact, ...] = ()

    @classmethod
    def asking(cls, facts: tuple[Fact, ...]) -> FactsForm:
        """The boxes of these two."""
        boxes = {
            fact.value: StringField(
                fact.label, [InputRequired("Enter what they say")], max_length=LINE_AT_MOST
            )
            for fact in facts
        }
        form: FactsForm = type(cls.__name__, (cls,), boxes)()
        form.facts = facts
        return form

    def said(self) -> dict[Fact, str]:
        """The answers, as the command wants them."""
        return {fact: self[fact.value].data or "" for fact in self.facts}


class MessageForm(BeaconForm):
    """What a colleague is to be told, and how the caller wants to hear."""

    words = TextAreaField(
        "What they want to be told, or to tell",
        [InputRequired("Enter what they want to be told")],
        max_length=WORDS_AT_MOST,
    )
    ring_on = DateField("On which day to ring back", [InputRequired("Enter a day")])
    hours = StringField("Between which hours", max_length=HOURS_AT_MOST)
    way = RadioField(
        "How to come back to them",
        [InputRequired("Choose how to come back to them")],
        coerce=RingBack,
        choices=[(one.value, one.label) for one in RingBack],
    )

    def left(self) -> Left:
        """The message, as the command wants it."""
        return Left(
            words=self.words.data or "",
            ring_on=self.ring_on.data,
            hours=self.hours.data or "",
            way=self.way.data,
        )


class UnplacedForm(MessageForm):
    """The same of somebody who was not found: what they say of themselves, and their number."""

    name = StringField("The name they give", [InputRequired("Enter the name that they gave")])
    born = StringField("Date of birth", max_length=HOURS_AT_MOST)
    reference = StringField("A reference of theirs or ours", max_length=HOURS_AT_MOST)
    number = UkPhoneField("The number they give")

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.way.choices = [
            (RingBack.PHONE.value, "Ring them, on the number they give"),
            (RingBack.THEY_RING.value, RingBack.THEY_RING.label),
        ]

    def said(self) -> SaidOfThemselves:
        """What they said of themselves, as the command wants it."""
        return SaidOfThemselves(
            name=self.name.data or "",
            born=self.born.data or "",
            reference=self.reference.data or "",
            number=str(self.number.data or ""),
        )


class CallForm(BeaconForm):
    """What was said on the call: with the check it is logged as a contact, in one step."""

    notes = TextAreaField("What was said", max_length=WORDS_AT_MOST)
