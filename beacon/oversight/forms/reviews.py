"""Boxes of oversight."""

from __future__ import annotations

from beacon.cases.terms import ReviewOutcome
from beacon.web.fields import InputRequired, RadioField, TextAreaField
from beacon.web.forms import BeaconForm

NOTE_AT_MOST = 1_000


class ReviewForm(BeaconForm):
    """Whether an access was justified."""

    outcome = RadioField(
        "Was it justified?",
        [InputRequired("Choose whether it was justified")],
        coerce=ReviewOutcome,
        choices=[(outcome.value, outcome.label) for outcome in ReviewOutcome],
    )
    note = TextAreaField(
        "What you found", [InputRequired("Enter what you found")], max_length=NOTE_AT_MOST
    )
