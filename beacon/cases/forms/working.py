"""Boxes for the work with a victim: contacts, needs, and what happens to the investigation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # the answers of a form are of whatever type each field yields

from wtforms import Field

from beacon.cases.commands import NeedGiven
from beacon.cases.promising import Said
from beacon.cases.terms import ContactOutcome, NeedAnswer, NeedCategory, Stage
from beacon.entitlements.terms import Channel, Milestone
from beacon.web.asked_twice import AskedTwice
from beacon.web.fields import (
    DateField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

REASON_AT_MOST = 500
PROMISE_AT_MOST = 500
# What is recorded with its defendant and hearing, or came with the referral itself.
RECORDED_ELSEWHERE = frozenset(
    {
        Milestone.CRIME_REPORTED,
        Milestone.CHARGED,
        Milestone.HEARING_LISTED,
        Milestone.HEARING_HELD,
    }
)
# Nobody can be told on pages of ours yet.
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.PORTAL]
SCORES = [
    ("1", "1 No need"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5 High need"),
    (NeedAnswer.NOT_DISCUSSED.value, "Not discussed"),
    (NeedAnswer.DECLINED.value, "Declined"),
]
NOTES = "{}_notes"
NOTES_AT_MOST = 50_000  # characters: a long talk, written up, has some three thousand words


class ContactForm(AskedTwice):
    """A contact, or an attempt, and what was promised in it."""

    ORDER = "Choose another day, or tick that it may stay."

    at = MomentField("When", [InputRequired("Enter when it was"), NotInFuture()])
    channel = RadioField(
        "How",
        [InputRequired("Choose how")],
        coerce=Channel,
        choices=CHANNELS,
    )
    outcome = RadioField(
        "What came of it",
        [InputRequired("Choose what came of it")],
        coerce=ContactOutcome,
        choices=[(outcome.value, outcome.label) for outcome in ContactOutcome],
    )
    notes = TextAreaField("Notes", max_length=NOTES_AT_MOST)
    promise = TextAreaField("What you promised them", max_length=PROMISE_AT_MOST)
    promise_by = DateField("By when")

    def contact(self) -> dict[str, Any]:
        """The contact, as the command wants it."""
        said = self.answers()
        return {name: said[name] for name in ("at", "channel", "outcome", "notes")}

    @property
    def promised(self) -> Said | None:
        """What was promised, with its day; None where nothing was."""
        if not self.promise.data or self.promise_by.data is None:
            return None
        return Said(self.promise.data, self.promise_by.data)

    def is_whole(self) -> bool:
        """Whether a promise has both its words and its day."""
        has_words, has_day = bool(self.promise.data), self.promise_by.data is not None
        if has_words and not has_day:
            self.promise_by.errors = ["Enter the day by which you promised it"]
        if has_day and not has_words:
            self.promise.errors = ["Enter what you promised, or leave the day empty"]
        return has_words == has_day


class NeedsForm(BeaconForm):
    """The eight categories of need, each scored or not (domain.md 2.1)."""

    stage = RadioField(
        "Stage",
        [InputRequired("Choose the stage")],
        coerce=Stage,
        choices=[(stage.value, stage.label) for stage in Stage],
    )
    at = MomentField("When it was made", [InputRequired("Enter when it was made"), NotInFuture()])

    def asked(self) -> Iterator[tuple[NeedCategory, Field, Field]]:
        """Each category with its score and its notes."""
        for category in NeedCategory:
            yield category, self[category.value], self[NOTES.format(category.value)]

    def given(self) -> dict[NeedCategory, NeedGiven]:
        """The answers, as the command wants them."""
        return {
            category: _given(score.data, notes.data or "")
            for category, score, notes in self.asked()
        }


for _category in NeedCategory:
    setattr(
        NeedsForm,
        _category.value,
        RadioField(
            _category.label,
            [InputRequired(f"{_category.label}: choose a score, not discussed or declined")],
            choices=SCORES,
        ),
    )
    setattr(NeedsForm, NOTES.format(_category.value), TextAreaField(f"Notes: {_category.label}"))


def _given(answer: str, notes: str) -> NeedGiven:
    if answer.isdecimal():
        return NeedGiven(NeedAnswer.SCORED, int(answer), notes)
    return NeedGiven(NeedAnswer(answer), None, notes)


class MilestoneForm(AskedTwice):
    """What happened to the investigation or at court."""

    kind = SelectField(
        "What happened",
        [InputRequired("Choose what happened")],
        coerce=Milestone,
        choices=[
            ("", "Choose what happened"),
            *((kind.value, kind.label) for kind in Milestone if kind not in RECORDED_ELSEWHERE),
        ],
    )
    at = MomentField("When it happened", [InputRequired("Enter when it happened"), NotInFuture()])
    received_at = MomentField("When Witness Care heard of it", [NotInFuture()])


class ProposalForm(AskedTwice):
    """When that of which the police feed told happened."""

    at = MomentField("When it happened", [InputRequired("Enter when it happened"), NotInFuture()])

    @classmethod
    def of(cls, proposal_id: int) -> ProposalForm:
        """The boxes of one proposal, with names that no other proposal on the page has."""
        return cls(prefix=f"proposal{proposal_id}-")


class ProposalAsideForm(BeaconForm):
    """Why what the police feed said is not recorded."""

    reason = TextAreaField(
        "Why it is not recorded", [InputRequired("Enter the reason")], max_length=REASON_AT_MOST
    )


class WithdrawForm(BeaconForm):
    """Why what was recorded is taken back."""

    reason = TextAreaField(
        "Why it is taken back", [InputRequired("Enter the reason")], max_length=REASON_AT_MOST
    )
