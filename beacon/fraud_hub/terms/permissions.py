"""What may be done in the fraud hub, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class FraudPermission(StrEnum):
    """What may be done in the hub."""

    READ = "fraud.read"
    CONTACT = "fraud.contact"  # record attempts, go through the tick list, decide
    WORK = "fraud.work"  # log losses, claims, replies, money back, money prevented


GRANTS = {
    FraudPermission.READ: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER}),
    FraudPermission.CONTACT: frozenset(
        {Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER, Role.INTAKE_OFFICER}
    ),
    FraudPermission.WORK: frozenset({Role.FRAUD_OFFICER}),
}
