"""How two names and two dates agree, and what that makes of two records (contract 3.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from beacon.people.rules import (
    Fingerprint,
    Home,
    agreeing,
    beside,
    is_certain,
    is_likely,
)
from beacon.people.rules.facts import PersonFacts
from beacon.people.terms import Fact

BORN = date(1956, 3, 9)
NOBODY = Fingerprint(
    named=PersonFacts().named, born=None, reference="", contacts=frozenset(), home=Home()
)


def one_called(first: str, last: str, **known) -> Fingerprint:
    return replace(NOBODY, named=PersonFacts(first_name=first, last_name=last).named, **known)


@pytest.mark.parametrize(
    ("one", "other", "fact"),
    [
        (("Robin", "O’Neill"), ("ROBIN", "O'Neill"), Fact.NAME),
        (("Zoë", "Smith-Jones"), ("zoe", "smith jones"), Fact.NAME),
        (("Łukasz", "Wójcik"), ("Lukasz", "Wojcik"), Fact.NAME),
        (("Anne Marie", "Bell"), ("Anne", "Marie Bell"), Fact.NAME),
        (("Ali", "Hassan"), ("Hassan", "Ali"), Fact.SWAPPED),
        (("Robert", "Marsh"), ("Marsh", "Bob"), Fact.SWAPPED_NEAR),
        (("Elizabeth", "Marsh"), ("Liz", "Marsh"), Fact.NICKNAME),
        (("Bob", "Marsh"), ("Bobby", "Marsh"), Fact.NICKNAME),
        (("Mohammed", "Khan"), ("Mo", "Khan"), Fact.NICKNAME),
        (("John", "Marsh"), ("John Paul", "Marsh"), Fact.MORE_NAMES),
        (("Ana", "Silva"), ("Ana", "Silva-Costa"), Fact.MORE_NAMES),
        (("Robin", "Marsh"), ("R", "Marsh"), Fact.INITIAL),
        (("J R", "Marsh"), ("James Richard", "Marsh"), Fact.INITIAL),
        (("J.R.", "Marsh"), ("James Richard", "Marsh"), Fact.INITIAL),
        (("JR", "Marsh"), ("James Richard", "Marsh"), Fact.INITIAL),
        (("JA", "Marsh"), ("James Andrew", "Marsh"), Fact.INITIAL),
        (("J R", "Marsh"), ("James", "Marsh"), Fact.INITIAL),
        (("J. R.", "Marsh"), ("James", "Marsh"), Fact.INITIAL),
        (("JR", "Marsh"), ("James", "Marsh"), Fact.INITIAL),
        (("James R", "Marsh"), ("James Richard", "Marsh"), Fact.INITIAL),
        (("James R", "Marsh"), ("J Richard", "Marsh"), Fact.INITIAL),
        (("James R", "Marsh"), ("James", "Marsh"), Fact.MORE_NAMES),
        (("Catherine", "Marsh"), ("Kathryn", "Marsh"), Fact.SOUND),
        (("Jürgen", "Müller"), ("Jürgen", "Mueller"), Fact.SPELLING),
        (("Robin", "Greenwood"), ("Robin", "Grenwood"), Fact.SPELLING),
        (("Robin", "Marsh"), ("Robin", "Mrash"), Fact.SPELLING),
    ],
)
def test_names_agree_as_one_persons_name_is_written_down(one, other, fact):
    assert agreeing(one_called(*one), one_called(*other)) == (fact,)
    assert agreeing(one_called(*other), one_called(*one)) == (fact,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jack", "Marsh"), ("Jake", "Marsh")),
        (("Emma", "Marsh"), ("Ella", "Marsh")),
        (("John", "Marsh"), ("Jane", "Marsh")),
        (("Robin", "Marsh"), ("Robin", "Bell")),
        (("Mohammed Ali", "Khan"), ("Mohammed Imran", "Khan")),
        (("J R", "Marsh"), ("James Michael", "Marsh")),
        (("J R", "Marsh"), ("Richard", "Marsh")),
        (("James R", "Marsh"), ("Joseph Richard", "Marsh")),
        (("JR", "Marsh"), ("James Michael", "Marsh")),
        (("Jo", "Marsh"), ("James", "Marsh")),
        (("", ""), ("", "")),
    ],
)
def test_names_of_two_people_do_not_agree(one, other):
    assert agreeing(one_called(*one), one_called(*other)) == ()


@pytest.mark.parametrize(
    ("written", "fact"),
    [
        (date(1956, 3, 9), Fact.BORN),
        (date(1956, 9, 3), Fact.BORN_SWAPPED),
        (date(1966, 3, 9), Fact.BORN_DIGIT),
        (date(1965, 3, 9), Fact.BORN_DIGIT),
        (date(1956, 3, 19), Fact.BORN_DIGIT),
    ],
)
def test_dates_of_birth_agree_but_for_a_figure(written, fact):
    assert agreeing(replace(NOBODY, born=BORN), replace(NOBODY, born=written)) == (fact,)


def test_dates_of_birth_two_figures_apart_do_not_agree():
    assert agreeing(replace(NOBODY, born=BORN), replace(NOBODY, born=date(1957, 3, 8))) == ()


@pytest.mark.parametrize(
    ("facts", "certain", "likely"),
    [
        ({Fact.SWAPPED, Fact.BORN, Fact.CONTACT}, True, False),
        ({Fact.NICKNAME, Fact.BORN, Fact.CONTACT}, False, True),
        ({Fact.SPELLING, Fact.BORN, Fact.CONTACT, Fact.ADDRESS}, False, True),
        ({Fact.NAME, Fact.BORN_DIGIT, Fact.CONTACT, Fact.ADDRESS}, False, True),
        ({Fact.NAME, Fact.BORN_DIGIT}, False, True),
        ({Fact.NICKNAME, Fact.BORN_DIGIT}, False, False),
        ({Fact.NAME, Fact.POSTCODE}, False, True),
        ({Fact.BORN, Fact.CONTACT}, False, True),
        ({Fact.BORN_DIGIT, Fact.CONTACT}, False, False),
        ({Fact.CONTACT, Fact.ADDRESS}, False, False),
        ({Fact.POSTCODE}, False, False),
    ],
)
def test_what_is_only_near_is_asked_and_a_household_is_shown(facts, certain, likely):
    assert (is_certain(facts), is_likely(facts)) == (certain, likely)


def test_a_twin_is_asked_about_and_never_linked():
    home = Home("house", "street", "code")
    one = one_called("Diane", "Marsh", born=BORN, contacts=frozenset({"phone"}), home=home)
    twin = replace(one, named=PersonFacts(first_name="Joan", last_name="Marsh").named)
    facts = agreeing(one, twin)
    assert (is_certain(facts), is_likely(facts)) == (False, True)


def test_a_son_of_his_fathers_name_is_asked_about_and_never_linked():
    home = Home("house", "street", "code")
    father = one_called("John", "Marsh", born=BORN, contacts=frozenset({"phone"}), home=home)
    facts = agreeing(father, replace(father, born=date(1984, 7, 21)))
    assert (is_certain(facts), is_likely(facts)) == (False, True)


def test_a_name_that_is_only_near_says_nothing_where_birth_dates_are_far_apart():
    one = one_called("Jean", "Marsh", born=BORN, contacts=frozenset({"phone"}))
    brother = one_called("Jon", "Marsh", born=date(1962, 11, 30), contacts=frozenset({"phone"}))
    assert agreeing(one, replace(brother, named=brother.named)) == (Fact.CONTACT,)


def test_a_street_agrees_only_where_no_two_postcodes_speak_against_it():
    with_code, without = Home("a", "street", "AL1"), Home("b", "street", "")
    assert with_code.agrees(without) is Fact.STREET
    assert with_code.agrees(Home("c", "street", "SG1")) is None
    assert Home().agrees(Home()) is None


def test_a_page_says_of_each_fact_whether_it_agrees_differs_or_is_not_known():
    one = one_called("Elizabeth", "Marsh", born=BORN, contacts=frozenset({"a"}))
    other = one_called("Liz", "Marsh", born=BORN, contacts=frozenset({"b"}))
    marks = {name: (mark.word, mark.label) for name, mark in beside(one, other).items()}
    assert marks == {
        "name": ("near", "Nickname"),
        "born": ("same", "Same"),
        "contact": ("differs", "Differs"),
        "address": ("unknown", "Not known"),
        "reference": ("unknown", "Not known"),
    }
