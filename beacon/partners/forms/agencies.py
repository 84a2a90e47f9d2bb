"""Boxes for agencies, whom to ring there, and the champions' network."""

from __future__ import annotations

from beacon.partners.commands import ContactFacts, TrainingGiven
from beacon.web.fields import (
    DateField,
    HiddenField,
    InputRequired,
    StringField,
    UkMobileField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm

NAME_AT_MOST = 100


class AgencyForm(BeaconForm):
    """A new agency."""

    name = StringField(
        "Name of the agency", [InputRequired("Enter the agency's name")], max_length=NAME_AT_MOST
    )


class VersionForm(BeaconForm):
    """An order about what was looked at."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class ContactForm(VersionForm):
    """Whom to ring."""

    name = StringField("Name", [InputRequired("Enter their name")], max_length=NAME_AT_MOST)
    work = StringField("What they do there", max_length=NAME_AT_MOST)
    mobile = UkMobileField("Mobile number")
    phone = UkPhoneField("Other telephone number")

    def facts(self) -> ContactFacts:
        """The answers, as the command wants them."""
        return ContactFacts(
            name=self.name.data or "",
            work=self.work.data or "",
            mobile=str(self.mobile.data or ""),
            phone=str(self.phone.data or ""),
        )


class ChampionForm(VersionForm):
    """Since when somebody is of the champions' network."""

    since = DateField("Champion since")


class TrainingForm(VersionForm):
    """A course that a champion was on."""

    course = StringField("Course", [InputRequired("Enter the course")], max_length=NAME_AT_MOST)
    done_on = DateField("On which day", [InputRequired("Enter the day of the course")])
    expires_on = DateField("Last day on which it holds")

    def given(self) -> TrainingGiven:
        """The course, as the command wants it."""
        return TrainingGiven(
            course=self.course.data or "",
            done_on=self.done_on.data,
            expires_on=self.expires_on.data,
        )
