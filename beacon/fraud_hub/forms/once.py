"""Boxes of forms that make one row, however often they are sent."""

from __future__ import annotations

from beacon.fraud_hub.commands import new_token
from beacon.web.fields import HiddenField, InputRequired, TextAreaField
from beacon.web.forms import BeaconForm

CHOOSE = ("", "Choose")


class OnceForm(BeaconForm):
    """A form that makes one row, however often it is sent."""

    token = HiddenField(default=new_token)


class ReasonForm(OnceForm):
    """Why an entry is taken back."""

    reason = TextAreaField("Why", [InputRequired("Enter why")], max_length=500)


def number(text: str | None) -> int | None:
    """A row's number as the page sent it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None
