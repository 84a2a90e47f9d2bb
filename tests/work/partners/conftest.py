"""The Monday, the manager and the case that plans know, for partners as well."""

from tests.work.plans.conftest import actor, case, leader, manager, monday  # noqa: F401  # fixtures
