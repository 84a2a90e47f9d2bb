"""The key to which a row's protected facts are bound: no other row's, and in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from beacon.core import clock
from beacon.core.sealed import SEAL_KEY_CHARS, new_seal_key

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOMENTS = [MONDAY + timedelta(milliseconds=1) * 4**power for power in range(20)]


def made(at: datetime, number: int = 50) -> list[str]:
    with clock.fixed(at):
        return [new_seal_key() for _ in range(number)]


def test_a_later_row_stands_after_an_earlier_one_in_the_index():
    of_moments = [made(at) for at in MOMENTS]
    assert all(
        max(one) < min(later) for one, later in zip(of_moments, of_moments[1:], strict=False)
    )


def test_rows_of_one_moment_share_no_key():
    keys = made(MONDAY, 20_000)
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {SEAL_KEY_CHARS}


def test_what_follows_the_moment_is_drawn_by_chance():
    tails = [key[11:] for key in made(MONDAY, 2_000)]
    for place in range(10):  # the last sign carries only four of its six bits
        assert len({tail[place] for tail in tails}) == 64
