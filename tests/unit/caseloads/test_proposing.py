"""Whom a case is proposed to, and the sentence that says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from beacon.caseloads.rules import (
    Absence,
    Matter,
    Person,
    judge,
    nobody_because,
    propose,
    proposed,
)
from beacon.caseloads.terms import Skill

MONDAY, TUESDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)


def a_person(name: str = "Sam Example", **known: Any) -> Person:
    usual = {"staff_id": sum(map(ord, name)), "name": name, "points": 31, "capacity": 60}
    return Person(**usual | known)


def a_matter(**known: Any) -> Matter:
    return Matter(**{"case_id": 1, "points": 7, "needed_on": THURSDAY} | known)


def names(matter: Matter, *people: Person) -> list[str]:
    return [one.person.name for one in proposed(propose(matter, people, today=MONDAY))]


def test_the_sentence_says_points_family_and_the_first_day_in():
    person = a_person(days="4")
    matter = a_matter(knows={person.staff_id: "knows the family"})
    words = judge(matter, person, today=MONDAY).words
    assert words == "31 of 60 points, knows the family, in on Thursday"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "31 of 60 points, in today"),
        ({"days": "2"}, "31 of 60 points, in tomorrow"),
        ({"takes_new": False}, "31 of 60 points, takes no new cases, in today"),
        ({"absences": (Absence(MONDAY, THURSDAY),)}, "31 of 60 points, away on Thursday"),
        ({"skills": frozenset({Skill.STALKING})}, "31 of 60 points, in today"),
        (
            {"districts": frozenset({"east herts"})},
            "31 of 60 points, works in East Herts, in today",
        ),
        ({"languages": frozenset({"polish"})}, "31 of 60 points, speaks Polish, in today"),
    ],
)
def test_the_sentence_names_what_fits(known: dict[str, Any], words: str):
    matter = a_matter(district="East Herts", language="Polish")
    assert judge(matter, a_person(**known), today=MONDAY).words == words


def test_a_skill_that_is_missing_is_said():
    matter = a_matter(skills=(Skill.DOMESTIC_ABUSE, Skill.STALKING))
    words = judge(matter, a_person(skills=frozenset({Skill.STALKING})), today=MONDAY).words
    assert "trained in stalking and harassment" in words
    assert "no training in domestic abuse recorded" in words


@pytest.mark.parametrize(
    ("bad", "because"),
    [
        ({"points": 54}, "1 carries all they can"),
        ({"capacity": 0, "points": 0}, "1 carries all they can"),
        ({"takes_new": False}, "1 takes no new cases"),
        ({"absences": (Absence(TUESDAY, THURSDAY),)}, "1 is away on the day it needs them"),
        ({"days": "5"}, "1 is not in by then"),
        ({"last_day": THURSDAY}, "1 is not in by then"),
    ],
)
def test_who_may_never_have_it_is_not_proposed_and_the_page_says_how_many(
    bad: dict[str, Any], because: str
):
    judged = propose(a_matter(), [a_person(**bad)], today=MONDAY)
    assert proposed(judged) == []
    assert nobody_because(judged) == because


def test_the_last_place_may_be_filled_and_no_more():
    assert names(a_matter(), a_person(points=53)) == ["Sam Example"]
    assert names(a_matter(), a_person(points=54)) == []


def test_whoever_is_barred_is_not_there_and_nothing_says_so():
    person = a_person()
    judged = propose(a_matter(barred=frozenset({person.staff_id})), [person], today=MONDAY)
    assert judged == []
    assert nobody_because(judged) == ""


def test_leave_that_ends_the_day_before_bars_nobody():
    back = a_person(absences=(Absence(MONDAY, date(2026, 11, 25)),))
    assert judge(a_matter(), back, today=MONDAY).words.endswith("in on Thursday")
    assert names(a_matter(), back) == ["Sam Example"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"points": 10}, {"points": 20}),
        ({"points": 10, "capacity": 60}, {"points": 10, "capacity": 30}),
        ({"skills": frozenset({Skill.HATE_CRIME}), "points": 40}, {"points": 20}),
        ({"languages": frozenset({"polish"}), "points": 40}, {"points": 30}),
        ({"team_id": 1, "points": 40}, {"team_id": 2, "points": 30}),
        ({"districts": frozenset({"watford"})}, {"districts": frozenset({"dacorum"})}),
    ],
)
def test_the_better_fit_comes_first(better: dict[str, Any], worse: dict[str, Any]):
    matter = a_matter(skills=(Skill.HATE_CRIME,), language="Polish", district="Watford", team_id=1)
    first = {"name": "Zed", "team_id": 1} | better
    second = {"name": "Abe", "team_id": 1} | worse
    assert names(matter, a_person(**second), a_person(**first))[0] == "Zed"


def test_who_knows_the_family_comes_before_who_carries_less():
    zed, abe = a_person("Zed", points=40), a_person("Abe", points=10)
    assert names(a_matter(knows={zed.staff_id: "knows the family"}), abe, zed)[0] == "Zed"


def test_ties_go_by_name_whatever_the_order_of_the_list():
    people = [a_person(name) for name in ("Cy", "abe", "Bo", "Di")]
    assert names(a_matter(), *people) == names(a_matter(), *reversed(people)) == ["abe", "Bo", "Cy"]
