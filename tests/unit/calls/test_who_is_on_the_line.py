"""Pass-phrases as they are said, and which two facts are asked where there is none."""

from __future__ import annotations

import pytest

from beacon.calls import rules
from beacon.calls.terms import Fact

ALL = {
    Fact.CRIME_REFERENCE: "41/123/26",
    Fact.MANAGER: "Priya Shah",
    Fact.OFFICER: "PC Okafor",
    Fact.BORN: "1984-03-27",
    Fact.POSTCODE: "HP1 1AA",
}


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("three brown owls", True),
        ("  Three  BROWN   owls ", True),
        ("Three-Brown-Owls", True),
        ("three brown owl", False),
        ("", False),
    ],
)
def test_a_pass_phrase_is_known_in_whatever_case_and_spaces(said, is_right):
    assert rules.is_phrase(said, "Three brown owls") is is_right


def test_nothing_is_no_pass_phrase():
    assert not rules.is_phrase("", "")


@pytest.mark.parametrize(
    ("phrase", "hint", "why"),
    [
        ("owl", "a bird", "Choose a pass-phrase of 6 letters or more, such as three words."),
        ("Amelia Hartwell", "who I am", "Choose something other than their name."),
        ("brown owls", "My Brown-Owls", "Leave the pass-phrase itself out of the hint."),
        ("brown owls", "birds", ""),
    ],
)
def test_a_pass_phrase_that_others_could_say_does_not_stand(phrase, hint, why):
    assert rules.weakness(phrase, hint, "Ms Amelia Hartwell") == why


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        (set(), (Fact.CRIME_REFERENCE, Fact.BORN)),
        ({Fact.CRIME_REFERENCE}, (Fact.MANAGER, Fact.BORN)),
        ({Fact.BORN}, (Fact.CRIME_REFERENCE, Fact.POSTCODE)),
        ({Fact.BORN, Fact.POSTCODE}, (Fact.CRIME_REFERENCE, Fact.MANAGER)),
        ({Fact.CRIME_REFERENCE, Fact.MANAGER, Fact.OFFICER}, ()),
        ({Fact.CRIME_REFERENCE, Fact.MANAGER, Fact.BORN, Fact.POSTCODE}, ()),
    ],
)
def test_one_of_the_two_facts_is_never_known_at_home(missing, asked):
    known = {fact: value for fact, value in ALL.items() if fact not in missing}
    assert rules.facts_to_ask(known) == asked


@pytest.mark.parametrize(
    ("fact", "said", "is_right"),
    [
        (Fact.CRIME_REFERENCE, "41 123 26", True),
        (Fact.CRIME_REFERENCE, "41/124/26", False),
        (Fact.MANAGER, "priya", True),
        (Fact.MANAGER, "P", False),
        (Fact.MANAGER, "Priya Smith", False),
        (Fact.BORN, "27/3/1984", True),
        (Fact.BORN, "27 March 1984", True),
        (Fact.BORN, "March", False),
        (Fact.POSTCODE, "hp11aa", True),
        (Fact.POSTCODE, "", False),
    ],
)
def test_a_fact_is_compared_as_it_is_said(fact, said, is_right):
    assert rules.is_fact(fact, said, ALL[fact]) is is_right
