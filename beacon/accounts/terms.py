"""Permissions over accounts and settings."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class AccountPermission(StrEnum):
    """What may be done with accounts, settings and one's own session."""

    SIGNED_IN = "accounts.signed_in"  # every member of staff: own account, sign out
    ADMINISTER = "accounts.administer"


GRANTS = {
    AccountPermission.SIGNED_IN: frozenset(Role),
    AccountPermission.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}
