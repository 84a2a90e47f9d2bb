"""The same solver over the lines of the hub's board (the Code: tests/unit/reports/test_hiding)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from beacon.fraud_hub.rules import LEAST, LossLine, losses_hidden
from tests.unit.reports.integers import Solver
from tests.unit.reports.solver import System

LINES = st.lists(st.integers(0, 40), min_size=1, max_size=14)
MANY = 200


@settings(deadline=None, max_examples=MANY)
@given(LINES)
def test_no_hidden_line_of_the_hubs_board_is_certain(cases):
    """Whoever knows the sum of a table besides: of five cases and more, or none is shown at all."""
    if sum(cases) < LEAST:
        return
    lines = [
        LossLine(word=str(n), name=str(n), cases=number, lost_pence=number * 100)
        for n, number in enumerate(cases)
    ]
    system = System()
    for was, line in zip(lines, losses_hidden(lines), strict=True):
        system.put(("hub", "", line.name, "cases"), was.cases, line.cases, 0)
    total = ("hub", "", "*", "cases")
    system.put(total, sum(cases), sum(cases), 0)
    system.add({var: 1 if var != total else -1 for var in system.true})
    assert Solver(system).certain() == []
