"""Boxes for how a person may be reached, and for why somebody must see a number or a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wtforms import Field
from wtforms.validators import Email, Optional

from beacon.people import rules
from beacon.people.commands import ContactAnswers, PointAnswer
from beacon.people.queries import ContactCard, PointCard
from beacon.people.rules import AroundFacts, Guard
from beacon.people.terms import Around, ContactKind, Preferred, Safe
from beacon.web.fields import (
    BooleanField,
    EmailField,
    HiddenField,
    InputRequired,
    PostcodeField,
    RadioField,
    StringField,
    TextAreaField,
    UkMobileField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm
from beacon.web.versions import VersionedForm

ANSWERS = [(answer.value, answer.label) for answer in Safe]
NAME_AT_MOST = 100
REASON_AT_MOST = 500
WORDS_AT_MOST = 2_000


@dataclass(frozen=True)
class Asked:
    """The questions about one number or e-mail address."""

    card: PointCard
    safe: Field
    call: Field | None
    text: Field | None
    voicemail: Field | None
    gone: Field


class ContactForm(BeaconForm):
    """Everything that is asked about reaching one person (domain.md 7.1)."""

    version = HiddenField()
    overall = RadioField(
        "Is it safe for us to contact them?",
        [InputRequired("Choose whether it is safe to contact them")],
        coerce=Safe,
        choices=ANSWERS,
    )
    preferred = RadioField(
        "How would they rather be reached?",
        coerce=Preferred,
        choices=[(way.value, way.label) for way in Preferred],
    )
    words = TextAreaField("Safe times, code word, what to say", max_length=WORDS_AT_MOST)
    new_mobile = UkMobileField("Another mobile number")
    new_phone = UkPhoneField("Another telephone number")
    new_email = EmailField(
        "Another email address",
        [Optional(), Email("Enter an email address, like name@example.org.")],
    )
    address = TextAreaField("New address", max_length=1_000)
    postcode = PostcodeField("Postcode of the new address")
    letter_ok = RadioField(
        "May we write to their address, in a plain envelope?",
        [InputRequired("Choose whether a letter is safe")],
        coerce=Safe,
        choices=ANSWERS,
    )

    cards: tuple[PointCard, ...] = ()

    def asked(self) -> Iterator[Asked]:
        """The questions of each number and e-mail address, in the order of the page."""
        for card in self.cards:
            yield Asked(
                card,
                self[f"safe_{card.id}"],
                self._fields.get(f"call_{card.id}"),
                self._fields.get(f"text_{card.id}"),
                self._fields.get(f"voicemail_{card.id}"),
                self[f"gone_{card.id}"],
            )

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        return read_version(self.version.data)

    def said(self) -> ContactAnswers:
        """The answers, as the command wants them."""
        new = [rules.telephone(str(n.data)) for n in (self.new_mobile, self.new_phone) if n.data]
        if self.new_email.data:
            new.append(rules.mail(self.new_email.data))
        return ContactAnswers(
            overall=self.overall.data,
            preferred=self.preferred.data,
            words=self.words.data or "",
            points={asked.card.id: _answer(asked) for asked in self.asked()},
            new_points=tuple(new),
            address=self.address.data or "",
            postcode=str(self.postcode.data or ""),
            letter_ok=self.letter_ok.data,
        )


class RevealForm(BeaconForm):
    """Why somebody needs to see where a person lives."""

    reason = StringField(
        "Why do you need the address?",
        [InputRequired("Say why you need the address")],
        max_length=REASON_AT_MOST,
    )


class ShowForm(BeaconForm):
    """What is asked before a number or an e-mail address is shown: only what this one asks."""

    ANSWERED = "answered"  # the button beside a number sends no answers yet

    answered = HiddenField()
    heeded = BooleanField("I have read this, and will do as it says")
    reason = StringField("Why do you need it?", max_length=REASON_AT_MOST)

    @classmethod
    def asking(cls, guard: Guard) -> ShowForm:
        """The form with the questions of this guard."""
        form = cls(answered="yes")
        if not guard.heed:
            del form.heeded
        if not guard.reason:
            del form.reason
        return form

    @property
    def has_heeded(self) -> bool:
        """Whether the warning was ticked."""
        return "heeded" in self and bool(self.heeded.data)

    @property
    def given_reason(self) -> str:
        """The reason that was typed, where one is asked."""
        return (self.reason.data or "") if "reason" in self else ""


class AroundForm(VersionedForm):
    """Somebody around a victim: who they are, and what may be said to them."""

    kind = RadioField(
        "Who are they?",
        [InputRequired("Choose who they are")],
        coerce=Around,
        choices=[(one.value, one.label) for one in Around],
    )
    name = StringField("Name", [InputRequired("Enter their name")], max_length=NAME_AT_MOST)
    relation = StringField("How they are related", max_length=NAME_AT_MOST)
    mobile = UkMobileField("Mobile number")
    phone = UkPhoneField("Other telephone number")
    speak = RadioField(
        "May we speak to them?",
        [InputRequired("Choose whether we may speak to them")],
        coerce=Safe,
        choices=[
            (Safe.YES.value, "Yes"),
            (Safe.ASK.value, "Ask the victim each time"),
            (Safe.NO.value, "No"),
            (Safe.NOT_ASKED.value, "Not asked"),
        ],
    )
    notes = TextAreaField("What they may be told, and what not", max_length=WORDS_AT_MOST)

    def facts(self) -> AroundFacts:
        """The answers, as the command wants them."""
        return AroundFacts(
            kind=self.kind.data,
            name=self.name.data or "",
            relation=self.relation.data or "",
            mobile=str(self.mobile.data or ""),
            phone=str(self.phone.data or ""),
            notes=self.notes.data or "",
            speak=self.speak.data,
        )


class ChangeAroundForm(AroundForm):
    """The same, of somebody who is known: their numbers stay hidden, and stay unless ticked off."""

    mobile = UkMobileField("New mobile number")
    phone = UkPhoneField("New other telephone number")
    gone_mobile = BooleanField("The mobile number is no longer theirs")
    gone_phone = BooleanField("The other telephone number is no longer theirs")

    @property
    def gone(self) -> tuple[str, ...]:
        """Which of the numbers are no longer theirs."""
        ticked = {"mobile": self.gone_mobile.data, "phone": self.gone_phone.data}
        return tuple(which for which, is_gone in ticked.items() if is_gone)


class VersionForm(BeaconForm):
    """An order that needs no answer, only the version that was looked at."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        return read_version(self.version.data)


