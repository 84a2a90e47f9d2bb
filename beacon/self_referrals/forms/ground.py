"""What every page of the form shares: one question, in words for oneself or for somebody else."""

from __future__ import annotations

from typing import Any, ClassVar  # WTForms passes untyped values

from wtforms import Field
from wtforms.validators import Email

from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import Step
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100
LINE_AT_MOST = 500
EMAIL = Email("Enter an email address, like name@example.org.")


def listed(words: Any) -> list[tuple[str, str]]:
    """The choices of an enum."""
    return [(one.value, one.label) for one in words]


class StepForm(BeaconForm):
    """One page of the form. `theirs`: the words where somebody writes for another person."""

    keeps_draft = False
    step: ClassVar[Step]
    question: ClassVar[str]
    question_theirs: ClassVar[str] = ""
    lead: ClassVar[tuple[str, ...]] = ()
    lead_theirs: ClassVar[tuple[str, ...]] = ()
    hints: ClassVar[dict[str, str]] = {}
    theirs: ClassVar[dict[str, str]] = {}
    optional: ClassVar[frozenset[str]] = frozenset()
    # By a question and an answer to it: the boxes that the answer opens.
    reveals: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {}
    is_theirs = False

    def speak(self, answers: Answers) -> None:
        """Ask in the words that fit what was said on other pages."""
        self.is_theirs = answers.for_another
        if self.is_theirs:
            for name, words in self.theirs.items():
                self[name].label.text = words
        if self.is_single:
            self.first.label.text = self.heading

    @property
    def heading(self) -> str:
        """The question of the page."""
        return (self.question_theirs if self.is_theirs else "") or self.question

    @property
    def leads(self) -> tuple[str, ...]:
        """What is said below the question."""
        return (self.lead_theirs if self.is_theirs else ()) or self.lead

    @property
    def boxes(self) -> list[Field]:
        """The questions of the page in their order; a box that an answer opens is none of them."""
        opened = {name for by in self.reveals.values() for names in by.values() for name in names}
        return [one for one in self if one.name not in {"csrf_token", *opened}]

    @property
    def first(self) -> Field:
        """The first box."""
        return self.boxes[0]

    @property
    def is_single(self) -> bool:
        """Whether the page asks one thing, so that its heading is the question itself."""
        return len(self.boxes) == 1

    def is_opened(self, name: str) -> bool:
        """Whether the answer that opens this box was given; a box that none opens always is."""
        for question, by in self.reveals.items():
            for answer, names in by.items():
                if name in names:
                    said = self[question].data
                    return answer in said if isinstance(said, list) else str(said or "") == answer
        return True

    def need(self, name: str, sentence: str) -> None:
        """Ask for a box that an answer has opened; one that cannot be read says so by itself."""
        box = self[name]
        if not box.data and not box.errors:
            box.errors = [*box.errors, sentence]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every box that counts can be used; what no answer opened does not count."""
        super().validate(extra_validators)
        for box in self:
            if not self.is_opened(box.name):
                box.errors = []
        self.check()
        return not any(box.errors for box in self) and not self.form_errors

    def check(self) -> None:
        """What several boxes must say together."""
