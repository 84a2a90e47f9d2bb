"""A twentieth of the labelled set by the police feed; `make prove PART=ways-in` takes the whole."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.labelled import labelled_people
from tests.labelled.measuring import measured

SHARE = 0.05


@pytest.mark.timeout(300)
def test_links_are_right_people_are_found_again_and_the_queue_stays_short(app: Flask):
    result = measured(labelled_people(SHARE))
    assert result.precision == 1
    assert len(result.linked) >= 300 * SHARE
    assert result.recall >= 0.97
    assert result.noise < 0.08 * result.later
