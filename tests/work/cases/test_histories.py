"""Random histories of a crime, held against a second reading of the Code (tests/code_oracle.py)."""

from __future__ import annotations

from collections import Counter

from flask import Flask

from tests.histories import History


def test_thirty_histories_come_to_the_same_duties(app: Flask):
    done = Counter[str]()
    for seed in range(30):
        history = History(seed)
        history.live(25)
        history.compare()
        done += history.steps
    assert min(done.values()) >= 5, done
    assert len(done) == 10, done
