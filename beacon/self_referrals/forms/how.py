"""The pages about how somebody may be reached: what is not said to be safe is not."""

from __future__ import annotations

from typing import Any  # WTForms passes untyped values

from beacon.self_referrals.forms.ground import EMAIL, LINE_AT_MOST, NAME_AT_MOST, StepForm, listed
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import (
    Step,
    Way,
)
from beacon.web.fields import (
    CheckboxesField,
    EmailField,
    InputRequired,
    PostcodeField,
    RadioField,
    StringField,
    TextAreaField,
    UkMobileField,
    UkPhoneField,
)


class ReachForm(StepForm):
    """How the person may be reached: what is not ticked is not safe."""

    step = Step.REACH
    question = "How is it safe for us to reach you?"
    question_theirs = "How is it safe for us to reach them?"
    lead = (
        "Choose only what is safe. Think of who else could see or hear it.",
        "We use nothing that you do not choose.",
    )
    reveals = {
        "ways": {
            Way.CALL.value: ("phone",),
            Way.TEXT.value: ("mobile",),
            Way.EMAIL.value: ("email",),
            Way.LETTER.value: ("address", "postcode"),
        }
    }
    ways = CheckboxesField(
        "Safe ways",
        [InputRequired("Choose a safe way, or “No way is safe now”")],
        choices=listed(Way),
    )
    phone = UkPhoneField("Phone number")
    mobile = UkMobileField("Mobile number for texts")
    email = EmailField("Email address")
    address = TextAreaField("Address", max_length=LINE_AT_MOST)
    postcode = PostcodeField("Postcode")

    def speak(self, answers: Answers) -> None:
        """Through a helper is a way only where there is one."""
        super().speak(answers)
        if not self.is_theirs:
            self.ways.choices = listed(way for way in Way if way is not Way.HELPER)

    def validate_email(self, box: EmailField) -> None:
        """An address that can be written to, where one is given."""
        if box.data:
            EMAIL(self, box)

    def check(self) -> None:
        """Each safe way has what it needs."""
        ways = set(self.ways.data or ())
        if Way.NONE in ways and len(ways) > 1:
            self.ways.errors = ["Choose safe ways, or “No way is safe now”. Not both"]
        if Way.CALL in ways:
            self.need("phone", "Enter the phone number that is safe to ring")
        if Way.TEXT in ways:
            self.need("mobile", "Enter the mobile number that is safe to text")
        if Way.EMAIL in ways:
            self.need("email", "Enter the email address that is safe")
        if Way.LETTER in ways:
            self.need("address", "Enter the address that is safe for a letter")
            self.need("postcode", "Enter the postcode of the address")


class BestForm(StepForm):
    """Which of the safe ways is best."""

    step = Step.BEST
    question = "Which way is best?"
    best = RadioField("Best way", [InputRequired("Choose which way is best")], coerce=Way)

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.best.choices = listed(way for way in Way if way not in {Way.HELPER, Way.NONE})

    def speak(self, answers: Answers) -> None:
        """Only what was called safe can be best."""
        super().speak(answers)
        self.best.choices = listed(way for way in answers.ways if way not in {Way.HELPER, Way.NONE})


class VoicemailForm(StepForm):
    """Whether a message may be left."""

    step = Step.VOICEMAIL
    question = "If no one answers, may we leave a voicemail?"
    lead = ("If you choose no, we leave nothing and ring again.",)
    voicemail = RadioField(
        "Voicemail",
        [InputRequired("Choose whether we may leave a voicemail")],
        choices=[("yes", "Yes"), ("no", "No")],
    )


class TimesForm(StepForm):
    """When it is safe, and what to say to somebody else."""

    step = Step.TIMES
    question = "What keeps it safe?"
    lead = ("Fill in what matters. You can leave every box empty.",)
    hints = {
        "times": "For example “weekdays from 9 to 3” or “any time”",
        "others": "For example “my mother sees my post”",
        "say": "For example “say you are Sam from work”",
        "safe_word": "A word that you say, so that we know that it is you",
    }
    theirs = {"safe_word": "A word by which we know that it is them"}
    optional = frozenset({"times", "others", "say", "safe_word"})
    times = StringField("Safe times", max_length=LINE_AT_MOST)
    others = StringField("Who else might answer or see it", max_length=LINE_AT_MOST)
    say = StringField("What we should say to someone else", max_length=LINE_AT_MOST)
    safe_word = StringField("A word by which we know that it is you", max_length=NAME_AT_MOST)
