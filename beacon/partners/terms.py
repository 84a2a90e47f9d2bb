"""What may be done with partner agencies."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class PartnerPermission(StrEnum):
    """What may be done with partner agencies."""

    CONTACTS = "partners.contacts"  # keep the list of agencies and whom to ring there


GRANTS = {
    PartnerPermission.CONTACTS: frozenset({Role.TEAM_LEADER, Role.ADMINISTRATOR}),
}
