"""No small count can be read or worked out from all that is published of a period together."""

from collections.abc import Iterator
from random import Random

import pytest

from beacon.reports.rules import LEAST, Publication, Tally, publish
from beacon.reports.terms import Cut, Outcome
from tests.unit.reports.integers import Solver
from tests.unit.reports.solver import System, system_of

O = Outcome  # noqa: E741
USUAL = [70, 9, 5, 0, 2, 2, 1, 3]
RARE = [400, 3, 2, 0, 1, 1, 0, 1]
Made = tuple[Tally, dict[Cut, dict[tuple[str, str], Tally]]]


def county(seed: int, number: int, weights: list[int], months: int = 2) -> Made:
    """So many duties with random cuts: rules below who must act, kinds below the category."""
    random = Random(seed)
    total, cuts = Tally(), {cut: {} for cut in Cut}
    rows = {cut: random.randint(2, 14) for cut in Cut}
    for _ in range(number):
        outcome = random.choices(list(Outcome), weights)[0]
        total.counts[outcome] += 1
        for cut in Cut:
            row = int(random.paretovariate(0.9)) % rows[cut]
            group = {
                Cut.RULE: (f"Body {row % 3}", f"Rule {row}"),
                Cut.CATEGORY: ("Enhanced", f"Kind {row}") if row else ("", "Standard"),
                Cut.MONTH: ("", f"Month {random.randrange(months)}"),
            }.get(cut, ("", f"Row {row}"))
            cuts[cut].setdefault(group, Tally()).counts[outcome] += 1
    return total, cuts


def shown(out: Publication) -> Iterator[int]:
    """Every count that is published."""
    for line in [out.total, *(line for table in out.tables.values() for line in table.lines)]:
        assert line is not None
        yield from (one for one in (line.due, *line.counts.values()) if one is not None)


def attacked(made: Made, out: Publication) -> System:
    return system_of(*made, out)


CASES = [
    *((seed, number, USUAL) for number in (30, 90, 300, 1500) for seed in range(6)),
    *((seed, number, RARE) for number in (60, 300, 1500) for seed in range(6)),
]


@pytest.mark.proves("Z-21", "X-11")
@pytest.mark.parametrize(("seed", "number", "weights"), CASES)
def test_every_hidden_number_may_be_another_for_all_that_is_published(seed, number, weights):
    made = county(seed, number, weights)
    out = publish(*made)
    assert [one for one in shown(out) if 0 < one < LEAST] == []
    system = attacked(made, out)
    assert system.forced() == {}
    assert Solver(system).certain() == []


@pytest.mark.proves("Z-21", "X-11")
@pytest.mark.parametrize("seed", range(6))
def test_without_the_second_cell_the_solver_works_hidden_numbers_out(seed):
    made = county(seed, 300, USUAL)
    system = attacked(made, publish(*made, second=False))
    found = system.forced()
    assert found
    assert all(found[var] == system.true[var] for var in found)
    assert any(0 < number < LEAST for number in found.values())
    assert all(system.second_value(var) is None for var in list(found)[:5])
    assert set(found) <= set(Solver(system).certain())


def test_two_months_and_their_sum_give_nothing_away():
    late = {"July": 3, "August": 9}
    months = {("", name): tally(met=40, late=number) for name, number in late.items()}
    total = tally(met=80, late=12)
    out = publish(total, {Cut.MONTH: months})
    lines = {line.name: line for line in out.tables[Cut.MONTH].lines}
    assert out.total.counts[O.LATE] == 12
    assert [lines[one].counts[O.LATE] for one in late] == [None, None]
    assert [lines[one].counts[O.MET] for one in late] == [None, None]
    assert [lines[one].due for one in late] == [43, 49]


def tally(**counts: int) -> Tally:
    made = Tally()
    made.counts.update({Outcome(name): number for name, number in counts.items()})
    return made


def test_nothing_small_hides_nothing():
    rows = {("", "A"): tally(met=20, late=5), ("", "B"): tally(met=9, late=6)}
    out = publish(tally(met=29, late=11), {Cut.DISTRICT: rows})
    assert not out.hides_anything
    assert [line.percent for line in out.tables[Cut.DISTRICT].lines] == [80.0, 60.0]


def test_a_small_total_hides_its_column_and_another_in_every_table():
    rows = {("", "A"): tally(met=20, declined=6, withheld=2), ("", "B"): tally(met=9, declined=5)}
    out = publish(tally(met=29, declined=11, withheld=2), {Cut.DISTRICT: rows})
    assert out.together == {O.WITHHELD, O.DECLINED}
    assert out.total.counts[O.WITHHELD] is None
    assert out.total.counts[O.DECLINED] is None
    assert out.total.percent == 100.0


@pytest.mark.parametrize("due", [1, 4])
def test_of_fewer_than_five_duties_nothing_at_all_is_published(due):
    out = publish(tally(met=due), {Cut.DISTRICT: {("", "A"): tally(met=due)}})
    assert out.total is None
    assert out.tables == {}


def test_a_table_that_cannot_be_made_safe_is_not_published():
    rows = {("", name): tally(met=1) for name in "ABCDE"}  # five of one each: there is no other
    out = publish(tally(met=5), {Cut.DISTRICT: rows})
    assert out.tables[Cut.DISTRICT].is_withheld
    assert out.tables[Cut.DISTRICT].lines == ()


def test_a_share_is_hidden_with_any_of_its_parts():
    made = county(2, 300, USUAL)
    lines = [line for table in publish(*made).tables.values() for line in table.lines]
    judged = [[line.counts[one] for one in (O.MET, O.LATE, O.MISSED)] for line in lines]
    assert any(None in parts for parts in judged)
    assert all(
        line.percent is None for line, parts in zip(lines, judged, strict=True) if None in parts
    )


def test_the_same_figures_hide_the_same_cells():
    made = county(3, 300, USUAL)
    assert publish(*made) == publish(*made)
