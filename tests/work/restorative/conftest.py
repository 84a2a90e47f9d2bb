"""The Monday, the manager and the case that plans know, for restorative justice as well."""

from __future__ import annotations

import pytest

from beacon.accounts.models import Staff
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.entitlements.terms import Milestone
from tests.factories import TEST, an_actor
from tests.work.plans.conftest import actor, case, leader, manager, monday  # noqa: F401  # fixtures


@pytest.fixture
def known(case: CaseFile) -> CaseFile:  # noqa: F811  # the fixture of that name
    """A case in which somebody was arrested."""
    cases.record_milestone(case.crime, kind=Milestone.ARRESTED, at=clock.now(), actor=TEST)
    return case


@pytest.fixture
def leading(leader: Staff) -> Actor:  # noqa: F811  # the fixture of that name
    return an_actor(leader)
