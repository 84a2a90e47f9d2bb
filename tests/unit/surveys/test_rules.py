"""Rules of surveys: counting in a box, hiding, words that alarm, and the gate."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.cases.terms import CrimeKind
from beacon.notices.terms import HeldBecause
from beacon.notices.terms import Way as SafeWay
from beacon.surveys.rules import (
    LEAST,
    TOGETHER,
    Answers,
    Asked,
    Slip,
    chosen,
    counted,
    found_in,
    group_of_age,
    group_of_crime,
    hidden,
    is_fit,
    percent,
    unanswered,
    without,
)
from beacon.surveys.terms import Dimension, Measure, Page, RefusedBecause, Score, Way

SCORES = st.dictionaries(
    st.sampled_from(list(Measure)), st.sampled_from([one for one in Score if one.counts])
)
SLIPS = st.lists(
    st.builds(
        Slip,
        scores=SCORES,
        groups=st.fixed_dictionaries(
            {one: st.sampled_from("abcdefg") for one in list(Dimension)[1:]}
        ),
    ),
    max_size=60,
)


@given(SLIPS)
def test_no_count_is_of_fewer_than_five_and_every_cut_adds_up_to_everybody(slips):
    counts = counted(slips)
    if len(slips) < LEAST:
        assert counts == []
        return
    assert min(one.people for one in counts) >= LEAST
    for dimension in Dimension:
        of_cut = [one for one in counts if one.dimension is dimension]
        assert sum(one.people for one in of_cut) == len(slips)
        for measure in Measure:
            said = [slip.scores[measure] for slip in slips if measure in slip.scores]
            assert sum(one.answers[measure] for one in of_cut) == len(said)
            assert sum(one.positive[measure] for one in of_cut) == sum(
                score.is_positive for score in said
            )


def of_groups(**sizes: int) -> list[Slip]:
    """So many people of each district."""
    return [
        Slip(scores={}, groups={Dimension.DISTRICT: name})
        for name, size in sizes.items()
        for _ in range(size)
    ]


def districts(**sizes: int) -> dict[str, int]:
    """How many were counted in each district."""
    found = counted(of_groups(**sizes))
    return {one.group: one.people for one in found if one.dimension is Dimension.DISTRICT}


def test_a_group_of_three_is_counted_with_the_next_smallest():
    assert districts(a=3, b=7, c=9) == {TOGETHER: 10, "c": 9}
    assert districts(a=3, b=2, c=9) == {TOGETHER: 5, "c": 9}
    assert districts(a=5, b=9) == {"a": 5, "b": 9}


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 40), max_size=12))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(numbers):
    gone = hidden(numbers)
    small = {name for name, number in numbers.items() if 0 < number < LEAST}
    assert small <= gone
    assert not gone or small
    some = [number for number in numbers.values() if number]
    if gone and len(gone) < len(some):
        assert len(gone) > 1
        assert sum(numbers[name] for name in gone) >= LEAST


def test_a_percentage_has_five_answers_behind_it():
    assert percent(4, 4) is None
    assert percent(4, 5) == 80
    assert percent(1, 8) == 13
    assert percent(0, 6) == 0


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("I want to hurt myself", "Harm to themselves"),
        ("i cant go on", "Harm to themselves"),
        ("I can't go on", "Harm to themselves"),
        ("thinking about SUICIDE", "Harm to themselves"),
        ("S\u00faicid\u00e9", "Harm to themselves"),
        ("self-harming again", "Harm to themselves"),
        ("he said he will kill me", "Harm by somebody"),
        ("He strangled me", "Harm by somebody"),
        ("he's here", "Somebody is near"),
        ("He is here now", "Somebody is near"),
        ("he found out where I live", "Somebody is near"),
        ("he won't let me leave", "Somebody is near"),
        ("I am AFRAID", "Fear"),
        ("so frightened", "Fear"),
        ("my children saw it", "A child"),
        ("the baby cries", "A child"),
    ],
)
def test_words_that_alarm_are_found_in_each_of_their_forms(words, name):
    assert name in found_in(words)


@pytest.mark.parametrize(
    "words", ["", "Thank you for your help", "Very skilled people", "The letter was late", "42"]
)
def test_other_words_alarm_nobody(words):
    assert found_in(words) == []


def test_words_of_the_setting_are_beginnings():
    assert found_in("on the bridges", "bridge, rope") == ["A word of the setting"]
    assert found_in("abridged", "bridge") == []
    assert found_in("anything", " , ") == []


def test_names_are_taken_out_whole():
    assert (
        without("Sam rang. Samuel did not. SAM!", ["Sam"]) == "[name] rang. Samuel did not. [name]!"
    )
    assert without("A b", ["A", ""]) == "A b"


def known(**changed: object) -> Asked:
    usual = {
        "is_erased": False, "agrees": True, "said_no": False, "high_risk": False,
        "safe_way": SafeWay.TEXT, "by_number": False, "has_address": True,
    }  # fmt: skip
    return Asked(**usual | changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "way"),
    [
        ({}, Way.TEXT),
        ({"safe_way": SafeWay.EMAIL}, Way.EMAIL),
        ({"by_number": True}, Way.NUMBER),
        ({"by_number": True, "has_address": False}, Way.NUMBER),
        ({"has_address": False}, RefusedBecause.NO_ADDRESS),
        ({"safe_way": SafeWay.LETTER}, RefusedBecause.LETTER_ONLY),
        ({"safe_way": HeldBecause.NOT_SAFE}, HeldBecause.NOT_SAFE),
        ({"high_risk": True}, RefusedBecause.RISK),
        ({"agrees": False}, RefusedBecause.NO_CONSENT),
        ({"agrees": False, "said_no": True}, RefusedBecause.SAID_NO),
        ({"is_erased": True}, RefusedBecause.CLOSED_TO_US),
    ],
)
def test_the_gate(changed, way):
    assert chosen(known(**changed)) is way


def test_does_not_apply_is_no_answer():
    answers = Answers({Page.SATISFIED.value: "5", Page.SAFER.value: "none", Page.EASY.value: "9"})
    assert answers.scores == {Measure.SATISFIED: Score.FIVE}
    assert unanswered(answers) is Page.INFORMED


def test_groups_are_coarse():
    assert group_of_crime(CrimeKind.FRAUD, domestic_abuse=True) == "Domestic abuse"
    assert group_of_crime(CrimeKind.CRIME, domestic_abuse=False) == "Other crime"
    assert group_of_age(date(2010, 5, 2), date(2028, 5, 1)) == "0 to 17"
    assert group_of_age(date(2010, 5, 1), date(2028, 5, 1)) == "18 to 24"
    assert group_of_age(date(1930, 5, 1), date(2028, 5, 1)) == "75 and over"
    assert group_of_age(None, date(2028, 5, 1)) == "Not recorded"


@pytest.mark.parametrize("address", ["", "example.org", "https://example.org/q", "a b.org/q"])
def test_an_address_that_a_text_cannot_hold_is_not_fit(address):
    assert not is_fit(address)


def test_a_host_with_a_path_is_fit():
    assert is_fit("example.org/q")
