"""The questions that pages about hearings ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from beacon.core.errors import RuleBroken
from beacon.courts.commands import Charge, OutcomeRow
from beacon.courts.models import Hearing
from beacon.courts.terms import (
    Attendance,
    CallOutcome,
    HearingOutcome,
    Initiation,
    Remand,
    TextBar,
)
from beacon.web.asked_twice import AskedTwice
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
    TextAreaField,
    TimeField,
    UkPhoneField,
)
from beacon.web.forms import BeaconForm, FilterForm
from beacon.web.periods import DaysForm


class DayForm(FilterForm):
    """Which day's hearings, at which court."""

    day = DateField("Day")
    court = SelectField("Court")


class ChargeForm(AskedTwice):
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

    def refuse(self, refusal: RuleBroken) -> None:
        """By its box; what is said of the moment belongs to the moment of the charge."""
        field = "charged_at" if refusal.field == "at" else refusal.field
        super().refuse(RuleBroken(refusal.message, field=field))

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
        return number_of(self.version.data)


class MoveForm(VersionForm, AskedTwice):
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


class OutcomesForm(BeaconForm):
    """What came of each hearing of a day: two answers a row, and the row as the page showed it."""

    hearing_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, hearings: Sequence[Hearing]) -> type[OutcomesForm]:
        """The form of these hearings, in their order; nothing is filled in."""
        boxes: dict[str, object] = {"hearing_ids": tuple(one.id for one in hearings)}
        for one in hearings:
            who = f"{one.defendant.full_name} at {one.court.name}"
            boxes[f"version_{one.id}"] = HiddenField(default=str(one.version))
            boxes[f"outcome_{one.id}"] = SelectField(
                f"What came of the hearing of {who}", choices=[("", "–"), *OUTCOMES]
            )
            boxes[f"attendance_{one.id}"] = SelectField(
                f"Did the defendant come: {who}", choices=[("", "–"), *ATTENDANCES]
            )
        return type("OutcomesOfDay", (cls,), boxes)

    @property
    def sent_in_part(self) -> bool:
        """Whether it was sent from our page, though some rows cannot be read."""
        return self.is_submitted() and "csrf_token" not in self.errors

    def rows(self) -> list[OutcomeRow]:
        """The rows that can be read, as the command wants them."""
        return [self._row(one) for one in self.hearing_ids if one not in self.unreadable()]

    def unreadable(self) -> set[int]:
        """The hearings beside which something stands that is no answer."""
        return {
            one
            for one in self.hearing_ids
            if self[f"outcome_{one}"].errors or self[f"attendance_{one}"].errors
        }

    def _row(self, hearing_id: int) -> OutcomeRow:
        outcome, attendance = (
            self[f"{name}_{hearing_id}"].data for name in ("outcome", "attendance")
        )
        return OutcomeRow(
            hearing_id=hearing_id,
            outcome=HearingOutcome(outcome) if outcome else None,
            attendance=Attendance(attendance) if attendance else None,
            version=number_of(self[f"version_{hearing_id}"].data),
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


class WhichDayForm(FilterForm):
    """Which day."""

    day = DateField("Day of the hearings")

    def chosen(self, usual: date) -> date:
        """The day asked for; the usual one where none is, or where it cannot be read."""
        return (self.day.data if self.asked_well() else None) or usual


class PeriodForm(DaysForm):
    """The days between which hearings are counted."""

    first = DateField("Hearings from")
    last = DateField("Hearings until")


class CallForm(BeaconForm):
    """What came of one call."""

    seen = HiddenField()
    outcome = RadioField("What came of the call?", [InputRequired("Say what came of the call")])
    note = TextAreaField("Anything that the next caller must know", max_length=500)

    @property
    def calls_seen(self) -> int:
        """How many calls the page showed; a number that never is, where it was tampered with."""
        return number_of(self.seen.data)


class ListForm(BeaconForm):
    """A court list to take in."""

    file = FileField("Court list", [InputRequired("Choose the file of the court list")])


class TakeInForm(BeaconForm):
    """The order to take in the file that was looked at."""

    token = HiddenField()
    file_name = HiddenField()


def number_of(typed: str | None) -> int:
    """A count as the page sent it; one that never is, where it was tampered with."""
    text = typed or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


CALLS = [(word.value, word.label) for word in CallOutcome]
OUTCOMES = [(word.value, word.label) for word in HearingOutcome]
ATTENDANCES = [(word.value, word.label) for word in Attendance]
REMANDS = [(word.value, word.label) for word in Remand]
BARS = [("", "No reason is known"), *((word.value, word.label) for word in TextBar)]
INITIATIONS = [(word.value, word.label) for word in Initiation]
