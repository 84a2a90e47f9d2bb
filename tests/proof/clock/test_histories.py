"""Five hundred random histories of a crime come to the same duties as in a second reading."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask

from tests.histories import History

HISTORIES, STEPS = 500, 40


@pytest.mark.timeout(1800)
def test_five_hundred_histories_come_to_the_same_duties(app: Flask):
    done, duties = Counter[str](), 0
    for seed in range(1_000, 1_000 + HISTORIES):
        history = History(seed)
        history.live(STEPS)
        history.compare()
        done += history.steps
        duties += len(history.oracle.owed)
    print(f"{HISTORIES} histories, {duties} duties; steps: {dict(done.most_common())}")
    assert min(done.values()) >= HISTORIES / 10
    assert duties > 5 * HISTORIES
