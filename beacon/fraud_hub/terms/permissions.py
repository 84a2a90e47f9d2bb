"""What may be done in the fraud hub, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class FraudPermission(StrEnum):
    """What may be done in the hub."""

    READ = "fraud.read"
    TOTALS = "fraud.totals"  # of the whole hub, small numbers hidden, no case
    WORK = "fraud.work"  # log losses, claims, replies, money back, money prevented


GRANTS = {
    FraudPermission.READ: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER}),
    FraudPermission.TOTALS: frozenset({Role.ANALYST, Role.TEAM_LEADER}),
    FraudPermission.WORK: frozenset({Role.FRAUD_OFFICER}),
}
