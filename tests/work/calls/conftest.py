"""A Monday, a manager with a case, and a colleague who takes the call."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.roles import Role
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def colleague(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.CASE_MANAGER, name="Cal League"))


@pytest.fixture
def stranger(monday: None) -> Actor:
    return an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South", name="Stan Stranger"))


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    victim = a_victim(first_name="Amelia", last_name="Hartwell", mobile="07700 900123", safe="yes")
    return a_case(victim=victim, manager=manager)
