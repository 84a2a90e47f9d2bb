"""The pages about what would help, how we should talk, and what may be done with it."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import StopValidation

from beacon.self_referrals.forms.ground import LINE_AT_MOST, StepForm, listed
from beacon.self_referrals.terms import (
    Need,
    Sharing,
    Step,
    Support,
)
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    InputRequired,
    RadioField,
    StringField,
    TextAreaField,
)


class NeedsForm(StepForm):
    """What would help."""

    step = Step.NEEDS
    question = "What would help?"
    hints = {"needs": "Choose all that are true."}
    optional = frozenset({"more"})
    needs = CheckboxesField(
        "What would help?",
        [InputRequired("Choose what would help, or “I do not know yet”")],
        choices=listed(Need),
    )
    more = TextAreaField("Anything else", max_length=2_000)


class SupportForm(StepForm):
    """How we should talk and write."""

    step = Step.SUPPORT
    question = "Do you need any of these when we talk or write?"
    question_theirs = "Do they need any of these when we talk or write?"
    reveals = {
        "support": {Support.INTERPRETER.value: ("language",), Support.OTHER.value: ("other",)}
    }
    support = CheckboxesField(
        "What is needed",
        [InputRequired("Choose what is needed, or “None of these”")],
        choices=listed(Support),
    )
    language = StringField("Which language?", max_length=60)
    other = StringField("What else is needed?", max_length=LINE_AT_MOST)

    def check(self) -> None:
        """An interpreter needs a language."""
        support = set(self.support.data or ())
        if Support.NOTHING in support and len(support) > 1:
            self.support.errors = ["Choose what is needed, or “None of these”. Not both"]
        if Support.INTERPRETER in support:
            self.need("language", "Enter the language")
        if Support.OTHER in support:
            self.need("other", "Enter what else is needed")


class ShareForm(StepForm):
    """What may be done with what was written."""

    step = Step.SHARE
    question = "Are you happy for us to do this?"
    question_theirs = "Are they happy for us to do this?"
    lead = (
        "We keep what you wrote. Only the people who help you can read it.",
        "You can change your mind at any time. Tell us, and we stop.",
        "If someone could be badly hurt, or a child is at risk, we may have to tell others.",
        "We tell you first wherever we can.",
    )
    theirs = {"keep": "They agree that you keep this and get in touch as they said is safe"}
    keep = BooleanField("I agree that you keep this and get in touch as I said is safe")
    sharing = RadioField(
        "May we talk to other services that could help?",
        [InputRequired("Choose whether we may talk to other services")],
        coerce=Sharing,
        choices=listed(Sharing),
    )

    def validate_keep(self, box: Field) -> None:
        """Nothing is sent without it."""
        if not box.data:
            raise StopValidation("Tick that you agree. Without it we cannot keep what you wrote")
