"""RULE 3.1, read row by row: every ground alone and together, and what never lowers a level."""

from datetime import date

import pytest

from beacon.risk import rules
from beacon.risk.rules import Assessed, Thresholds
from beacon.risk.terms import QUESTIONS, Answer, RiskGround, RiskLevel, RiskTool

YES, NO, UNSURE, NOT_ASKED = Answer
STANDARD, MEDIUM, HIGH = RiskLevel
JUDGED, VISIBLE, CALLS, REPEAT = (
    RiskGround.JUDGEMENT,
    RiskGround.VISIBLE_HIGH,
    RiskGround.CALL_OUTS,
    RiskGround.REPEAT,
)
USUAL = Thresholds()
MARAC = date(2025, 11, 24)
TODAY = date(2026, 11, 23)
WHY = "She went back to collect her post and he was waiting."


def dash(yes: int, **known) -> Assessed:
    """A DASH with so many answered yes; the rest are no, don't know and not asked in turn."""
    others = (NO, UNSURE, NOT_ASKED)
    answers = {n: YES if n <= yes else others[n % 3] for n in range(1, 25)}
    return Assessed(answers=answers, **known)


# yes answers, what else is known -> the grounds, the level
ASSESSMENTS = [
    # No ground: the band of the score alone.
    (0, {}, set(), STANDARD),
    (1, {}, set(), STANDARD),
    (9, {}, set(), STANDARD),
    (10, {}, set(), MEDIUM),
    (13, {}, set(), MEDIUM),
    # Each ground alone.
    (14, {}, {VISIBLE}, HIGH),
    (24, {}, {VISIBLE}, HIGH),
    (3, {"judgement": WHY}, {JUDGED}, HIGH),
    (3, {"call_outs": 3}, {CALLS}, HIGH),
    (3, {"last_marac_on": MARAC, "incident_on": TODAY}, {REPEAT}, HIGH),
    # Just short of each.
    (3, {"judgement": "   "}, set(), STANDARD),
    (3, {"call_outs": 2}, set(), STANDARD),
    (3, {"call_outs": None}, set(), STANDARD),
    (3, {"last_marac_on": MARAC}, set(), STANDARD),
    (3, {"incident_on": TODAY}, set(), STANDARD),
    # Two together.
    (14, {"judgement": WHY}, {VISIBLE, JUDGED}, HIGH),
    (14, {"call_outs": 5}, {VISIBLE, CALLS}, HIGH),
    (13, {"judgement": WHY, "call_outs": 3}, {JUDGED, CALLS}, HIGH),
    (
        2,
        {"call_outs": 4, "last_marac_on": MARAC, "incident_on": TODAY},
        {CALLS, REPEAT},
        HIGH,
    ),
    # All together.
    (
        14,
        {"judgement": WHY, "call_outs": 3, "last_marac_on": MARAC, "incident_on": TODAY},
        {VISIBLE, JUDGED, CALLS, REPEAT},
        HIGH,
    ),
]


@pytest.mark.parametrize(("yes", "known", "grounds", "level"), ASSESSMENTS)
def test_each_ground_makes_a_high_risk_alone_and_together(yes, known, grounds, level):
    assessed = dash(yes, **known)
    assert {one.ground for one in rules.grounds(assessed, USUAL)} == grounds
    assert rules.assessed_level(assessed, USUAL) is level


def test_professional_judgement_makes_a_high_risk_at_a_score_of_three():
    assessed = dash(3, judgement=WHY)
    assert rules.score(assessed.answers) == 3
    assert rules.assessed_level(assessed, USUAL) is HIGH


# what stood before, what the assessment comes to -> what stands afterwards
STANDING = [
    (None, STANDARD, STANDARD),
    (None, HIGH, HIGH),
    (STANDARD, MEDIUM, MEDIUM),
    (MEDIUM, HIGH, HIGH),
    (HIGH, MEDIUM, HIGH),
    (HIGH, STANDARD, HIGH),
    (MEDIUM, STANDARD, MEDIUM),
    (HIGH, None, HIGH),
    (None, None, None),
]


