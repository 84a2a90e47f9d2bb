"""No hidden count of the commissioner's page can be worked out, whoever adds it all up."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beacon.reports.rules import LEAST
from beacon.reports.rules.bands import ethnicity_row
from beacon.reports.rules.grid_hiding import publish_grids
from beacon.reports.rules.grids import Grid, Row
from beacon.reports.rules.outcome_tables import SPECS, grid_of
from beacon.reports.rules.voices import Said, surveys_grid
from beacon.reports.terms import Contacted, Kind, Moved
from tests.unit.reports.integers import Solver, system_of_grids

COLUMNS = st.sampled_from(
    [Contacted.IN_TIME] * 6 + [Contacted.LATE] * 2 + [Contacted.MISSED, Contacted.WAITING]
)
DISTRICTS = st.sampled_from(["Watford"] * 5 + ["Dacorum"] * 3 + ["Stevenage", "Hertsmere"])
ETHNICITIES = st.sampled_from(["W1"] * 8 + ["W2", "A1", "A3", "B9", "NS", "", "O2"])
SOURCES = st.sampled_from(["Police"] * 5 + ["Report Fraud", "Partner agencies"])
CASES = st.lists(st.tuples(COLUMNS, DISTRICTS, ETHNICITIES, SOURCES), max_size=90)
NEEDS = st.lists(
    st.tuples(st.sampled_from(["Outlook", "Finance"]), st.sampled_from(list(Moved))), max_size=30
)
MEASURES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), min_size=5, max_size=5)
FEW = 25  # hundreds of them: tests/proof/voice
MADE = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def county(cases, needs, measures) -> list[Grid]:
    """A page of made-up cases: three cuts that share a total, and tables whose rows stand apart."""
    cuts = {
        "cases.district": lambda case: ("", case[1]),
        "cases.ethnicity": lambda case: ethnicity_row(case[2]),
        "cases.source": lambda case: ("", case[3]),
    }
    grids = []
    for key, named in cuts.items():
        rows: dict[tuple[str, str], Counter[str]] = {}
        for case in cases:
            rows.setdefault(named(case), Counter())[case[0]] += 1
        grids.append(grid_of(key, rows))
    moved: dict[tuple[str, str], Counter[str]] = {}
    for need, way in needs:
        moved.setdefault(("", need), Counter())[way] += 1
    grids.append(grid_of("needs.category", moved, Counter()))
    said = [Said(name=f"Question {n}", part=a, rest=b) for n, (a, b) in enumerate(measures)]
    return [*grids, surveys_grid(said)]


def given_away(made) -> list[object]:
    """What a county gives away: small counts that are published, and hidden ones of one value."""
    exact = county(*made)
    out = publish_grids(exact)
    small = [one for one in shown(out) if 0 < one < LEAST]
    return [*small, *Solver(system_of_grids(exact, out)).certain()]


def shown(grids) -> list[int]:
    """Every count that is published."""
    lines = [row for grid in grids for row in grid.lines]
    numbers = [one for row in lines for one in (row.total, *row.cells.values())]
    return [one for one in numbers if one is not None]


@pytest.mark.proves("Z-21", "X-11")
@settings(MADE, max_examples=FEW)
@given(st.tuples(CASES, NEEDS, MEASURES))
def test_each_hidden_number_of_a_small_county_has_two_values(made):
    assert given_away(made) == []


def test_hiding_only_what_is_small_would_be_worked_out():
    rows = {("", "Watford"): Counter(in_time=20), ("", "Dacorum"): Counter(in_time=3)}
    exact = [grid_of("cases.source", rows)]
    careless = publish_grids(exact, second=False)
    assert Solver(system_of_grids(exact, careless)).certain() != []
    assert Solver(system_of_grids(exact, publish_grids(exact))).certain() == []


def test_a_group_of_three_says_nothing_at_all():
    exact = [grid_of("cases.source", {("", "Police"): Counter(in_time=3)})]
    (out,) = publish_grids(exact)
    assert out.withheld
    assert out.lines == []


def test_no_cases_at_all_are_no_division_by_nought():
    out = publish_grids([grid_of(key, {}, Counter()) for key in SPECS])
    assert all(grid.is_empty for grid in out)
    assert {grid.rate.of_row(row) for grid in out if grid.rate for row in grid.lines} == {None}


def test_money_is_rounded_and_hidden_where_few_cases_are_behind_it():
    rows = (
        Row(name="Few", total=4, amount=123_456_789),
        Row(name="More", total=5, amount=123_456_789),
    )
    grid = Grid(
        key="money.sums", section="", title="", heading="", definition="", kind=Kind.MONEY,
        rows=rows,
    )  # fmt: skip
    (out,) = publish_grids([grid])
    assert [(row.total, row.amount) for row in out.rows] == [(0, None), (0, 123_500_000)]


def test_points_of_need_are_shown_only_where_the_whole_row_is():
    rows = {("", "Outlook"): Counter(better=9, same=2), ("", "Finance"): Counter(better=9, same=6)}
    grid = grid_of("needs.category", rows, Counter({("", "Outlook"): 11, ("", "Finance"): 9}))
    (out,) = publish_grids([grid])
    assert {row.name: row.amount for row in out.rows} == {"Outlook": None, "Finance": 9}
