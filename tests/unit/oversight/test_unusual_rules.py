"""What counts as unusual access: each rule by itself, over rows made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from beacon.core.roles import Role
from beacon.oversight.rules import (
    EYES_MANY,
    REFUSALS_MANY,
    SHOWINGS_MANY,
    Access,
    Person,
    Record,
    Unusual,
    Week,
    is_night,
    judge,
)

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)
SAM = Person(1, "Sam Hartwell", "hartwell", team_id=7, declared=frozenset({"index-of-home"}))
INTAKE = Person(2, "Ines Example", "example", roles=frozenset({Role.INTAKE_OFFICER}))
FRAUD = Person(3, "Yusuf Example", "example", roles=frozenset({Role.FRAUD_OFFICER}))
PEOPLE = {one.id: one for one in (SAM, INTAKE, FRAUD)}
OWN = Record("BCN-2OWN2", "sample", case_id=1, team_id=7, manager_id=1)


def other(number: int, **known) -> Record:
    """A case of another team."""
    usual = {"case_id": 100 + number, "team_id": 8, "manager_id": 50}
    return Record(f"BCN-{number:05}", "sample", **usual | known)


def week(**known) -> Week:
    people = PEOPLE | {number: Person(number, "A", "a") for number in range(10, 30)}
    return Week(people=people, **known)


def opened(record: Record, by: int = 1, at: datetime = TUESDAY) -> Access:
    return Access(at, by, record)


def rules_of(found) -> list[Unusual]:
    return [one.rule for one in found]


def test_an_ordinary_week_has_no_line():
    assert judge(week(opened=[opened(OWN)] * 50, shown=[opened(OWN)] * 50)) == []


def test_a_record_of_the_same_surname_is_listed_once_for_the_person():
    rows = [opened(Record(f"case {number}", "hartwell")) for number in range(3)]
    found = judge(week(opened=[*rows, opened(OWN)]))
    assert [(one.rule, one.person_id, one.count, len(one.records)) for one in found] == [
        (Unusual.SURNAME, 1, 3, 3)
    ]


def test_a_record_with_a_declared_home_is_listed():
    record = Record("BCN-1", "sample", frozenset({"index-of-home", "index-of-phone"}), manager_id=1)
    assert rules_of(judge(week(opened=[opened(record)]))) == [Unusual.DECLARED]


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 11, 24, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), True),  # half past ten in London's summer
        (datetime(2026, 7, 1, 5, 30, tzinfo=UTC), False),
    ],
)
def test_night_is_by_the_clock_of_london(at, night):
    assert is_night(at, (time(22), time(6))) is night
    assert bool(judge(week(opened=[opened(OWN, at=at)]))) is night


def test_a_night_within_one_day_is_understood_too():
    assert is_night(TUESDAY, (time(10), time(12)))
    assert not is_night(TUESDAY, (time(12), time(14)))


def test_cases_outside_the_team_are_listed_above_the_limit_and_counted_once_each():
    at_limit = [opened(other(number)) for number in range(20)]
    assert judge(week(opened=[*at_limit, *at_limit])) == []
    found = judge(week(opened=[*at_limit, opened(other(99))]))
    assert [(one.rule, len(one.records)) for one in found] == [(Unusual.OUTSIDE, 21)]


def test_cases_of_no_team_are_outside_every_team_but_not_for_those_who_triage_them():
    of_nobody = [other(number, team_id=None, manager_id=None) for number in range(40)]
    assert rules_of(judge(week(opened=[opened(one) for one in of_nobody]))) == [Unusual.OUTSIDE]
    assert judge(week(opened=[opened(one, by=2) for one in of_nobody])) == []


def test_a_fraud_officer_is_at_home_in_every_fraud_case():
    frauds = [other(number, is_fraud=True) for number in range(40)]
    assert judge(week(opened=[opened(one, by=3) for one in frauds])) == []


def test_many_numbers_of_others_cases_are_listed_but_not_those_of_ones_own():
    many = [opened(other(number)) for number in range(SHOWINGS_MANY)]
    assert rules_of(judge(week(shown=many))) == [Unusual.SHOWINGS]
    assert judge(week(shown=many[1:])) == []
    assert judge(week(shown=[opened(OWN)] * 100)) == []


def test_the_same_refusal_again_and_again_is_listed():
    rows = [opened(Record("BCN-1"))] * REFUSALS_MANY
    assert rules_of(judge(week(refused=rows))) == [Unusual.REFUSALS]
    apart = [opened(Record(f"BCN-{number}")) for number in range(REFUSALS_MANY)]
    assert judge(week(refused=apart)) == []


def test_every_breaking_of_the_glass_is_listed():
    assert rules_of(judge(week(broken=[opened(other(1))]))) == [Unusual.GLASS]


def test_a_record_that_many_opened_is_listed_by_the_record():
    record = other(1)
    rows = [opened(record, by=10 + number) for number in range(EYES_MANY)]
    found = judge(week(opened=[*rows, *rows]))
    assert [(one.rule, one.person_id, one.records, one.count) for one in found] == [
        (Unusual.MANY_EYES, None, (record.key,), EYES_MANY)
    ]
    assert judge(week(opened=rows[1:])) == []


def test_a_line_says_when_it_began_and_ended():
    later = TUESDAY + timedelta(days=2)
    rows = [opened(Record("a", "hartwell")), opened(Record("b", "hartwell"), at=later)]
    found = judge(week(opened=rows))
    assert (found[0].first, found[0].last) == (TUESDAY, later)
