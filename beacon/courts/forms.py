"""The questions that pages about hearings ask."""

from __future__ import annotations

from datetime import date, datetime

from beacon.courts.commands import Charge
from beacon.courts.terms import Attendance, HearingOutcome, Initiation, Remand, TextBar
from beacon.web.fields import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    InputRequired,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TimeField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm, FilterForm


class DayForm(FilterForm):
    """Which day's hearings, at which court."""

    day = DateField("Day")
    court = SelectField("Court")


class ChargeForm(BeaconForm):
    """Who is charged, when, and where they are first to appear."""

    charged_at = MomentField(
        "When were they charged?",
        [InputRequired("Enter the day and time of the charge"), NotInFuture()],
    )
    first_name = StringField(
        "Defendant's first names", [InputRequired("Enter the first names")], max_length=100
    )
    last_name = StringField(
        "Defendant's last name", [InputRequired("Enter the last name")], max_length=100
    )
    date_of_birth = DateField("Date of birth")
    mobile = UkPhoneField("Mobile number")
    court = SelectField("Court", [InputRequired("Choose the court")])
    held_on = DateField("Day of the first hearing", [InputRequired("Enter the day")])
    starts_at = TimeField("Time", [InputRequired("Enter the time")])
    type_code = SelectField("Type of hearing", [InputRequired("Choose the type of hearing")])
    initiation = RadioField("How was the prosecution started?")
    remand = RadioField("Bail or custody?")
    received_at = MomentField("When did Witness Care receive the date?", [NotInFuture()])

    def when(self) -> datetime:
        """The moment of the charge, which the form asks for."""
        assert self.charged_at.data is not None
        return self.charged_at.data

    def charge(self) -> Charge:
        """The answers, as the command wants them."""
        answers = self.answers()
        del answers["charged_at"]
        answers["remand"] = Remand(self.remand.data) if self.remand.data else None
        answers["initiation"] = Initiation(self.initiation.data) if self.initiation.data else None
        return Charge(**answers)


class VersionForm(BeaconForm):
    """An order about a record that must still be as the page showed it."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the page showed; one that no record has, where it was tampered with."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


class MoveForm(VersionForm):
    """Another day, time, court or room."""

    court = SelectField("Court", [InputRequired("Choose the court")])
    held_on = DateField("Day", [InputRequired("Enter the day")])
    starts_at = TimeField("Time", [InputRequired("Enter the time")])
    room = StringField("Court room", max_length=40)

    def day(self) -> date:
        """The new day, which the form asks for."""
        assert self.held_on.data is not None
        return self.held_on.data


class OutcomeForm(VersionForm):
    """What came of a hearing."""

    outcome = RadioField("What came of it?", [InputRequired("Say what came of the hearing")])
    attendance = RadioField(
        "Did the defendant come?", [InputRequired("Say whether the defendant came")]
    )


class NumberForm(VersionForm):
    """A defendant's number, corrected by a person."""

    mobile = UkPhoneField("New number")
    no_number = BooleanField("They have no number that we may use")
    do_not_text = BooleanField("Do not text this person")
    text_bar = SelectField("Why are they not to be texted?")

    def number(self) -> str | None:
        """The number as it shall be: none, a new one, or None where it stays as it is."""
        if self.no_number.data:
            return ""
        return str(self.mobile.data) if self.mobile.data else None

    def bar(self) -> TextBar | None:
        """Why they are not to be texted, where somebody says why."""
        return TextBar(self.text_bar.data) if self.text_bar.data else None


class ListForm(BeaconForm):
    """A court list to take in."""

    file = FileField("Court list", [InputRequired("Choose the file of the court list")])


class TakeInForm(BeaconForm):
    """The order to take in the file that was looked at."""

    token = HiddenField()
    file_name = HiddenField()


OUTCOMES = [(word.value, word.label) for word in HearingOutcome]
ATTENDANCES = [(word.value, word.label) for word in Attendance]
REMANDS = [(word.value, word.label) for word in Remand]
BARS = [("", "No reason is known"), *((word.value, word.label) for word in TextBar)]
INITIATIONS = [(word.value, word.label) for word in Initiation]
