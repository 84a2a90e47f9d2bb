"""Boxes for what is done for a claim: contacts, stopped clocks, the ombudsman, letters."""

from __future__ import annotations

from beacon.fraud_hub.commands import ContactFacts, OmbudsmanFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm
from beacon.fraud_hub.models import ClaimLetter
from beacon.fraud_hub.terms import (
    Channel,
    ClaimsOf,
    LetterKind,
    OmbudsmanStep,
    Scheme,
)
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm
from beacon.web.versions import VersionedForm


class ContactForm(OnceForm):
    """One call, letter or meeting about a claim."""

    channel = SelectField(
        "How",
        [InputRequired("Choose how you were in touch")],
        coerce=Channel,
        choices=[CHOOSE, *((one.value, one.label) for one in Channel)],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    spoke_to = StringField("Who was spoken to", max_length=100)
    words = TextAreaField("What was said", [InputRequired("Enter what was said")], max_length=2_000)
    next_step = StringField("Next step", max_length=200)
    next_on = DateField("Date of the next step")

    def contact(self) -> ContactFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return ContactFacts(
            channel=given["channel"],
            on=given["on"],
            words=given["words"] or "",
            spoke_to=given["spoke_to"] or "",
            next_step=given["next_step"] or "",
            next_on=given["next_on"],
        )


class ClockForm(BeaconForm):
    """Since when the firm's clock stands still, or runs again."""

    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    words = TextAreaField("What the firm asks for, or was given", max_length=500)


class OmbudsmanForm(BeaconForm):
    """A complaint that went to the ombudsman, or was decided there."""

    step = RadioField(
        "What happened",
        [InputRequired("Choose what happened")],
        coerce=OmbudsmanStep,
        choices=[(one.value, one.label) for one in OmbudsmanStep],
    )
    on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    reference = StringField("The ombudsman’s reference", max_length=60)
    words = TextAreaField("What was said", max_length=1_000)

    def facts(self) -> OmbudsmanFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return OmbudsmanFacts(
            step=given["step"],
            on=given["on"],
            reference=given["reference"] or "",
            words=given["words"] or "",
        )


class BeginLetterForm(OnceForm):
    """With which words a letter begins."""

    kind = RadioField(
        "Which letter",
        [InputRequired("Choose which letter")],
        coerce=LetterKind,
        choices=[(one.value, one.label) for one in LetterKind],
    )


class WriteLetterForm(VersionedForm):
    """The words of a letter."""

    words = TextAreaField(
        "Words of the letter", [InputRequired("Enter the words of the letter")], max_length=5_000
    )

    @classmethod
    def of(cls, letter: ClaimLetter, **more: object) -> WriteLetterForm:
        """The form as the letter stands."""
        return cls(words=letter.words, version=str(letter.version), **more)


class SentForm(BeaconForm):
    """The day on which a letter went."""

    version = HiddenField()
    on = DateField("Date on which it went", [InputRequired("Enter the date"), NotInFuture()])


class ClaimsForm(FilterForm):
    """Which claims are listed."""

    which = SelectField(
        "Claims", coerce=ClaimsOf, choices=[(one.value, one.label) for one in ClaimsOf]
    )
    bank = SelectField("Firm")
    scheme = SelectField(
        "Scheme",
        coerce=Scheme,
        choices=[("", "Every scheme"), *((one.value, one.label) for one in Scheme)],
    )
