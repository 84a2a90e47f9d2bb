"""Boxes for working patterns, leave, cover, hand-overs and reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any  # WTForms fields carry no types

from beacon.caseloads.commands import Agreed, PatternGiven, Reviewed
from beacon.caseloads.queries import Manager, Planned
from beacon.caseloads.rules import Person, hours_in_words
from beacon.caseloads.terms import (
    DISTRICTS,
    WEEKDAYS,
    ReviewQuestion,
    ReviewScore,
    Skill,
    StrengthKind,
)
from beacon.web.fields import (
    BooleanField,
    CheckboxesField,
    DateField,
    HiddenField,
    InputRequired,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from beacon.web.forms import BeaconForm, FilterForm

REASON_AT_MOST = 500
LEAVE_IT = ""  # the case stays where it is


class PatternForm(BeaconForm):
    """When somebody works, what they can do, and how much they carry."""

    version = HiddenField()
    days = CheckboxesField(
        "Days on which they work",
        [InputRequired("Choose the days on which they work")],
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS, 1)],
    )
    hours = StringField(
        "Hours a week", [InputRequired("Enter the hours a week, like 37 or 18.5")], max_length=6
    )
    capacity = IntegerField("Points that they carry", most=999)
    takes_new = BooleanField("They take new cases")
    skill = CheckboxesField("Trained in", choices=[(one.value, one.label) for one in Skill])
    district = CheckboxesField("Districts", choices=[(name, name) for name in DISTRICTS])
    language = StringField("Languages beside English", max_length=200)

    @classmethod
    def of(cls, manager: Manager) -> PatternForm:
        """The form as things stand."""
        pattern, strengths = manager.pattern, manager.strengths
        return cls(
            version=str(pattern.version),
            days=list(pattern.days),
            hours=hours_in_words(pattern.half_hours),
            capacity=pattern.set_capacity,
            takes_new=pattern.takes_new,
            skill=list(strengths.get(StrengthKind.SKILL, ())),
            district=list(strengths.get(StrengthKind.DISTRICT, ())),
            language=", ".join(strengths.get(StrengthKind.LANGUAGE, ())),
        )

    @property
    def read_version(self) -> int:
        """The version the person was looking at."""
        return _number(self.version.data)

    def given(self) -> PatternGiven:
        """The answers, as the command wants them."""
        return PatternGiven(
            days="".join(self.days.data or ()),
            hours=self.hours.data or "",
            capacity=self.capacity.data,
            takes_new=bool(self.takes_new.data),
            strengths={
                StrengthKind.SKILL: self.skill.data or (),
                StrengthKind.DISTRICT: self.district.data or (),
                StrengthKind.LANGUAGE: (self.language.data or "").split(","),
            },
        )


class LeaveForm(BeaconForm):
    """From when until when somebody is away. Why is not asked."""

    first = DateField("First day away", [InputRequired("Enter the first day away")])
    last = DateField("Last day away", [InputRequired("Enter the last day away")])


class CoverForm(BeaconForm):
    """Who answers for somebody's cases, and on which days."""

    cover = SelectField("Who covers", [InputRequired("Choose who covers")], coerce=int, choices=[])
    first = DateField("First day of cover", [InputRequired("Enter the first day")])
    last = DateField("Last day of cover", [InputRequired("Enter the last day")])


class HandOverForm(BeaconForm):
    """Why cases change hands; who takes each is chosen in a list beside it."""

    reason = TextAreaField(
        "Why they change hands",
        [InputRequired("Say why these cases change hands")],
        max_length=REASON_AT_MOST,
    )
    although_full = BooleanField("Give them even to somebody who carries all they can")


def hand_over_form(
    planned: Sequence[Planned], called: Mapping[int, str]
) -> tuple[HandOverForm, dict[int, str]]:
    """A form with one list of receivers for each case, by its reference; the names of the lists."""
    names = {one.matter.case_id: f"to_{one.matter.case_id}" for one in planned}
    fields: dict[str, Any] = {}
    for one in planned:
        people = [(str(judged.person.staff_id), _in_short(judged.person)) for judged in one.judged]
        fields[names[one.matter.case_id]] = SelectField(
            f"Who takes {called[one.matter.case_id]}",
            coerce=int,
            choices=[(LEAVE_IT, "Leave it where it is"), *people],
        )
    made = type("PlannedForm", (HandOverForm,), fields)
    first = {names[one.matter.case_id]: one.first.person.staff_id for one in planned if one.first}
    return made(**first), names


def _in_short(person: Person) -> str:
    """A line of the list: whatever else speaks for the one proposed stands below it."""
    return f"{person.name}, {person.points} of {person.capacity} points"


class AcceptForm(BeaconForm):
    """Whether a receiver takes a case on."""

    answer = RadioField(
        "Do you take it on?",
        [InputRequired("Choose whether you take it on")],
        choices=[("accept", "Yes, I have read it and take it on"), ("decline", "No")],
    )
    reason = TextAreaField("Why not", max_length=REASON_AT_MOST)


SCORES = [(one.value, one.label) for one in ReviewScore]
NOT_SCORED = "Choose how far this was met"


def _question(question: ReviewQuestion) -> RadioField:
    return RadioField(
        question.label, [InputRequired(NOT_SCORED)], coerce=ReviewScore, choices=SCORES
    )


class ReviewForm(BeaconForm):
    """How a case was done, and what was agreed."""

    safety = _question(ReviewQuestion.SAFETY)
    rights = _question(ReviewQuestion.RIGHTS)
    needs = _question(ReviewQuestion.NEEDS)
    voice = _question(ReviewQuestion.VOICE)
    record = _question(ReviewQuestion.RECORD)
    good = TextAreaField("What was done well", max_length=4_000)
    words = TextAreaField("What to do otherwise", max_length=4_000)
    action = StringField("First thing agreed", max_length=300)
    action_due = DateField("By when the first is done")
    second = StringField("Second thing agreed", max_length=300)
    second_due = DateField("By when the second is done")

    def found(self) -> Reviewed:
        """The answers, as the command wants them."""
        pairs = ((self.action, self.action_due), (self.second, self.second_due))
        return Reviewed(
            scores={
                question: self[question.value].data
                for question in ReviewQuestion
                if self[question.value].data is not None
            },
            good=self.good.data or "",
            words=self.words.data or "",
            agreed=[
                Agreed(words.data or "", due.data)
                for words, due in pairs
                if (words.data or due.data) and due.data is not None
            ],
        )

    def has_its_days(self) -> bool:
        """Whether everything that was agreed has a day; where not, it says so by the box."""
        fine = True
        for words, due in ((self.action, self.action_due), (self.second, self.second_due)):
            if words.data and due.data is None:
                due.errors = [*due.errors, "Enter by when."]
                fine = False
        return fine


class BoardForm(FilterForm):
    """Of whom the board is: of the leader's own team, or of every team."""

    team = SelectField(
        "Whose caseloads", choices=[("own", "My team"), ("all", "Every team")], default="own"
    )


def _number(typed: str | None) -> int:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
