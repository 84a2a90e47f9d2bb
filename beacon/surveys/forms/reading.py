"""What leaders write: what they did, which words may be shown; and of which months figures are."""

from __future__ import annotations

from wtforms.validators import Length, Optional

from beacon.surveys.forms.asking import WORDS_AT_MOST
from beacon.web.fields import InputRequired, RadioField, TextAreaField
from beacon.web.forms import BeaconForm
from beacon.web.periods import DaysForm

NOTE_AT_MOST = 1000
SHOW, KEEP_BACK = "show", "keep_back"
YEARS_AT_MOST = 3 * 366


class LookForm(BeaconForm):
    """What was done about something that was raised."""

    note = TextAreaField(
        "What you did",
        [
            InputRequired("Write what you did, or why nothing can be done"),
            Length(max=NOTE_AT_MOST, message=f"Write {NOTE_AT_MOST:,} characters or fewer"),
        ],
    )


class ReadForm(BeaconForm):
    """Whether words may be shown, and how they then read."""

    shown = TextAreaField(
        "The words as they may be shown",
        [
            Optional(),
            Length(max=WORDS_AT_MOST, message=f"Write {WORDS_AT_MOST:,} characters or fewer"),
        ],
    )
    choice = RadioField(
        "May they be shown?",
        [InputRequired("Choose whether these words may be shown")],
        choices=[
            (SHOW, "Yes, as they stand above: nobody can be known by them"),
            (KEEP_BACK, "No, keep them back"),
        ],
    )

    @property
    def may_show(self) -> bool:
        """Whether they may be shown."""
        return bool(self.choice.data == SHOW)


class PeriodForm(DaysForm):
    """Of which days the figures are."""

    days_at_most = YEARS_AT_MOST
    too_many = "Ask for three years at most."
