"""A Monday, a case manager and their case, as the pages of risk meet them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, a_victim
from tests.work.risk.builders import MONDAY


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def browser(desk: Any, manager: Staff) -> Any:
    return desk(person=manager)


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    victim = a_victim(first_name="Amelia", last_name="Hartwell", safe="yes")
    return a_case(victim=victim, manager=manager)
