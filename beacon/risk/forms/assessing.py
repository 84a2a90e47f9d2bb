"""Boxes for an assessment of risk, for its level, and for MARAC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wtforms import Field

from beacon.risk.commands import AssessmentGiven, MaracGiven, MaracHeard
from beacon.risk.models import MaracReferral
from beacon.risk.terms import (
    QUESTIONS,
    Answer,
    MaracConsent,
    MaracOutcome,
    RiskGround,
    RiskLevel,
    RiskTool,
)
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    DateField,
    InputRequired,
    IntegerField,
    MomentField,
    NotInFuture,
    RadioField,
    SelectField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm

WORDS_AT_MOST = 4_000
QUESTION = "question{}"
ANSWERS = [(one.value, one.label) for one in Answer]
LEVELS = [(one.value, one.label) for one in RiskLevel]


class AssessForm(BeaconForm):
    """What is known beside the questions; a person's judgement comes before any score."""

    tool = RiskTool.OTHER
    at = MomentField("When it was made", [InputRequired("Enter when it was made"), NotInFuture()])
    judged_high = BooleanField("In my professional judgement the risk is high")
    judgement = TextAreaField("Why you judge the risk to be high", max_length=WORDS_AT_MOST)
    call_outs = IntegerField("Police call-outs in the last 12 months", most=999)
    incident_on = DateField("Day of the newest incident", [NotInFuture()])
    same_parties = BooleanField("It is between the same people as at the last MARAC")
    last_marac_on = DateField("Day of that MARAC", [NotInFuture()])
    level = RadioField("How high is the risk?", coerce=RiskLevel, choices=LEVELS)
    notes = TextAreaField("Notes", max_length=WORDS_AT_MOST)

    @classmethod
    def of(cls, tool: RiskTool, wording: Mapping[int, str], **known: object) -> AssessForm:
        """The boxes of a tool: each question by its number, in the words that may be shown."""
        form = FORMS[tool](**known)
        for number, words in wording.items():
            form[QUESTION.format(number)].label.text = f"{number}. {words}"
        if tool is RiskTool.DASH:
            del form.level
        return form

    def asked(self) -> Iterator[Field]:
        """The boxes of the questions, in their order."""
        for number in range(1, len(QUESTIONS.get(self.tool, ())) + 1):
            yield self[QUESTION.format(number)]

    def given(self) -> AssessmentGiven:
        """The answers, as the command wants them."""
        return AssessmentGiven(
            tool=self.tool,
            answers={number: box.data for number, box in enumerate(self.asked(), start=1)},
            judged_high=self.judged_high.data,
            judgement=self.judgement.data or "",
            call_outs=self.call_outs.data,
            last_marac_on=self.last_marac_on.data,
            incident_on=self.incident_on.data,
            same_parties=self.same_parties.data,
            level=self.level.data if "level" in self else None,
            notes=self.notes.data or "",
        )


def _form_of(tool: RiskTool) -> type[AssessForm]:
    """A form with a box for each question of the tool; what is not answered was not asked."""
    boxes: dict[str, object] = {"tool": tool, "__doc__": f"The questions of {tool.label}."}
    for number in range(1, len(QUESTIONS.get(tool, ())) + 1):
        boxes[QUESTION.format(number)] = RadioField(
            f"{number}.", coerce=Answer, choices=ANSWERS, default=Answer.NOT_ASKED
        )
    return type(f"{tool.name.title()}Form", (AssessForm,), boxes)


FORMS = {tool: _form_of(tool) for tool in RiskTool}


class LevelForm(BeaconForm):
    """A level by a person's decision, with their reason."""

    level = RadioField(
        "How high is the risk?",
        [InputRequired("Choose how high the risk is")],
        coerce=RiskLevel,
        choices=LEVELS,
    )
    reason = TextAreaField(
        "Why",
        [InputRequired("Enter why, so that whoever reads it later can follow you")],
        max_length=WORDS_AT_MOST,
    )


class MaracForm(BeaconForm):
    """A referral to MARAC."""

    grounds = CheckboxesField(
        "Grounds",
        [InputRequired("Choose at least one ground")],
        coerce=RiskGround,
        choices=[(one.value, one.label) for one in RiskGround],
    )
    consent = RadioField(
        "Do they agree?",
        [InputRequired("Choose whether they agree")],
        coerce=MaracConsent,
        choices=[(one.value, one.label) for one in MaracConsent],
    )
    referred_on = DateField(
        "Day of the referral", [InputRequired("Enter the day of the referral"), NotInFuture()]
    )
    reason = TextAreaField(
        "Why you refer them",
        [InputRequired("Enter why you refer them, in short")],
        max_length=WORDS_AT_MOST,
    )
    meeting_on = DateField("Day of the meeting")

    def given(self) -> MaracGiven:
        """The answers, as the command wants them."""
        return MaracGiven(**self.answers())


class HeardForm(BeaconForm):
    """When MARAC meets, and what came of it."""

    meeting_on = DateField("Day of the meeting")
    outcome = SelectField(
        "What came of it",
        coerce=MaracOutcome,
        choices=[("", "Not known yet"), *((one.value, one.label) for one in MaracOutcome)],
    )
    actions = TextAreaField("Actions, and who does them", max_length=WORDS_AT_MOST)

    @classmethod
    def of(cls, row: MaracReferral) -> HeardForm:
        """The boxes with what stands there now."""
        return cls(meeting_on=row.meeting_on, outcome=row.outcome, actions=row.actions)

    def heard(self) -> MaracHeard:
        """The answers, as the command wants them."""
        return MaracHeard(
            outcome=self.outcome.data,
            meeting_on=self.meeting_on.data,
            actions=self.actions.data or "",
        )
