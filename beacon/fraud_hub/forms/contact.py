"""Boxes for an attempt, a decision and the tick list of one fraud case."""

from __future__ import annotations

from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.entitlements.terms import Channel
from beacon.fraud_hub.commands import Attempt, DecisionGiven, TriageGiven
from beacon.fraud_hub.forms.once import CHOOSE, number
from beacon.fraud_hub.terms import BY_HAND, FACTOR_LABELS, Asked, Decision, Factor, Source
from beacon.web.fields import (
    CheckboxesField,
    DateField,
    HiddenField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WAYS = [(one.value, one.label) for one in Channel if one is not Channel.PORTAL]
OUTCOMES = [(one.value, one.label) for one in ContactOutcome]
NOTES_AT_MOST = 10_000


class SeenForm(BeaconForm):
    """A form that knows which contact its page had seen."""

    seen = HiddenField()

    @property
    def seen_number(self) -> int:
        """The newest contact that the page showed; one that no contact has, where it is unread."""
        found = number(self.seen.data)
        return -1 if found is None else found


class AttemptForm(SeenForm):
    """One attempt to reach somebody."""

    at = MomentField("When", [InputRequired("Enter when it was"), NotInFuture()])
    channel = RadioField("How", [InputRequired("Choose how")], coerce=Channel, choices=WAYS)
    outcome = RadioField(
        "What came of it",
        [InputRequired("Choose what came of it")],
        coerce=ContactOutcome,
        choices=OUTCOMES,
    )
    asked = RadioField(
        "Did you ask first whether a call is safe?",
        coerce=Asked,
        choices=[(one.value, one.label) for one in Asked],
    )
    notes = TextAreaField("Notes", max_length=NOTES_AT_MOST)
    again_on = DateField("Try again on")

    def attempt(self) -> Attempt:
        """The answers, as the command wants them."""
        given = self.answers()
        return Attempt(
            channel=given["channel"],
            outcome=given["outcome"],
            at=given["at"],
            notes=given["notes"] or "",
            asked=given["asked"],
            again_on=given["again_on"],
        )


class QuickForm(SeenForm):
    """A call just now that nobody answered: one button, on a row of today's calls."""

    keeps_draft = False

    def attempt(self) -> Attempt:
        """A call of this moment that nobody answered, and no message left."""
        return Attempt(
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
            at=clock.now(),
            asked=Asked.NOBODY,
        )


class DecisionForm(SeenForm):
    """How one row leaves the list."""

    decision = RadioField(
        "Decision",
        [InputRequired("Choose the decision")],
        coerce=Decision,
        choices=[(one.value, one.label) for one in Decision],
    )
    reason = TextAreaField("Why", [InputRequired("Enter why")], max_length=2_000)
    handed_to = StringField("Handed on to", max_length=200)

    def given(self) -> DecisionGiven:
        """The answers, as the command wants them."""
        said = self.answers()
        return DecisionGiven(
            decision=said["decision"],
            reason=said["reason"] or "",
            handed_to=said["handed_to"] or "",
        )


class TriageForm(BeaconForm):
    """The tick list of vulnerability (domain.md 4.5)."""

    number = HiddenField()
    factors = CheckboxesField(
        "What holds",
        coerce=Factor,
        choices=[(one.value, words) for one, words in FACTOR_LABELS.items()],
    )
    notes = TextAreaField("Notes", max_length=2_000)
    source = SelectField(
        "Who sent it",
        choices=[CHOOSE, *((one.value, one.label) for one in BY_HAND)],
    )

    @property
    def number_seen(self) -> int:
        """The number of the tick list that the page showed."""
        found = number(self.number.data)
        return -1 if found is None else found

    def given(self) -> TriageGiven:
        """The answers, as the command wants them."""
        said = self.answers()
        return TriageGiven(
            factors=tuple(said["factors"] or ()),
            notes=said["notes"] or "",
            source=Source(said["source"]) if said["source"] else None,
        )
