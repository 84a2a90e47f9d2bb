"""Boxes for telling a victim, saying why not, and giving Witness Care's receipt."""

from __future__ import annotations

from collections.abc import Mapping

from beacon.entitlements.terms import Channel, DutyState
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    HiddenField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

REASON_AT_MOST = 500
# Nobody can be told on pages of ours yet.
CHANNELS = [(channel.value, channel.label) for channel in Channel if channel is not Channel.PORTAL]
ASIDE = (
    DutyState.DECLINED,
    DutyState.WITHHELD,
    DutyState.SAFETY_DELAY,
    DutyState.NOT_APPLICABLE,
)


class OnDutyForm(BeaconForm):
    """Who is on duty on one day."""

    people = CheckboxesField("Who is on duty?", coerce=int)
    seen = HiddenField()

    @property
    def seen_ids(self) -> set[int]:
        """Who was on duty when the page was opened."""
        parts = str(self.seen.data or "").split(",")
        return {int(part) for part in parts if part.isascii() and part.isdecimal()}


class TellForm(BeaconForm):
    """When the victim was told, and how."""

    at = MomentField(
        "When they were told", [InputRequired("Enter when they were told"), NotInFuture()]
    )
    channel = RadioField(
        "How they were told",
        [InputRequired("Choose how they were told")],
        coerce=Channel,
        choices=CHANNELS,
    )
    late_because = TextAreaField("Why they were told late", max_length=REASON_AT_MOST)
    recovery = TextAreaField("What is done so that it is not late again", max_length=REASON_AT_MOST)
    was_safe = BooleanField("It was safe this time: they contacted us, or they agreed to it")

    def heeds(self, cautions: Mapping[Channel, str]) -> bool:
        """Whether the way is known to be safe; else somebody must say that it was (RULE 7.1)."""
        channel = self.channel.data
        if channel not in cautions or self.was_safe.data:
            return True
        self.channel.errors = [
            *self.channel.errors,
            f"{channel.label}: {cautions[channel]} Choose another way, or tick that it was safe.",
        ]
        return False


class PauseForm(BeaconForm):
    """Why the clock of a duty stands still."""

    reason = TextAreaField(
        "Why the clock stands still", [InputRequired("Enter the reason")], max_length=REASON_AT_MOST
    )


class ReceiptForm(BeaconForm):
    """When the Witness Care Unit heard of it."""

    at = MomentField(
        "When Witness Care heard of it",
        [InputRequired("Enter when Witness Care heard of it"), NotInFuture()],
    )


class AsideForm(BeaconForm):
    """Why the victim is not told."""

    state = RadioField(
        "Why they are not told",
        [InputRequired("Choose why they are not told")],
        coerce=DutyState,
        choices=[(state.value, state.label) for state in ASIDE],
    )
    reason = TextAreaField("Reason", [InputRequired("Enter the reason")], max_length=REASON_AT_MOST)
