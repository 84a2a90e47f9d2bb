"""The words of oversight, and who may look."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class OversightPermission(StrEnum):
    """What may be looked into."""

    REVIEW = "oversight.review"  # accesses that must be looked at: broken glass, conflicts


GRANTS = {OversightPermission.REVIEW: frozenset({Role.TEAM_LEADER, Role.AUDITOR})}
