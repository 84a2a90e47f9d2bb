"""A Monday, a case manager and their case, as the pages of casework meet them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.roles import Role
from beacon.entitlements.terms import Milestone
from tests.factories import TEST, a_case, a_member_of_staff, a_victim

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


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
def leader(desk: Any, monday: None) -> Any:
    return desk(Role.TEAM_LEADER)


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    """A standard case of a victim who may be called and texted, with a suspect arrested."""
    victim = a_victim(
        first_name="Amelia",
        last_name="Hartwell",
        mobile="07700 900123",
        email="amelia@example.org",
        postcode="HP1 1AA",
        safe="yes",
        preferred="sms",
        safe_notes="Ring after six. Say you are from the library.",
    )
    made = a_case(victim=victim, manager=manager)
    commands.record_milestone(made.crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    return made
