"""The pages about what happened, when, where, and whether the police know."""

from __future__ import annotations

from beacon.self_referrals.forms.ground import NAME_AT_MOST, StepForm, listed
from beacon.self_referrals.terms import (
    DISTRICTS,
    ELSEWHERE,
    NOT_KNOWN,
    Happened,
    PoliceTold,
    Step,
    Strand,
)
from beacon.web.fields import (
    CheckboxesField,
    DateField,
    InputRequired,
    NotInFuture,
    RadioField,
    StringField,
    TextAreaField,
)


class KindForm(StepForm):
    """What happened, in a few words to choose from."""

    step = Step.KIND
    question = "What happened?"
    hints = {"kinds": "Choose all that are true."}
    kinds = CheckboxesField(
        "What happened?",
        [InputRequired("Choose what happened, or that you would rather not say now")],
        choices=listed(Happened),
    )


class StrandForm(StepForm):
    """What somebody was picked on for."""

    step = Step.STRAND
    question = "What do you think it was about?"
    hints = {"strands": "Choose all that you think are true. It is enough that you think so."}
    strands = CheckboxesField(
        "What it was about",
        [InputRequired("Choose what you think it was about, or “not sure”")],
        choices=listed(Strand),
    )


class WordsForm(StepForm):
    """What happened, in the person's own words."""

    step = Step.WORDS
    question = "Tell us more, if you want to"
    lead = (
        "Write as much or as little as you like. You can leave this empty.",
        "You will not have to prove anything to us.",
    )
    words = TextAreaField("Your words")


class WhenForm(StepForm):
    """When it happened."""

    step = Step.WHEN
    question = "When did it happen?"
    lead = ("Leave this empty if you do not know, or would rather not say.",)
    hints = {
        "on": "If you know it. For example, 14 11 2026",
        "about": "For example “last week” or “for years”",
    }
    optional = frozenset({"about"})
    on = DateField("The day", [NotInFuture("The day must be today or in the past")])
    about = StringField("Or in your own words", max_length=NAME_AT_MOST)


class WhereForm(StepForm):
    """Where it happened."""

    step = Step.WHERE
    question = "Where did it happen?"
    lead = ("Choose the area. We help people in every part of Hertfordshire.",)
    optional = frozenset({"place"})
    hints = {"place": "For example a road, a shop or a website. You can leave this empty."}
    district = RadioField(
        "Area",
        [InputRequired("Choose the area, or that you are not sure")],
        choices=[(name, name) for name in (*DISTRICTS, ELSEWHERE, NOT_KNOWN)],
    )
    place = StringField("The place", max_length=NAME_AT_MOST * 2)


class PoliceForm(StepForm):
    """Whether the police know."""

    step = Step.POLICE
    question = "Do the police know?"
    lead = (
        "You do not have to tell the police. We help you either way.",
        "We do not tell them anything unless you ask us to, or someone is in danger.",
    )
    lead_theirs = (
        "They do not have to tell the police. We help them either way.",
        "We do not tell them anything unless they ask us to, or someone is in danger.",
    )
    reveals = {"told": {PoliceTold.YES.value: ("crime_reference",)}}
    hints = {"crime_reference": "If you have it. It looks like 41/66827/20."}
    optional = frozenset({"crime_reference"})
    told = RadioField(
        "Do the police know?",
        [InputRequired("Choose whether the police know")],
        coerce=PoliceTold,
        choices=listed(PoliceTold),
    )
    crime_reference = StringField("Crime reference", max_length=40)
