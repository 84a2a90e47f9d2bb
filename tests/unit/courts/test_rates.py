"""Intervals of rates, held against the published examples of the methods."""

import pytest

from beacon.courts.rules import difference, wilson

# R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
PUBLISHED = [
    ((81, 263), (0.2553, 0.3662)),
    ((15, 148), (0.0624, 0.1605)),
    ((0, 20), (0.0000, 0.1611)),
    ((1, 29), (0.0061, 0.1718)),
]
# The same, 873-890, table II, method 10.
DIFFERENCES = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]


@pytest.mark.parametrize(("share", "known"), PUBLISHED)
def test_the_interval_of_a_share_is_the_published_one(share, known):
    found = wilson(*share)
    assert (found.low, found.high) == pytest.approx(known, abs=0.00005)


@pytest.mark.parametrize(("one", "other", "known"), DIFFERENCES)
def test_the_interval_of_a_difference_is_the_published_one(one, other, known):
    found = difference(one, other)
    assert (found.low, found.high) == pytest.approx(known, abs=0.00005)


@pytest.mark.parametrize("share", [(3, 0), (4, 3), (-1, 3)])
def test_a_share_of_nothing_or_of_more_than_there_is_has_no_interval(share):
    with pytest.raises(ValueError, match="at least one"):
        wilson(*share)
