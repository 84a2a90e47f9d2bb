"""The Monday of casework, on which texts to victims go."""

from __future__ import annotations

import pytest

from tests.surveys import texts_go
from tests.work.plans.conftest import actor, case, leader, manager, monday  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def texts(monday: None) -> None:  # noqa: F811  # the fixture
    texts_go()
