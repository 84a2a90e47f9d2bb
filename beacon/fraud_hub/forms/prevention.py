"""Boxes for calls of branches, and for workshops and what came of them."""

from __future__ import annotations

from beacon.caseloads.terms import DISTRICTS
from beacon.fraud_hub.commands import CallFacts, EventFacts
from beacon.fraud_hub.forms.once import CHOOSE, OnceForm
from beacon.fraud_hub.terms import Audience, Contribution, OutreachKind, Scam
from beacon.web.fields import (
    DateField,
    InputRequired,
    IntegerField,
    MomentField,
    MoneyField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
)
from beacon.web.forms import BeaconForm

YES_NO = [("yes", "Yes"), ("no", "No")]
NOT_KNOWN = ("unknown", "Not known")
ELSEWHERE = "Outside Hertfordshire"
MOST = 100_000


class ProtocolCallForm(OnceForm):
    """A branch that called the police."""

    bank = StringField("Bank", [InputRequired("Enter the bank")], max_length=100)
    branch = StringField("Branch", [InputRequired("Enter the branch")], max_length=100)
    called_at = MomentField(
        "When the branch called", [InputRequired("Enter when they called"), NotInFuture()]
    )
    incident = StringField(
        "Police incident number",
        [InputRequired("Enter the police incident number")],
        max_length=60,
    )
    at_risk = MoneyField(
        "Amount about to be paid", [InputRequired("Enter the amount that was about to be paid")]
    )
    stopped = MoneyField(
        "Amount stopped", [InputRequired("Enter the amount that was stopped, or 0")]
    )
    scam = SelectField(
        "Type of fraud",
        [InputRequired("Choose the type of fraud")],
        choices=[CHOOSE, *((one.value, one.label) for one in Scam)],
    )
    believed = RadioField(
        "Did the victim believe that it was fraud?",
        [InputRequired("Say whether the victim believed that it was fraud")],
        choices=[*YES_NO, NOT_KNOWN],
    )
    safeguarding = RadioField(
        "Was a safeguarding referral made?",
        [InputRequired("Say whether a safeguarding referral was made")],
        choices=YES_NO,
    )
    repeat = RadioField(
        "Has a branch called about this person before?",
        [InputRequired("Say whether a branch has called about this person before")],
        choices=YES_NO,
    )
    case = StringField("Case", max_length=20)

    def call(self) -> CallFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return CallFacts(
            bank=given["bank"],
            branch=given["branch"],
            called_at=given["called_at"],
            incident=given["incident"],
            at_risk_pence=given["at_risk"],
            stopped_pence=given["stopped"],
            scam=Scam(given["scam"]),
            believed={"yes": True, "no": False}.get(given["believed"]),
            safeguarding=given["safeguarding"] == "yes",
            repeat=given["repeat"] == "yes",
        )


class CountStopForm(BeaconForm):
    """Into which case a stop is counted, and what Beacon did."""

    case = StringField("Case", [InputRequired("Enter the case")], max_length=20)
    contribution = RadioField(
        "What Beacon did",
        [InputRequired("Choose what Beacon did")],
        choices=[(one.value, one.label) for one in Contribution],
    )

    @property
    def did(self) -> Contribution:
        """What Beacon did for it."""
        return Contribution(self.contribution.data)


class EventForm(OnceForm):
    """A workshop, talk or stall that was held."""

    held_on = DateField("Date", [InputRequired("Enter the date"), NotInFuture()])
    kind = SelectField(
        "Kind",
        [InputRequired("Choose the kind of event")],
        choices=[CHOOSE, *((one.value, one.label) for one in OutreachKind)],
    )
    audience = SelectField(
        "For whom",
        [InputRequired("Choose for whom it was")],
        choices=[CHOOSE, *((one.value, one.label) for one in Audience)],
    )
    place = StringField("Place", [InputRequired("Enter where it was")], max_length=100)
    district = SelectField(
        "District",
        [InputRequired("Choose the district")],
        choices=[CHOOSE, *((one, one) for one in (*DISTRICTS, ELSEWHERE))],
    )
    attendance = IntegerField(
        "How many people came", [InputRequired("Enter how many people came")], most=MOST
    )
    staff = StringField("Who of us was there", [InputRequired("Enter who was there")])
    leaflets = IntegerField("Leaflets", most=MOST)
    booklets = IntegerField("Booklets", most=MOST)
    signs = IntegerField("Signs for doors", most=MOST)
    blockers = IntegerField("Call blockers", most=MOST)

    def event(self) -> EventFacts:
        """The answers, as the command wants them."""
        given = self.answers()
        return EventFacts(
            held_on=given["held_on"],
            kind=OutreachKind(given["kind"]),
            audience=Audience(given["audience"]),
            place=given["place"],
            district=given["district"],
            attendance=given["attendance"],
            staff=given["staff"],
            leaflets=given["leaflets"] or 0,
            booklets=given["booklets"] or 0,
            signs=given["signs"] or 0,
            blockers=given["blockers"] or 0,
        )


class LinkCaseForm(BeaconForm):
    """The case that came of an event."""

    case = StringField("Case", [InputRequired("Enter the case")], max_length=20)
