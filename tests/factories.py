"""Builders: say only what your test is about."""

from __future__ import annotations

from itertools import count
from typing import Any

from beacon.accounts import commands as accounts
from beacon.accounts.models import Staff
from beacon.core.actor import machine
from beacon.core.roles import Role

TEST = machine("a test")
_number = count(1)


def a_member_of_staff(*roles: Role, team: str | None = "North", **known: Any) -> Staff:
    """Somebody who works here; without roles, a case manager."""
    number = next(_number)
    usual = {"email": f"staff{number}@example.org", "name": f"Sam Example {number}"}
    return accounts.create_staff(
        **usual | known, roles=roles or (Role.CASE_MANAGER,), team=team, actor=TEST
    )
