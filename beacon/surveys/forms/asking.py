"""One question on each page."""

from __future__ import annotations

from typing import ClassVar

from wtforms.validators import Length, Optional

from beacon.surveys.rules import Answers
from beacon.surveys.rules.asking import NO, YES
from beacon.surveys.terms import PAGES_OF_MEASURES, Page, Score
from beacon.web.fields import InputRequired, RadioField, TextAreaField
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 2000
SCALE = [(score.value, score.label) for score in Score]
CALL_LABEL = "Would you like somebody to call you back?"
CALL_HINT = (
    "If you say yes, we join your answers to your name, so that we know whom to call. "
    "If you say no, nobody can tell that they are yours."
)
CALL = [(NO, "No, keep my answers apart from my name"), (YES, "Yes, call me back")]
WORDS_LABEL = "Is there anything that you would like to say?"
WORDS_HINT = (
    "You can leave this empty. Please give no names. If your words say that somebody may be hurt, "
    "a person here reads them at once, but they cannot tell whose they are."
)


class QuestionForm(BeaconForm):
    """A page with one box, called answer."""

    keeps_draft = False
    hint: ClassVar[str] = ""

    @property
    def heading(self) -> str:
        """The question of the page."""
        return str(self.answer.label.text)

    @property
    def said(self) -> str:
        """The answer as it is kept."""
        return str(self.answer.data or "")


class BeginForm(BeaconForm):
    """Begin, or send."""

    keeps_draft = False


class MeasureForm(QuestionForm):
    """How far somebody agrees with a sentence."""

    hint = "How far do you agree?"
    answer = RadioField(
        "",
        [InputRequired("Choose how far you agree, or that it does not apply")],
        choices=SCALE,
    )


class WordsForm(QuestionForm):
    """What somebody wants to say in their own words."""

    hint = WORDS_HINT
    answer = TextAreaField(
        WORDS_LABEL,
        [
            Optional(),
            Length(max=WORDS_AT_MOST, message=f"Write {WORDS_AT_MOST:,} characters or fewer"),
        ],
    )


class CallForm(QuestionForm):
    """Whether somebody wants to be rung: then, and only then, the answers are joined to them."""

    hint = CALL_HINT
    answer = RadioField(
        CALL_LABEL,
        [InputRequired("Choose whether you would like somebody to call you back")],
        choices=CALL,
    )


def page_of(page: Page, answers: Answers) -> QuestionForm:
    """The form of a page, with what was answered before in its box."""
    form: QuestionForm
    if page in PAGES_OF_MEASURES:
        form = MeasureForm(answer=answers.of(page))
        form.answer.label.text = PAGES_OF_MEASURES[page].question
    else:
        form = {Page.WORDS: WordsForm, Page.CALL: CallForm}[page](answer=answers.of(page))
    return form


def in_words(page: Page, said: str) -> str:
    """An answer as the page that is checked says it."""
    if page in PAGES_OF_MEASURES:
        return dict(SCALE).get(said, said)
    return dict(CALL).get(said, said) if page is Page.CALL else said
