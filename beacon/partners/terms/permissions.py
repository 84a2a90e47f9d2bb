"""What may be done with partner agencies, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class PartnerPermission(StrEnum):
    """What may be done with partner agencies."""

    CONTACTS = "partners.contacts"  # keep the agencies, their services and whom to ring there
    FIND = "partners.find"  # look for a service
    READ = "partners.read"  # see what was sent on of a case
    SEND = "partners.send"  # send a case on, take it back, record what they answered
    OWN = "partners.own"  # as an agency's user, what was sent to the agency


_SENDERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
_READERS = _SENDERS | {Role.INTAKE_OFFICER}
GRANTS = {
    PartnerPermission.CONTACTS: frozenset({Role.TEAM_LEADER, Role.ADMINISTRATOR}),
    PartnerPermission.FIND: _READERS | {Role.ADMINISTRATOR},
    PartnerPermission.READ: _READERS,
    PartnerPermission.SEND: _SENDERS,
    PartnerPermission.OWN: frozenset({Role.PARTNER}),
}
