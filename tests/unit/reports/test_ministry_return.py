"""Which columns are in force on a day, and what each says of a page of outcomes."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.cases.terms import NeedCategory
from beacon.plans.terms import CopeAndRecover
from beacon.reports.queries.outcomes import FAMILIES
from beacon.reports.queries.outcomes.of_work import right_name
from beacon.reports.reference import first_columns
from beacon.reports.rules import Period
from beacon.reports.rules.countable import COUNTABLE
from beacon.reports.rules.grid_hiding import publish_grids
from beacon.reports.rules.outcome_files import Outcomes
from beacon.reports.rules.outcome_tables import SPECS, grid_of
from beacon.reports.rules.returning import (
    facts_of,
    figure,
    in_force,
    lacking,
    quarters_over,
)
from beacon.reports.terms import Kind
from beacon.reports.terms.returning import Fact

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)


@dataclass
class Column:
    heading: str
    from_on: date
    until_on: date | None = None
    key: str = "x"
    counted: str = "cases"
    place: int = 1


def a_page(**grids: dict[str, Counter[str]]) -> Outcomes:
    """A page with tables of these rows, by the key of the table."""
    made = [
        grid_of(key.replace("__", "."), {("", name): row for name, row in rows.items()})
        for key, rows in grids.items()
    ]
    return Outcomes(period=QUARTER, as_at=AT, grids=tuple(made))


DISTRICTS = {
    "Watford": Counter(in_time=7, missed=1),
    "Dacorum": Counter(in_time=3),
    "Not recorded": Counter(late=2),
}


def test_a_change_leaves_the_columns_of_days_before_it():
    old = Column("Old", date(2026, 1, 1), date(2026, 9, 30))
    new = Column("New", date(2026, 10, 1))
    never = Column("Never", date(2026, 11, 1), date(2026, 10, 31))
    for day, names in ((date(2025, 12, 31), []), (date(2026, 9, 30), ["Old"]), (AT, ["New"])):
        on = day.date() if isinstance(day, datetime) else day
        assert [one.heading for one in in_force([new, never, old], on)] == names
    assert [one.heading for one in in_force([new, never], date(2026, 11, 1))] == ["New"]


def test_columns_stand_by_their_place():
    some = [replace(Column(str(n), date(2026, 1, 1)), place=9 - n) for n in range(1, 4)]
    assert [one.heading for one in in_force(some, date(2026, 2, 1))] == ["3", "2", "1"]


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 740))
def test_quarters_cover_the_days_without_a_gap(first, length):
    period = Period(first, date.fromordinal(first.toordinal() + length))
    found = quarters_over(period)
    assert found[0].first == period.first
    assert found[-1].last == period.last
    for one, after in zip(found, found[1:], strict=False):
        assert after.first.toordinal() == one.last.toordinal() + 1
        assert after.first.day == 1
        assert after.first.month in (1, 4, 7, 10)
    assert len(found) <= 10


@pytest.mark.parametrize(
    ("counted", "number"),
    [("cases.district.Watford", 8), ("cases.district.Hertsmere", 0)],
)
def test_a_row_of_a_table_is_its_total(counted, number):
    assert figure(a_page(cases__district=DISTRICTS), counted).number == number


def test_some_columns_of_a_table_are_added_up():
    standard = {"Standard": Counter(in_time=4, late=2, missed=1)}
    page = a_page(cases__category=standard)
    assert figure(page, "cases").number == 7
    assert figure(page, "cases.contacted").number == 6
    assert figure(page, "cases.enhanced").number == 0


def test_a_right_is_known_by_its_number():
    page = a_page(code__right={"Right 3: as it was called once": Counter(met=3, late=1, open=9)})
    assert figure(page, "code.3.due").number == 4
    assert figure(page, "code.3.in_time").number == 3
    assert figure(page, "code.1.due").number == 0


def test_what_is_hidden_on_the_page_is_hidden_in_the_return():
    page = a_page(
        cases__district={
            "Watford": Counter(in_time=9),
            "Dacorum": Counter(in_time=2),
            "Stevenage": Counter(in_time=8),
            "Hertsmere": Counter(in_time=12),
        }
    )
    leaves = replace(page, grids=tuple(publish_grids(page.grids)))
    said = {name: figure(leaves, f"cases.district.{name}") for name in DISTRICTS | {"Hertsmere": 0}}
    assert said["Dacorum"].text == "hidden"
    # A second one is hidden with it, so that the first cannot be worked out.
    rows = {row.name: row.total for row in leaves.grids[0].rows}
    assert list(rows.values()).count(None) >= 2
    for name, number in rows.items():
        assert figure(leaves, f"cases.district.{name}").number == number


def test_a_table_that_is_withheld_gives_no_row():
    page = a_page(cases__district={"Watford": Counter(in_time=3)})
    leaves = replace(page, grids=tuple(publish_grids(page.grids)))
    assert figure(leaves, "cases.district.Watford").text == "hidden"
    assert figure(leaves, "cases.district.Dacorum").text == "hidden"


def test_the_code_is_not_published_where_no_quarter_was():
    page = a_page(code__right={})
    taken = replace(page, grids=(replace(page.grids[0], kind=Kind.TAKEN, rows=()),))
    assert figure(taken, "code.3.due").text == "not published"
    assert figure(page, "code.3.due").text == "0"


def test_a_thing_that_is_no_longer_counted_is_said_to_be():
    assert figure(a_page(), "cases.unheard_of").text == "no longer counted"
    assert facts_of([Column("x", date(2026, 1, 1), counted="cases.unheard_of")]) == []


def test_what_lacks_a_fact_is_counted_from_the_same_page():
    page = a_page(
        cases__district=DISTRICTS, cases__category={"Standard": Counter(missed=3, in_time=1)}
    )
    assert lacking(page, Fact.DISTRICT) == 2
    assert lacking(page, Fact.CONTACT) == 3
    assert lacking(page, Fact.RELIGION) == 0


def test_each_thing_that_is_counted_names_rows_and_columns_that_there_are():
    beside = ("money", "surveys", "restorative")
    for counted, one in COUNTABLE.items():
        subject, _, cut = one.grid.partition(".")
        if subject in beside:
            continue
        assert set(one.columns) <= set(SPECS[one.grid].columns), counted
        names = NAMES_OF_ROWS.get(one.grid)
        for name in one.names:
            if names is not None:
                assert name in names, counted
            elif one.grid != "cases.district":
                assert name in rows_of(subject, cut), counted


NAMES_OF_ROWS = {
    "needs.category": {one.label for one in NeedCategory},
    "cope.outcome": {one.label for one in CopeAndRecover},
    "code.right": {f"{right_name(str(n))[1].partition(':')[0]}:" for n in range(1, 13)},
}


def rows_of(subject: str, cut: str) -> set[str]:
    """The names that a cut gives to each word that it knows."""
    words = [
        *("female", "male", "NS", "police", "fraud", "partner", "self", "phone"),
        *map(str, range(8)),
        *(counted.rpartition(".")[2] for counted in COUNTABLE),
        *("named", "nobody", "standard", "none"),
    ]
    found = set()
    for word in words:
        try:
            found.add(FAMILIES[subject].cuts[cut](word)[1])
        except ValueError:
            continue
    return found


def test_each_lack_is_a_row_or_a_column_of_its_table():
    for fact in Fact:
        lack = fact.lack
        subject, _, cut = lack.grid.partition(".")
        if lack.column:
            assert lack.column in SPECS[lack.grid].columns
        else:
            blank = {"disability": "not_asked", "orientation": "not_asked", "age": "-1"}
            blank |= {"religion": "not_asked"}
            assert FAMILIES[subject].cuts[cut](blank.get(cut, "")) == ("", lack.name)


def test_the_first_columns_hold_the_five_points_of_the_code_and_each_counts_something():
    columns = dict(first_columns())
    assert {f"code.{right}.in_time" for right in (3, 4, 6, 7, 11)} <= set(columns)
    assert set(columns) <= set(COUNTABLE)
    assert len(set(columns.values())) == len(columns)
    assert all(len(heading) <= 120 for heading in columns.values())
