"""Boxes for files that are sent in."""

from __future__ import annotations

from beacon.referrals.columns import FEEDS
from beacon.referrals.terms import (
    FEED_LABELS,
)
from beacon.web.fields import (
    BooleanField,
    FileField,
    HiddenField,
    InputRequired,
    RadioField,
)
from beacon.web.forms import BeaconForm

FEED_CHOICES = [(name, FEED_LABELS[name]) for name in FEEDS]


class UploadForm(BeaconForm):
    """A file of a feed."""

    feed = RadioField(
        "Whose list is it?",
        [InputRequired("Choose whose list it is")],
        choices=FEED_CHOICES,
    )
    file = FileField("File", [InputRequired("Choose a file")])


class CaseloadForm(BeaconForm):
    """A file of live cases of another system."""

    file = FileField("File", [InputRequired("Choose a file")])


class CaseloadSheetForm(BeaconForm):
    """The sheet that says what became of each row."""

    token = HiddenField()


class ConfirmUploadForm(BeaconForm):
    """The preview was looked at: take the file in."""

    leave_out = BooleanField("Leave these rows out, and take in the others")


class ConfirmCaseloadForm(BeaconForm):
    """The preview of a caseload was looked at: take the cases on."""

    token = HiddenField()
    name = HiddenField()


class ThrowAwayForm(BeaconForm):
    """The preview was looked at: take nothing in."""
