"""Who is recognised of 2,000 people, 600 of them again and 600 who only look like them."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.labelled import labelled_people
from tests.labelled.measuring import measured


@pytest.mark.timeout(3000)
def test_the_labelled_set_is_recognised(app: Flask):
    result = measured(labelled_people())
    print(*result.figures(), *result.table(), sep="\n")
    assert result.precision == 1
    assert len(result.linked) >= 300
    assert result.recall >= 0.97
    assert result.noise < 0.08 * result.later
