"""Boxes of a referral: what is shared, on what ground, and what became of it."""

from __future__ import annotations

from typing import Any

from beacon.partners.commands import Answer, Choice, Sending
from beacon.partners.forms.agencies import VersionForm
from beacon.partners.models import PartnerReferral
from beacon.partners.rules import steps_for
from beacon.partners.terms import (
    LawfulGround,
    Outcome,
    ReferralState,
    SharedFact,
    Side,
)
from beacon.web.fields import (
    CheckboxesField,
    HiddenField,
    InputRequired,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 2_000
REASON_AT_MOST = 500
OUTCOMES = [(one.value, one.label) for one in Outcome]


class ChoiceForm(BeaconForm):
    """Which facts go to the agency, and what it is asked to do."""

    facts = CheckboxesField(
        "What to share",
        [InputRequired("Choose at least one fact to share")],
        coerce=SharedFact,
        choices=[(one.value, one.label) for one in SharedFact],
    )
    asks = TextAreaField(
        "What you ask them to do",
        [InputRequired("Enter what you ask them to do")],
        max_length=WORDS_AT_MOST,
    )

    def only(self, known: dict[SharedFact, str]) -> None:
        """Offer the facts that are known; nothing can be shared of the others."""
        self.facts.choices = [(one.value, one.label) for one in SharedFact if known.get(one)]

    def choice(self) -> Choice:
        """The answers, as the command wants them."""
        return Choice(facts=frozenset(self.facts.data or ()), asks=self.asks.data or "")


class ChoiceChangeForm(ChoiceForm, VersionForm):
    """The same of a draft."""

    @classmethod
    def of(cls, sharing: PartnerReferral) -> ChoiceChangeForm:
        """The boxes with what is saved in them."""
        facts = [one for one in SharedFact if one in sharing.chosen]
        return cls(version=str(sharing.version), facts=facts, asks=sharing.asks)


class SendForm(VersionForm):
    """Sending what was looked at; a ground where they do not agree."""

    mark = HiddenField()
    ground = RadioField(
        "On what lawful ground is it shared without their consent?",
        coerce=LawfulGround,
        choices=[(one.value, one.label) for one in LawfulGround],
    )
    ground_words = TextAreaField("Why, in your own words", max_length=REASON_AT_MOST)

    def look_again(self, mark: str, version: int) -> None:
        """Carry from now on what this page shows, so that the next press sends just that."""
        self.mark.typed, self.version.typed = mark, str(version)

    def sending(self) -> Sending:
        """The answers, as the command wants them."""
        return Sending(
            mark=str(self.mark.data or ""),
            ground=self.ground.data,
            ground_words=self.ground_words.data or "",
        )


class TakeBackForm(VersionForm):
    """Why a referral is taken back."""

    reason = TextAreaField(
        "Why it is taken back",
        [InputRequired("Enter why it is taken back")],
        max_length=REASON_AT_MOST,
    )


class AnswerForm(VersionForm):
    """What an agency said by telephone or letter."""

    state = RadioField(
        "What they said", [InputRequired("Choose what they said")], coerce=ReferralState
    )
    outcome = SelectField(
        "Where it is finished: how it ended",
        coerce=Outcome,
        choices=[("", "It is not finished"), *OUTCOMES],
    )
    words = TextAreaField("Their words", max_length=WORDS_AT_MOST)

    @classmethod
    def of(cls, sharing: PartnerReferral, **how: Any) -> AnswerForm:
        """The answers that may follow where it stands now."""
        form = cls(version=str(sharing.version), **how)
        form.state.choices = [
            (one.value, one.label)
            for one in steps_for(sharing.state, Side.OURS)
            if one not in {ReferralState.SENT, ReferralState.REVOKED}
        ]
        return form

    def answer(self) -> Answer:
        """The answer, as the command wants it."""
        return Answer(state=self.state.data, words=self.words.data or "", outcome=self.outcome.data)


class DeclineForm(VersionForm):
    """Why an agency cannot take somebody."""

    words = TextAreaField(
        "Why you cannot take this referral",
        [InputRequired("Enter why you cannot take it")],
        max_length=WORDS_AT_MOST,
    )


class FinishForm(VersionForm):
    """How the agency's work ended."""

    outcome = RadioField(
        "How it ended", [InputRequired("Choose how it ended")], coerce=Outcome, choices=OUTCOMES
    )
    words = TextAreaField("What was done", max_length=WORDS_AT_MOST)


class MessageForm(VersionForm):
    """A message back to the case manager."""

    words = TextAreaField(
        "Your message", [InputRequired("Enter your message")], max_length=WORDS_AT_MOST
    )
