"""Boxes of consent: for what, to whom, what they said, how, when, and until when."""

from __future__ import annotations

from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.web.fields import (
    DateField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm


class ConsentForm(BeaconForm):
    """One answer to one question."""

    purpose = RadioField(
        "What were they asked to agree to?",
        [InputRequired("Choose what they were asked to agree to")],
        coerce=Purpose,
        choices=[(one.value, one.label) for one in Purpose],
    )
    agency = StringField("Agency", max_length=100)
    answer = RadioField(
        "What did they say?",
        [InputRequired("Choose what they said")],
        coerce=Agreed,
        choices=[(one.value, one.label) for one in Agreed],
    )
    how = RadioField(
        "How did they say it?",
        coerce=SaidHow,
        choices=[(one.value, one.label) for one in SaidHow],
    )
    said_at = MomentField("When", [InputRequired("Enter when they said it"), NotInFuture()])
    expires_on = DateField("Last day on which it holds")
    words = TextAreaField("What may be shared, and why", max_length=500)

    def said(self) -> ConsentAnswer:
        """The answers, as the command wants them."""
        return ConsentAnswer(
            purpose=self.purpose.data,
            agency=self.agency.data or "",
            answer=self.answer.data,
            how=self.how.data,
            said_at=self.said_at.data,
            expires_on=self.expires_on.data,
            words=self.words.data or "",
        )
