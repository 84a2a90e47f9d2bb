"""States, windows, waits and the provider's codes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from beacon.notify.rules import (
    FINAL_AT_PROVIDER,
    RANK,
    TRANSITIONS,
    Window,
    back_off,
    may_move,
)
from beacon.notify.terms import Reason, TextState

S = TextState
WINDOW = Window(time(9), time(20))
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return DAY.replace(month=month, hour=hour, minute=minute)


def test_every_state_has_its_line_in_the_table():
    assert set(TRANSITIONS) == set(TextState)


def test_what_is_claimed_or_unknown_is_never_claimed_again_by_itself():
    ways = {state for state, then in TRANSITIONS.items() if S.CLAIMED in then}
    assert ways == {S.PLANNED}


def test_a_state_at_the_provider_is_never_lowered():
    lowered = [
        (now, then) for now in RANK for then in TRANSITIONS[now] if RANK.get(then, 0) <= RANK[now]
    ]
    assert lowered == []


def test_what_the_provider_called_final_stays():
    assert [state for state in FINAL_AT_PROVIDER if TRANSITIONS[state]] == []


@pytest.mark.parametrize("now", [S.CLAIMED, S.UNKNOWN, S.NEEDS_A_PERSON, S.PLANNED])
@pytest.mark.parametrize("then", sorted(RANK))
def test_a_report_moves_whatever_was_in_doubt(now: TextState, then: TextState):
    assert may_move(now, then)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(8, 59), False),
        (at(9), True),
        (at(19, 59), True),
        (at(20), False),
        (at(7, 59, month=7), False),
        (at(8, month=7), True),
        (at(18, 59, month=7), True),
        (at(19, month=7), False),
    ],
)
def test_the_window_is_by_londons_clocks_in_winter_and_summer(moment: datetime, is_open: bool):
    assert WINDOW.is_open(moment) is is_open


def test_the_provider_may_try_until_the_window_shuts():
    assert WINDOW.seconds_left(at(18, 30), at(23)) == 5_400
    assert WINDOW.seconds_left(at(18, 30), at(19)) == 1_800
    assert WINDOW.seconds_left(at(9), at(23)) == 36_000
    assert WINDOW.seconds_left(at(19, 59), at(19, 59)) == 1


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 5), (5, 20), (9, 20)])
def test_waits_grow_and_vary(attempts: int, minutes: int):
    waits = {back_off(attempts) for _ in range(50)}
    assert len(waits) > 1
    assert min(waits) >= timedelta(minutes=minutes) * 0.8
    assert max(waits) <= timedelta(minutes=minutes) * 1.2


def test_a_wait_is_never_shorter_than_the_provider_asked():
    assert back_off(1, asked_seconds=600) == timedelta(minutes=10)


def test_every_reason_and_state_has_its_words():
    assert all(word.label for word in (*Reason, *TextState))
