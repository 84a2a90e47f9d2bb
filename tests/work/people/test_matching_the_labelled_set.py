"""A tenth of the labelled set through the police feed: who is linked, who is asked about."""

from __future__ import annotations

import pytest

from tests.labelled import labelled_people
from tests.labelled.measuring import Measured, measured

SHARE = 0.1


@pytest.fixture
def result(app) -> Measured:
    return measured(labelled_people(SHARE))


def test_links_are_right_people_are_found_again_and_the_queue_stays_short(result):
    print(*result.figures(), *result.table(), sep="\n")
    for p in result.missed:
        a, b = (result.made.records[x] for x in sorted(p))
        print(b.came, a.facts, b.facts, sep="\n   ")
    assert result.precision == 1
    assert len(result.linked) >= 300 * SHARE
    assert result.recall >= 0.97
    assert result.noise < 0.08 * result.later
