"""Boxes about what is written to victims: which to show, how one was settled, printing."""

from __future__ import annotations

from beacon.notices.terms import HeldBecause, NoticeKind, NoticeState
from beacon.web.fields import HiddenField, InputRequired, RadioField, SelectField, TextAreaField
from beacon.web.forms import BeaconForm, FilterForm

WORDS_AT_MOST = 500
TOLD, NOT_NEEDED = "told", "not_needed"


class NoticesForm(FilterForm):
    """Which of them to show."""

    state = SelectField(
        "Which",
        coerce=NoticeState,
        choices=[("", "All"), *((one.value, one.label) for one in NoticeState)],
    )
    kind = SelectField(
        "About",
        coerce=NoticeKind,
        choices=[("", "Anything"), *((one.value, one.label) for one in NoticeKind)],
    )
    because = SelectField(
        "Held because",
        coerce=HeldBecause,
        choices=[("", "Any reason"), *((one.value, one.label) for one in HeldBecause)],
    )


class SettleForm(BeaconForm):
    """How somebody was told, or why nothing need be written."""

    version = HiddenField()
    outcome = RadioField(
        "What came of it?",
        [InputRequired("Choose what came of it")],
        choices=[(TOLD, "I told them myself"), (NOT_NEEDED, "It need not be written")],
    )
    words = TextAreaField(
        "How you told them, or why not",
        [InputRequired("Say how they were told, or why it is not needed")],
        max_length=WORDS_AT_MOST,
    )

    @property
    def read_version(self) -> int:
        """The version the person was looking at; nought where the page's word was altered."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class PrintForm(BeaconForm):
    """Printing the letters of a run; a second time with a reason."""

    reason = TextAreaField("Why are they printed again?", max_length=WORDS_AT_MOST)
