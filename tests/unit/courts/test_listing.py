"""How the rows of a court list meet the hearings we hold (contract 3.4, a to c)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from beacon.courts.rules import Held, match_list


def day(number: int) -> date:
    return date(2026, 11, number)


def matched(days: list[int], held: list[Held]) -> list[tuple[int | None, bool]]:
    matches = match_list([day(number) for number in days], held)
    return [(match.hearing_id, match.same_day) for match in matches]


def test_a_row_on_a_day_that_a_hearing_has_is_that_hearing():
    assert matched([24], [Held(1, day(24), True)]) == [(1, True)]


def test_a_row_on_the_day_of_a_vacated_hearing_is_that_hearing():
    assert matched([24], [Held(1, day(24), False)]) == [(1, True)]


def test_a_row_left_over_moves_the_live_hearing_that_the_list_leaves_out():
    assert matched([27], [Held(1, day(24), True)]) == [(1, False)]


def test_a_hearing_that_is_no_longer_live_does_not_move():
    assert matched([27], [Held(1, day(24), False)]) == [(None, False)]


def test_a_hearing_that_is_in_the_list_does_not_move():
    assert matched([24, 27], [Held(1, day(24), True)]) == [(1, True), (None, False)]


def test_what_is_left_over_pairs_in_the_order_of_the_days():
    held = [Held(1, day(25), True), Held(2, day(24), True)]
    assert matched([30, 28], held) == [(1, False), (2, False)]


def test_two_days_in_one_list_are_two_hearings():
    assert matched([24, 25], []) == [(None, False), (None, False)]


def test_the_same_day_twice_in_one_list_is_one_hearing():
    first, second = match_list([day(24), day(24)], [])
    assert (first.first, second.first) == (0, 0)


hearings = st.lists(
    st.tuples(st.integers(1, 28), st.booleans()), max_size=6, unique_by=lambda pair: pair[0]
).map(lambda pairs: [Held(n + 1, day(on), live) for n, (on, live) in enumerate(pairs)])


@given(st.lists(st.integers(1, 28), max_size=8), hearings)
def test_no_hearing_is_taken_for_two_days_and_none_moves_that_is_in_the_list(
    days: list[int], held: list[Held]
):
    matches = match_list([day(number) for number in days], held)
    taken = {(match.hearing_id, days[match.row]) for match in matches if match.hearing_id}
    assert len({hearing for hearing, _ in taken}) == len(taken)
    moved = {match.hearing_id for match in matches if match.hearing_id and not match.same_day}
    assert not moved & {hearing.id for hearing in held if hearing.on.day in days}