def read_version(typed: object) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def contact_form(card: ContactCard) -> ContactForm:
    """The form for one person, with the questions of each number and e-mail address."""
    questions: dict[str, object] = {"cards": tuple(card.current)}
    for point in card.current:
        questions.update(_questions(point))
    made = type("ContactFormOfOnePerson", (ContactForm,), questions)
    letters = [one.letter_ok for one in card.addresses if not one.retired]
    form: ContactForm = made(
        version=str(card.version),
        overall=card.overall,
        preferred=card.preferred,
        words=card.words,
        letter_ok=letters[-1] if letters else Safe.NOT_ASKED,
        **_held(card.current),
    )
    return form


def _questions(point: PointCard) -> dict[str, object]:
    asked: dict[str, object] = {
        f"safe_{point.id}": RadioField(
            "Is it safe to use?",
            [InputRequired(f"Choose whether the {point.called} is safe")],
            coerce=Safe,
            choices=ANSWERS,
        ),
        f"gone_{point.id}": BooleanField("No longer theirs"),
    }
    if point.kind is ContactKind.MOBILE:
        asked[f"text_{point.id}"] = RadioField("May we text it?", coerce=Safe, choices=ANSWERS)
    if point.kind is not ContactKind.EMAIL:
        asked[f"call_{point.id}"] = RadioField("May we ring it?", coerce=Safe, choices=ANSWERS)
        asked[f"voicemail_{point.id}"] = RadioField(
            "May we leave a voicemail?", coerce=Safe, choices=ANSWERS
        )
    return asked


def _held(points: Iterable[PointCard]) -> dict[str, object]:
    held: dict[str, object] = {}
    for point in points:
        held[f"safe_{point.id}"] = point.safe
        held[f"call_{point.id}"] = point.call_ok
        held[f"text_{point.id}"] = point.text_ok
        held[f"voicemail_{point.id}"] = point.voicemail_ok
    return held


def _answer(asked: Asked) -> PointAnswer:
    return PointAnswer(
        safe=asked.safe.data,
        text_ok=(asked.text.data if asked.text else None) or Safe.NOT_ASKED,
        call_ok=(asked.call.data if asked.call else None) or Safe.NOT_ASKED,
        voicemail_ok=(asked.voicemail.data if asked.voicemail else None) or Safe.NOT_ASKED,
        retired=bool(asked.gone.data),
    )
