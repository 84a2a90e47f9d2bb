"""The Monday, the manager and the case of casework; texts to victims go."""

from __future__ import annotations

import pytest

from tests.surveys import texts_go
from tests.web.cases.conftest import browser, case, leader, manager, monday  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def texts(monday: None) -> None:  # noqa: F811  # the fixture
    texts_go()
