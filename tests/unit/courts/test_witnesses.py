"""Small numbers are hidden so that none can be worked out; grounds come from what is known."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beacon.courts.rules import grounds_for, shown, shown_below, why_not
from beacon.courts.terms import CourtKind, Ground, Measure
from beacon.entitlements.terms import EnhancedGround as E

PARTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@given(PARTS)
def test_no_number_from_one_to_four_is_ever_shown(parts):
    whole, seen = shown(parts)
    assert all(number is None or number == 0 or number >= 5 for number in seen)
    assert whole is None or whole == 0 or whole >= 5


@given(PARTS)
def test_every_hidden_number_could_be_another_one(parts):
    whole, seen = shown(parts)
    hidden = [place for place, number in enumerate(seen) if number is None]
    if not hidden:
        return
    if whole is None:
        return  # nothing binds them
    # Each is at least one. They are known only where there is one, or where each must be one.
    left = whole - sum(number for number in seen if number is not None)
    assert len(hidden) > 1
    assert left > len(hidden)


@given(PARTS)
def test_what_is_shown_is_true(parts):
    whole, seen = shown(parts)
    assert all(number is None or number == part for number, part in zip(seen, parts, strict=True))
    assert whole in {None, sum(parts)}


def test_large_numbers_and_noughts_are_shown():
    assert shown([0, 5, 9]) == (14, [0, 5, 9])
    assert shown([0, 0]) == (0, [0, 0])
    assert shown([3, 20, 6]) == (29, [None, 20, None])
    assert shown([2, 1]) == (None, [None, None])


@pytest.mark.parametrize(
    ("born", "known", "grounds"),
    [
        (date(2010, 1, 1), set(), [Ground.CHILD]),
        (date(2008, 11, 23), set(), []),
        (date(2008, 11, 24), set(), [Ground.CHILD]),
        (None, {E.VULNERABLE}, [Ground.CONDITION]),
        (None, {E.DOMESTIC_ABUSE}, [Ground.INTIMIDATED]),
        (None, {E.SEXUAL_OFFENCE, E.VULNERABLE}, [Ground.CONDITION, Ground.INTIMIDATED]),
        (None, {E.BEREAVED}, []),
    ],
)
def test_grounds_by_age_on_the_day_and_by_what_is_known(born, known, grounds):
    assert grounds_for(born, date(2026, 11, 23), known) == grounds


def test_each_section_in_its_court():
    for measure in Measure:
        for ground in Ground:
            crown = why_not(measure, ground, CourtKind.CROWN)
            refused = measure in {Measure.INTERMEDIARY, Measure.AIDS}
            assert bool(crown) is (refused and ground is Ground.INTIMIDATED)
    assert why_not(Measure.WIGS, Ground.CHILD, CourtKind.MAGISTRATES)


def values_of(place, rows):
    """How many values one hidden number of a row may have, for all that the page shows."""
    seen, below = [shown(parts) for parts in rows], shown_below(rows)
    most = max(sum(parts) for parts in rows) + 2
    at, column = place
    found = set()
    choices = [[[n] if n is not None else range(1, most) for n in kept] for _, kept in seen]
    for cells in product(*(product(*row) for row in choices)):
        fits = all(
            whole is None or sum(row) == whole for row, (whole, _) in zip(cells, seen, strict=True)
        )
        sums = [sum(one) for one in zip(*cells, strict=True)]
        fits = fits and all(
            said is None or said == so for said, so in zip(below[1], sums, strict=True)
        )
        if fits and (below[0] is None or below[0] == sum(sums)):
            found.add(cells[at][column])
    return len(found)


@pytest.mark.parametrize(
    "rows",
    [
        [(2, 7, 0), (9, 0, 8)],
        [(1, 5, 0), (6, 1, 0)],
        [(3, 6, 0), (4, 5, 0)],
        [(1, 1, 6), (7, 0, 0)],
        [(2, 1, 0), (5, 6, 0)],
    ],
)
def test_no_hidden_number_of_a_court_comes_out_of_the_sums_below(rows):
    hidden = [
        (at, column)
        for at, parts in enumerate(rows)
        for column, number in enumerate(shown(parts)[1])
        if number is None
    ]
    assert hidden
    for place in hidden:
        assert values_of(place, rows) > 1, place
