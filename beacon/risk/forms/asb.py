"""Boxes for anti-social behaviour, its Case Review, and what each district asks for."""

from __future__ import annotations

from beacon.risk.commands import ApplicationGiven, IncidentGiven, ReportGiven, ThresholdGiven
from beacon.risk.models import AsbThreshold
from beacon.risk.rules import Threshold
from beacon.risk.terms import DISTRICTS, Applicant, AsbBody, CountedBy, Reporter
from beacon.web.fields import (
    BooleanField,
    DateField,
    HiddenField,
    InputRequired,
    IntegerField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 4_000
BODIES = [(one.value, one.label) for one in AsbBody]
REPORTERS = [(one.value, one.label) for one in Reporter]


class ReportForm(BeaconForm):
    """A report of an incident: to whom, when, by whom."""

    body = SelectField(
        "To whom it was reported",
        [InputRequired("Choose to whom it was reported")],
        coerce=AsbBody,
        choices=[("", "Choose to whom"), *BODIES],
    )
    reported_on = DateField(
        "Day of the report", [InputRequired("Enter the day of the report"), NotInFuture()]
    )
    reporter = RadioField(
        "Who reported it", coerce=Reporter, choices=REPORTERS, default=Reporter.VICTIM
    )
    name = StringField("The name, where it was somebody else", max_length=100)
    reference = StringField("Their reference", max_length=60)

    def report(self) -> ReportGiven:
        """The answers, as the command wants them."""
        return ReportGiven(
            body=self.body.data,
            on=self.reported_on.data,
            reporter=self.reporter.data,
            name=self.name.data or "",
            reference=self.reference.data or "",
        )


class IncidentForm(BeaconForm):
    """Something that happened, with its first report where there is one."""

    on = DateField("Day it happened", [InputRequired("Enter the day it happened"), NotInFuture()])
    what = TextAreaField(
        "What happened", [InputRequired("Enter what happened, in short")], max_length=WORDS_AT_MOST
    )
    is_hate = BooleanField("The victim, or anybody else, thinks that it was hate")
    body = SelectField(
        "To whom it was reported",
        coerce=AsbBody,
        choices=[("", "Not reported yet"), *BODIES],
    )
    reported_on = DateField("Day of the report", [NotInFuture()])
    reporter = RadioField(
        "Who reported it", coerce=Reporter, choices=REPORTERS, default=Reporter.VICTIM
    )
    name = StringField("The name, where it was somebody else", max_length=100)
    reference = StringField("Their reference", max_length=60)

    def is_whole(self) -> bool:
        """Whether a report has its day, and a day has its report."""
        if self.body.data is not None and self.reported_on.data is None:
            self.reported_on.errors = [*self.reported_on.errors, "Enter the day of the report."]
            return False
        if self.body.data is None and self.reported_on.data is not None:
            self.body.errors = [*self.body.errors, "Choose to whom it was reported."]
            return False
        return True

    def given(self) -> IncidentGiven:
        """The answers, as the command wants them."""
        report = None
        if self.body.data is not None:
            report = ReportGiven(
                body=self.body.data,
                on=self.reported_on.data,
                reporter=self.reporter.data,
                name=self.name.data or "",
                reference=self.reference.data or "",
            )
        return IncidentGiven(
            on=self.on.data, what=self.what.data, is_hate=self.is_hate.data, report=report
        )


class TakeBackForm(BeaconForm):
    """Why an incident is taken back."""

    reason = TextAreaField(
        "Why it was a mistake", [InputRequired("Enter why it was a mistake")], max_length=500
    )


class ApplicationForm(BeaconForm):
    """Who applies for a Case Review, and what they ask for."""

    district = SelectField(
        "District",
        [InputRequired("Choose the district in which it happens")],
        choices=[("", "Choose the district"), *((one, one) for one in DISTRICTS)],
    )
    applicant = RadioField(
        "Who applies",
        [InputRequired("Choose who applies")],
        coerce=Applicant,
        choices=[(one.value, one.label) for one in Applicant],
    )
    name = StringField("The name and relation of who applies for the victim", max_length=100)
    consent_on = DateField("Day on which the victim agreed to that", [NotInFuture()])
    effect = TextAreaField("What it does to the victim", max_length=WORDS_AT_MOST)
    asked = TextAreaField("What they want to be done", max_length=WORDS_AT_MOST)

    def given(self) -> ApplicationGiven:
        """The answers, as the command wants them."""
        said = self.answers()
        words = ("name", "effect", "asked")
        return ApplicationGiven(**said | {name: said[name] or "" for name in words})


class DistrictForm(BeaconForm):
    """What a district asks for, and who has read that."""

    version = HiddenField()
    count = IntegerField("Incidents", [InputRequired("Enter how many incidents")], least=1)
    window_months = IntegerField(
        "Months to look back", [InputRequired("Enter how many months")], least=1
    )
    counted_by = RadioField(
        "Which day must lie in those months",
        [InputRequired("Choose which day counts")],
        coerce=CountedBy,
        choices=[(one.value, one.label.capitalize()) for one in CountedBy],
    )
    report_within_months = IntegerField("Months within which it must be reported", least=1)
    or_people = IntegerField("Or so many different people", least=1)
    hate_count = IntegerField("Or so many hate incidents", least=1)
    friend_may_apply = BooleanField("A friend or relative may apply with the victim's consent")
    anonymous_accepted = BooleanField("An application without a name is accepted")
    source = StringField(
        "Where this is from", [InputRequired("Enter where you read it")], max_length=200
    )
    note = TextAreaField("What else it says", max_length=500)
    verified_on = DateField("Verified with the council on", [NotInFuture()])

    @classmethod
    def of(cls, row: AsbThreshold) -> DistrictForm:
        """The boxes with what stands there now."""
        names = (name for name in cls.__dict__ if hasattr(row, name))
        return cls(**{name: getattr(row, name) for name in names})

    @property
    def read_version(self) -> int:
        """The version that the person was looking at; nought where the page's word was altered."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    def given(self) -> ThresholdGiven:
        """The answers, as the command wants them."""
        return ThresholdGiven(
            threshold=Threshold(
                count=self.count.data,
                window_months=self.window_months.data,
                report_within_months=self.report_within_months.data,
                or_people=self.or_people.data,
                hate_count=self.hate_count.data,
                counted_by=self.counted_by.data,
            ),
            friend_may_apply=self.friend_may_apply.data,
            anonymous_accepted=self.anonymous_accepted.data,
            source=self.source.data,
            note=self.note.data or "",
            verified_on=self.verified_on.data,
        )
