"""The nine roles, and the gathering of what each feature grants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person does here. One person may hold several."""

    INTAKE_OFFICER = "intake_officer"
    CASE_MANAGER = "case_manager"
    TEAM_LEADER = "team_leader"
    FRAUD_OFFICER = "fraud_officer"
    COURT_OFFICER = "court_officer"
    PARTNER = "partner"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return self.value.replace("_", " ").capitalize()


Grants = Mapping[StrEnum, frozenset[Role]]
_granted: dict[str, frozenset[Role]] = {}


def gather(grants: Iterable[Grants]) -> None:
    """Collect at start what every feature's terms.py grants to roles."""
    _granted.clear()
    for feature in grants:
        for permission, roles in feature.items():
            if permission.value in _granted:
                raise RuntimeError(f"two features grant {permission.value}")
            _granted[permission.value] = roles


def may(roles: Iterable[Role], permission: StrEnum) -> bool:
    """Whether any of these roles holds the permission; an unknown permission is an error."""
    if permission.value not in _granted:
        raise LookupError(f"no feature grants {permission.value}")
    return not _granted[permission.value].isdisjoint(roles)


def granted() -> Mapping[str, frozenset[Role]]:
    """Every permission with the roles that hold it, for the page and the matrix of tests."""
    return dict(_granted)
