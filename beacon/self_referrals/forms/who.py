"""The pages about people: who writes, for whom, whether they agree, and who they are."""

from __future__ import annotations

from beacon.self_referrals.forms.ground import EMAIL, NAME_AT_MOST, StepForm, listed
from beacon.self_referrals.rules import Answers
from beacon.self_referrals.terms import (
    Danger,
    FilledBy,
    Step,
)
from beacon.web.fields import (
    BooleanField,
    DateField,
    EmailField,
    InputRequired,
    NotInFuture,
    RadioField,
    StringField,
    UkPhoneField,
)


class ForForm(StepForm):
    """Who writes."""

    step = Step.FOR
    question = "Who is this for?"
    filled_by = RadioField(
        "Who",
        [InputRequired("Choose who this is for")],
        coerce=FilledBy,
        choices=listed(FilledBy),
    )


class HelperForm(StepForm):
    """Who writes for somebody else."""

    step = Step.HELPER
    question = "About you, who is filling this in"
    lead = ("We ask so that we can come back to you if something is not clear.",)
    hints = {
        "organisation": "If you write for an organisation or a reporting centre",
        "relation": "For example a friend, their sister, their support worker",
        "phone": "We ring you only about this",
    }
    optional = frozenset({"phone", "email", "relation"})
    name = StringField("Your name", [InputRequired("Enter your name")], max_length=NAME_AT_MOST)
    organisation = StringField("Organisation or centre", max_length=NAME_AT_MOST)
    relation = StringField("How you know them", max_length=NAME_AT_MOST)
    phone = UkPhoneField("Your phone number")
    email = EmailField("Your email address")
    works_for_one = False

    def speak(self, answers: Answers) -> None:
        """An organisation is asked for where somebody writes for one."""
        super().speak(answers)
        by = answers.one(Step.FOR, "filled_by")
        self.works_for_one = by in {FilledBy.AGENCY, FilledBy.CENTRE}
        if not self.works_for_one:
            del self.organisation

    def validate_email(self, box: EmailField) -> None:
        """An address that can be written to, where one is given."""
        if box.data:
            EMAIL(self, box)

    def check(self) -> None:
        """Somebody who writes for an organisation says which, and how to come back to them."""
        if self.works_for_one:
            self.need("organisation", "Enter the name of your organisation or centre")
        if not self.phone.data and not self.email.data and not self.phone.errors:
            self.need("email", "Enter your phone number or your email address")


class AgreedForm(StepForm):
    """Whether the person knows and agrees."""

    step = Step.AGREED
    question = "Do they know about this, and do they agree?"
    lead = ("It is their choice. Ask them only when it is safe for them to talk.",)
    agreed = RadioField(
        "Do they agree?",
        [InputRequired("Choose whether they know and agree")],
        choices=[("yes", "Yes, they know and they agree"), ("no", "No, or I have not asked them")],
    )


class NowForm(StepForm):
    """Whether somebody is in danger."""

    step = Step.NOW
    question = "Is anyone in danger now?"
    danger = RadioField(
        "Danger",
        [InputRequired("Choose whether anyone is in danger now")],
        coerce=Danger,
        choices=listed(Danger),
    )


class NameForm(StepForm):
    """Who the person is, or that they would rather not say."""

    step = Step.NAME
    question = "What is your name?"
    question_theirs = "What is their name?"
    lead = ("A first name is enough. You do not have to give a name.",)
    lead_theirs = ("A first name is enough. They do not have to give a name.",)
    theirs = {"anonymous": "They would rather not give a name"}
    first_name = StringField("First name", max_length=NAME_AT_MOST)
    last_name = StringField("Last name", max_length=NAME_AT_MOST)
    anonymous = BooleanField("I would rather not give a name")

    def check(self) -> None:
        """A name or none, and no doubt which."""
        named = bool(self.first_name.data or self.last_name.data)
        if self.anonymous.data and named:
            self.anonymous.errors = ["Give a name, or tick that you would rather not. Not both"]
        elif not named and not self.anonymous.data and not self.first_name.errors:
            self.first_name.errors = ["Enter a name, or tick that you would rather not"]


class BornForm(StepForm):
    """The date of birth."""

    step = Step.BORN
    question = "What is your date of birth?"
    question_theirs = "What is their date of birth?"
    lead = (
        "Leave this empty if you would rather not say.",
        "We ask because people under 18 have more rights, and so that two people are not mixed up.",
    )
    hints = {"born_on": "For example, 27 3 1987"}
    born_on = DateField("Date of birth", [NotInFuture("Date of birth must be in the past")])
