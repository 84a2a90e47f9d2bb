"""The same questions, read out on the telephone."""

from __future__ import annotations

from wtforms.validators import Length, Optional

from beacon.surveys.forms.asking import CALL, SCALE, WORDS_AT_MOST
from beacon.surveys.rules import Answers
from beacon.surveys.terms import PAGES_OF_MEASURES, Measure, Page
from beacon.web.fields import BooleanField, InputRequired, RadioField, TextAreaField
from beacon.web.forms import BeaconForm

CHOOSE = "Choose what they said, or that it does not apply"


def _asked(measure: Measure) -> RadioField:
    return RadioField(f"“{measure.question}”", [InputRequired(CHOOSE)], choices=SCALE)


class PhoneForm(BeaconForm):
    """All questions on one page. What is typed is not kept as a draft: it would stand by a case."""

    keeps_draft = False
    agreed = BooleanField(
        "They can talk freely now, and agree to answer",
        [InputRequired("Tick that they agree; if they do not, do not ask")],
    )
    satisfied = _asked(Measure.SATISFIED)
    easy = _asked(Measure.EASY)
    informed = _asked(Measure.INFORMED)
    confident = _asked(Measure.CONFIDENT)
    safer = _asked(Measure.SAFER)
    words = TextAreaField(
        "“Is there anything that you would like to say?”",
        [
            Optional(),
            Length(max=WORDS_AT_MOST, message=f"Write {WORDS_AT_MOST:,} characters or fewer"),
        ],
    )
    call = RadioField(
        "“Would you like somebody to call you back about this?”",
        [InputRequired("Choose whether they want to be called back")],
        choices=CALL,
    )

    def answered(self) -> Answers:
        """What they said, page by page."""
        said = {page.value: self[measure.value].data for page, measure in PAGES_OF_MEASURES.items()}
        words = self.words.data or ""
        return Answers({**said, Page.WORDS.value: words, Page.CALL.value: self.call.data})
