"""Who may see and record what is said of risk."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class RiskPermission(StrEnum):
    """What may be done about risk."""

    READ = "risk.read"  # the level, its grounds, and every safeguarding concern
    WORK = "risk.work"  # assess, refer, raise a concern, count incidents; read the answers
    DISTRICTS = "risk.districts"  # look at the thresholds of the ten districts
    SET_DISTRICTS = "risk.set_districts"  # change them, and say who verified them


_WORK = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
_READ = _WORK | {Role.INTAKE_OFFICER}
GRANTS = {
    RiskPermission.READ: _READ,
    RiskPermission.WORK: _WORK,
    RiskPermission.DISTRICTS: _READ | {Role.ADMINISTRATOR},
    RiskPermission.SET_DISTRICTS: frozenset({Role.ADMINISTRATOR}),
}
