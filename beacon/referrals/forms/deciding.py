"""Boxes of triage, of declining, of narrowing the queue, and of sending a file in."""

from __future__ import annotations

from beacon.cases.terms import Consent, ContactOutcome
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel, EnhancedGround, VictimCategory
from beacon.referrals.columns import FEEDS
from beacon.referrals.commands import Ended, FirstContact, Triage, Tried
from beacon.referrals.forces import FORCES
from beacon.referrals.terms import (
    FEED_LABELS,
    Ending,
    Place,
    Route,
    Urgent,
    Waits,
)
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    HiddenField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm

REASON_AT_MOST = 500
FEED_CHOICES = [(name, FEED_LABELS[name]) for name in FEEDS]


class VersionedForm(BeaconForm):
    """A decision on a referral as it stood when the page was opened."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version the person was looking at; nought where the page's word was altered."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class TriageForm(VersionedForm):
    """What the victim is owed, whether they agreed, and the first contact."""

    category = RadioField(
        "Category",
        [InputRequired("Choose enhanced or standard")],
        coerce=VictimCategory,
        choices=[
            (VictimCategory.ENHANCED.value, "Enhanced Rights"),
            (VictimCategory.STANDARD.value, "Standard rights"),
        ],
    )
    grounds = CheckboxesField(
        "Grounds for Enhanced Rights",
        choices=[(ground.value, ground.label) for ground in EnhancedGround],
    )
    route = SelectField(
        "Which way it goes",
        coerce=Route,
        choices=[("", "The proposed way"), *((one.value, one.label) for one in Route)],
    )
    reason = TextAreaField("Reason", max_length=REASON_AT_MOST)
    consent = RadioField(
        "Did they agree to be referred?",
        [InputRequired("Choose whether they agreed to be referred")],
        coerce=Consent,
        choices=[(answer.value, answer.label) for answer in Consent],
    )
    channel = SelectField(
        "How you reached them, or tried to",
        coerce=Channel,
        choices=[("", "No contact yet"), *((one.value, one.label) for one in Channel)],
    )
    outcome = SelectField(
        "What came of it",
        coerce=ContactOutcome,
        choices=[("", "Choose…"), *((one.value, one.label) for one in ContactOutcome)],
    )
    at = MomentField("When", [NotInFuture()])
    notes = TextAreaField("Notes")

    def triage(self) -> Triage:
        """The answers, as the command wants them."""
        ticked = set(self.grounds.data or [])
        return Triage(
            category=self.category.data,
            grounds={ground: ground.value in ticked for ground in EnhancedGround},
            reason=self.reason.data or "",
            consent=self.consent.data,
            contact=self._contact(),
            route=self.route.data,
        )

    def _contact(self) -> FirstContact | None:
        """The first contact, whole or not at all."""
        if self.channel.data is None and self.outcome.data is None and not self.notes.data:
            return None
        if self.channel.data is None:
            raise RuleBroken("Choose how you reached them, or tried to.", field="channel")
        if self.outcome.data is None:
            raise RuleBroken("Choose what came of it.", field="outcome")
        if self.at.data is None:
            raise RuleBroken("Enter when it was.", field="at")
        return FirstContact(
            channel=self.channel.data,
            outcome=self.outcome.data,
            at=self.at.data,
            notes=self.notes.data or "",
        )


class EndingForm(VersionedForm):
    """How a referral ends without a case, and why."""

    ending = RadioField(
        "How does it end?",
        [InputRequired("Choose how it ends")],
        coerce=Ending,
        choices=[(one.value, one.label) for one in Ending],
    )
    reason = TextAreaField(
        "Why?",
        [InputRequired("Say why the referral is ended")],
        max_length=REASON_AT_MOST,
    )
    handed_to = SelectField(
        "Handed to", choices=[("", "Choose…"), *((force, force) for force in FORCES)]
    )
    overriding = BooleanField("Hand it on without their consent, to keep somebody from harm")

    def ended(self) -> Ended:
        """The answers, as the command wants them."""
        return Ended(
            ending=self.ending.data,
            reason=self.reason.data or "",
            handed_to=self.handed_to.data or "",
            overriding=bool(self.overriding.data),
        )


class UrgentForm(VersionedForm):
    """Why a referral is urgent; none ticked, that it is not."""

    because = CheckboxesField(
        "Why is it urgent?", choices=[(one.value, one.label) for one in Urgent]
    )
    reason = TextAreaField("More about it", max_length=REASON_AT_MOST)


class TryForm(VersionedForm):
    """One time that somebody was tried, and when they are tried again."""

    channel = RadioField(
        "How you tried",
        [InputRequired("Choose how you tried")],
        coerce=Channel,
        choices=[(one.value, one.label) for one in Channel],
    )
    outcome = RadioField(
        "What came of it",
        [InputRequired("Choose what came of it")],
        coerce=ContactOutcome,
        choices=[(one.value, one.label) for one in ContactOutcome],
    )
    at = MomentField("When", [InputRequired("Enter when it was"), NotInFuture()])
    notes = TextAreaField("Notes")
    next_try_at = MomentField("Try again")

    def tried(self) -> Tried:
        """The answers, as the command wants them."""
        return Tried(
            channel=self.channel.data,
            outcome=self.outcome.data,
            at=self.at.data,
            notes=self.notes.data or "",
            next_try_at=self.next_try_at.data,
        )


class OrderForm(VersionedForm):
    """An order without a question: the button, its token and the version that was looked at."""


class QueueForm(FilterForm):
    """Which referrals of the queue to show."""

    place = SelectField(
        "Which",
        coerce=lambda value: Place(int(value)),
        choices=[
            ("", "All"),
            (str(int(Place.WAITING)), Place.WAITING.label),
            (str(int(Place.NEW_CASE)), Place.NEW_CASE.label),
        ],
    )
    waits = SelectField(
        "Waits because",
        coerce=Waits,
        choices=[("", "Any reason"), *((one.value, one.label) for one in Waits)],
    )
    feed = SelectField("From", choices=[("", "Everybody"), *FEED_LABELS.items()])
    category = SelectField(
        "Proposed",
        coerce=VictimCategory,
        choices=[
            ("", "Either"),
            (VictimCategory.ENHANCED.value, "Enhanced"),
            (VictimCategory.STANDARD.value, "Standard"),
        ],
    )
    urgent = SelectField(
        "Urgent",
        choices=[("", "Either"), ("yes", "Urgent"), ("no", "Not urgent")],
    )
    promised = SelectField("Promised contact", choices=[("", "Any"), ("due", "Due today or late")])
