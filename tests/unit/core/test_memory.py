"""What stays is made while the collector rests, and it is not looked through again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from beacon.core import memory


@pytest.fixture(params=[True, False], ids=["on", "off"])
def was_on(request: pytest.FixtureRequest) -> Iterator[bool]:
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_the_collector_rests_while_what_stays_is_made_and_passes_over_it_after(was_on: bool):
    with memory.that_stays():
        assert not gc.isenabled()
        made = [[]]
    assert gc.isenabled() is was_on
    later = [[]]
    looked_through = {id(one) for one in gc.get_objects()}
    assert id(later) in looked_through
    assert id(made) not in looked_through


def test_the_collector_goes_on_after_a_start_that_failed(was_on: bool):
    with pytest.raises(ZeroDivisionError), memory.that_stays():
        _ = 1 / 0
    assert gc.isenabled() is was_on
