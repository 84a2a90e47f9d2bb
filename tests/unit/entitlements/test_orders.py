"""What is still to be done is said as an order, what was done as a fact."""

from __future__ import annotations

import pytest

from beacon.entitlements.codes import CODE_2020, CODES


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("R6_ARREST", "Tell them that a suspect was arrested"),
        (
            "R6_NOINV",
            "Tell them that the crime will not be investigated, why, and offer support",
        ),
    ],
)
def test_a_rule_says_what_is_still_to_be_done(key: str, order: str) -> None:
    assert CODE_2020.rules[key].order == order


def test_no_rule_with_a_limit_reads_as_if_it_were_done_already() -> None:
    orders = [rule.order for code in CODES.values() for rule in code.rules.values()]
    assert not [order for order in orders if order.startswith(("Told", "Asked", "Updated"))]
