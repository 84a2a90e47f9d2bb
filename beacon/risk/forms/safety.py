"""Boxes for safeguarding concerns and for modern slavery."""

from __future__ import annotations

from beacon.risk.commands import CheckGiven, ConcernGiven, SlaveryGiven, SlaveryStepGiven
from beacon.risk.models import SlaveryReferral
from beacon.risk.terms import (
    ConcernConsent,
    ConcernKind,
    ConcernOutcome,
    FirstResponder,
    OverrideGround,
    SlaveryRoute,
    SlaveryStage,
    SlaveryVerdict,
)
from beacon.web.fields import (
    DateField,
    InputRequired,
    IntegerField,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 4_000
OLDEST = 120


class ConcernForm(BeaconForm):
    """A concern that was passed on: why, whether they agree, to whom, when to ask again."""

    kind = RadioField(
        "What the concern is",
        [InputRequired("Choose what the concern is")],
        coerce=ConcernKind,
        choices=[(one.value, one.label) for one in ConcernKind],
    )
    about = StringField("For whom, where it is not the victim", max_length=200)
    reason = TextAreaField(
        "What makes you concerned",
        [InputRequired("Enter what makes you concerned")],
        max_length=WORDS_AT_MOST,
    )
    consent = RadioField(
        "Do they agree, or their parent?",
        [InputRequired("Choose whether they agree")],
        coerce=ConcernConsent,
        choices=[(one.value, one.label) for one in ConcernConsent],
    )
    override = SelectField(
        "Where they do not agree or were not asked: why it is passed on",
        coerce=OverrideGround,
        choices=[
            ("", "Not needed: they agree"),
            *((one.value, one.label) for one in OverrideGround),
        ],
    )
    override_reason = TextAreaField("Why, in your own words", max_length=WORDS_AT_MOST)
    made_to = StringField(
        "To whom it was made", [InputRequired("Enter to whom it was made")], max_length=200
    )
    made_at = MomentField(
        "When it was made", [InputRequired("Enter when it was made"), NotInFuture()]
    )
    reference = StringField("Their reference", max_length=60)
    next_check_on = DateField(
        "When you will ask again how it stands",
        [InputRequired("Enter when you will ask again how it stands")],
    )

    def given(self) -> ConcernGiven:
        """The answers, as the command wants them."""
        said = self.answers()
        words = ("about", "override_reason", "reference")
        return ConcernGiven(**said | {name: said[name] or "" for name in words})


class CheckForm(BeaconForm):
    """How a concern stands now."""

    on = DateField("Day", [InputRequired("Enter the day"), NotInFuture()])
    outcome = RadioField(
        "How it stands",
        [InputRequired("Choose how it stands")],
        coerce=ConcernOutcome,
        choices=[(one.value, one.label) for one in ConcernOutcome],
    )
    words = TextAreaField("What they said or did", max_length=WORDS_AT_MOST)
    next_check_on = DateField("When you will ask again")

    def given(self) -> CheckGiven:
        """The answers, as the command wants them."""
        return CheckGiven(
            outcome=self.outcome.data,
            on=self.on.data,
            words=self.words.data or "",
            next_check_on=self.next_check_on.data,
        )


class SlaveryForm(BeaconForm):
    """What is known of a potential victim of modern slavery."""

    indicators = TextAreaField(
        "What points to it", [InputRequired("Enter what points to it")], max_length=WORDS_AT_MOST
    )
    claimed_age = IntegerField("Age, as they say", most=OLDEST)
    assessed_age = IntegerField("Age, as it was assessed", most=OLDEST)
    agrees = RadioField(
        "An adult: do they agree to be referred?",
        choices=[("yes", "Yes"), ("no", "No"), ("child", "Not asked: under 18")],
    )
    through = RadioField(
        "Through whom it goes",
        [InputRequired("Choose through whom it goes")],
        coerce=FirstResponder,
        choices=[(one.value, one.label) for one in FirstResponder],
    )
    responder = StringField("Who there", max_length=200)

    def given(self) -> SlaveryGiven:
        """The answers, as the command wants them; a child was not asked."""
        return SlaveryGiven(
            indicators=self.indicators.data,
            through=self.through.data,
            agrees={"yes": True, "no": False}.get(self.agrees.data or ""),
            claimed_age=self.claimed_age.data,
            assessed_age=self.assessed_age.data,
            responder=self.responder.data or "",
        )


class SlaveryStepForm(BeaconForm):
    """What has happened with a referral."""

    stage = RadioField(
        "What has happened",
        [InputRequired("Choose what has happened")],
        coerce=SlaveryStage,
        choices=[],
    )
    on = DateField("Day", [InputRequired("Enter the day"), NotInFuture()])
    verdict = SelectField(
        "Where it is a decision: how it was decided",
        coerce=SlaveryVerdict,
        choices=[("", "No decision"), *((one.value, one.label) for one in SlaveryVerdict)],
    )
    reference = StringField("Reference", max_length=60)
    words = TextAreaField("Notes", max_length=WORDS_AT_MOST)

    @classmethod
    def of(cls, row: SlaveryReferral, **known: object) -> SlaveryStepForm:
        """The boxes of a referral: a notification is not decided about, and names no authority."""
        form = cls(**known)
        stages = [stage for stage in SlaveryStage if _may_come(row, stage)]
        form.stage.choices = [(one.value, one.label) for one in stages]
        return form

    def given(self) -> SlaveryStepGiven:
        """The answers, as the command wants them."""
        return SlaveryStepGiven(
            stage=self.stage.data,
            on=self.on.data,
            verdict=self.verdict.data,
            reference=self.reference.data or "",
            words=self.words.data or "",
        )


def _may_come(row: SlaveryReferral, stage: SlaveryStage) -> bool:
    if stage is SlaveryStage.AUTHORITY_TOLD:
        return row.under_18
    return row.route is SlaveryRoute.NRM or not stage.is_decision
