"""Hundreds of small counties, drawn by lot: no hidden count of the page has one value alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.reports.test_outcomes_cannot_be_worked_out import (
    CASES,
    MADE,
    MEASURES,
    NEEDS,
    given_away,
)

COUNTIES = 400


@settings(MADE, max_examples=COUNTIES)
@given(st.tuples(CASES, NEEDS, MEASURES))
def test_each_hidden_number_of_hundreds_of_small_counties_has_two_values(made):
    assert given_away(made) == []
