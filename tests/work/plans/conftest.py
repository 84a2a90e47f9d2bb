"""A Monday, a manager and a case in their hands, on which nothing is owed any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.roles import Role
from beacon.entitlements.terms import Channel
from tests.factories import a_case, a_member_of_staff, an_actor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(Role.CASE_MANAGER, name="Priya Shah")


@pytest.fixture
def leader(monday: None) -> Staff:
    return a_member_of_staff(Role.TEAM_LEADER, name="Leo Marsh")


@pytest.fixture
def actor(manager: Staff) -> Actor:
    return an_actor(manager)


@pytest.fixture
def case(manager: Staff, actor: Actor) -> CaseFile:
    made = a_case(manager=manager)
    cases.log_contact(
        made,
        at=clock.now(),
        channel=Channel.PHONE,
        outcome=ContactOutcome.SPOKE,
        notes="",
        actor=actor,
    )
    return made