@pytest.mark.parametrize(("before", "assessed", "after"), STANDING)
def test_an_assessment_raises_a_level_and_never_lowers_it(before, assessed, after):
    assert rules.standing_level(before, assessed) is after


def test_high_stays_high_at_a_score_of_thirteen():
    thirteen = rules.assessed_level(dash(13), USUAL)
    assert thirteen is MEDIUM
    assert rules.standing_level(HIGH, thirteen) is HIGH


@pytest.mark.parametrize("other", [NO, UNSURE, NOT_ASKED])
def test_only_yes_counts(other):
    answers = dict.fromkeys(range(1, 25), other) | {1: YES}
    assert rules.score(answers) == 1


# the last MARAC, the incident -> whether it is a repeat within 12 months
REPEATS = [
    ("2025-11-24", "2025-11-24", True),
    ("2025-11-24", "2026-11-24", True),
    ("2025-11-24", "2026-11-25", False),
    ("2025-11-24", "2025-11-23", False),
    ("2024-02-29", "2025-02-28", True),
    ("2024-02-29", "2025-03-01", False),
]


@pytest.mark.parametrize(("marac", "incident", "repeat"), REPEATS)
def test_a_repeat_is_within_twelve_months_with_its_last_day(marac, incident, repeat):
    days = date.fromisoformat(marac), date.fromisoformat(incident)
    assert rules.is_repeat(*days, 12) is repeat


def test_each_ground_keeps_the_figure_and_the_threshold_it_was_held_against():
    found = rules.grounds(dash(16, call_outs=5), Thresholds(visible_high=15, call_outs=4))
    assert [(one.ground, one.figure, one.threshold) for one in found] == [
        (VISIBLE, 16, 15),
        (CALLS, 5, 4),
    ]


def test_another_threshold_gives_another_band():
    lower = Thresholds(visible_high=12, medium=8)
    assert [rules.band(yes, lower) for yes in (7, 8, 11, 12)] == [STANDARD, MEDIUM, MEDIUM, HIGH]


@pytest.mark.parametrize("tool", [RiskTool.VS_DASH, RiskTool.DARA, RiskTool.OTHER])
def test_no_cut_off_is_made_up_for_another_tool(tool):
    answers = dict.fromkeys(rules.questions_of(tool), YES)
    assert rules.assessed_level(Assessed(tool=tool, answers=answers), USUAL) is None
    judged = Assessed(tool=tool, answers=answers, judgement=WHY)
    assert rules.assessed_level(judged, USUAL) is HIGH


# before, after -> whether the same-day tasks are made
RISES = [
    (None, HIGH, True),
    (MEDIUM, HIGH, True),
    (HIGH, HIGH, False),
    (HIGH, MEDIUM, False),
    (None, MEDIUM, False),
]


@pytest.mark.parametrize(("before", "after", "rises"), RISES)
def test_only_a_rise_to_high_makes_the_tasks(before, after, rises):
    assert rules.is_rise(before, after) is rises


# the topics answered yes -> the critical signs beside the score
SIGNS = [
    ((), []),
    ((15,), ["Strangulation that did not kill"]),
    ((14,), ["Threats to kill"]),
    ((6, 12), []),
    ((1, 6, 12), ["Separation, with control and violence"]),
    ((8,), ["Stalking"]),
    ((2,), ["The victim's own fear"]),
    ((10,), ["Escalation"]),
    ((11,), ["Escalation"]),
    ((3, 4, 5), []),
]


@pytest.mark.parametrize(("numbers", "signs"), SIGNS)
def test_a_critical_sign_is_marked_and_decides_nothing_by_itself(numbers, signs):
    answers = dict.fromkeys(numbers, YES)
    assert rules.critical_signs(RiskTool.DASH, answers) == signs
    assert rules.assessed_level(Assessed(answers=answers), USUAL) is STANDARD


def test_dash_has_twenty_four_short_topics_and_the_stalking_form_eleven():
    assert len(QUESTIONS[RiskTool.DASH]) == 24
    assert len(QUESTIONS[RiskTool.VS_DASH]) == 11
    labels = [label for labels in QUESTIONS.values() for label in labels]
    assert max(map(len, labels)) < 50
    assert not [label for label in labels if label.endswith("?")]
