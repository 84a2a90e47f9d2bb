"""A share of a hundred: to one decimal, a half counted up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from beacon.reports.rules import percent
from beacon.reports.rules.grids import Rate, Row


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 16, 6.3), (3, 16, 18.8), (1, 2000, 0.1), (1999, 2000, 100.0), (0, 7, 0.0), (7, 7, 100.0)],
)
def test_a_half_is_counted_up_wherever_a_share_is_shown(part, whole, shown):
    assert percent(part, whole - part, 0) == percent(part, 0, whole - part) == shown
    rate = Rate(label="In time", part=("met",), of=("met", "late"))
    assert rate.of_row(Row(cells={"met": part, "late": whole - part})) == shown


def test_it_is_the_tenth_that_school_gives():
    for whole in range(1, 130):
        for part in range(whole + 1):
            tenth = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert percent(part, whole - part, 0) == float(tenth)


def test_of_nothing_there_is_no_share():
    assert percent(0, 0, 0) is None
