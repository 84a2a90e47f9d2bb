"""What may be done in the fraud hub, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class FraudPermission(StrEnum):
    """What may be done in the hub."""

    READ = "fraud.read"
    CONTACT = "fraud.contact"  # record attempts, go through the tick list, decide
    TOTALS = "fraud.totals"  # of the whole hub, small numbers hidden, no case
    WORK = "fraud.work"  # log losses, claims, replies, money back, money prevented
    APPROVE = "fraud.approve"  # be the second person of an entry above the limit
    CLOSE = "fraud.close"  # close a month of the ledger, log what was published before it
    LEDGER_FILE = "fraud.ledger_file"  # save entries of the ledger as a file


GRANTS = {
    FraudPermission.READ: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER}),
    FraudPermission.CONTACT: frozenset(
        {Role.FRAUD_OFFICER, Role.TEAM_LEADER, Role.CASE_MANAGER, Role.INTAKE_OFFICER}
    ),
    FraudPermission.TOTALS: frozenset({Role.ANALYST, Role.TEAM_LEADER}),
    FraudPermission.WORK: frozenset({Role.FRAUD_OFFICER}),
    FraudPermission.APPROVE: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER}),
    FraudPermission.CLOSE: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER}),
    FraudPermission.LEDGER_FILE: frozenset({Role.FRAUD_OFFICER, Role.TEAM_LEADER}),
}
