"""What may be done with cases, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class CasePermission(StrEnum):
    """What may be done with cases."""

    READ = "cases.read"
    TRIAGE = "cases.triage"  # confirm the category
    CONTACT = "cases.contact"  # record a contact, the first one too
    WORK = "cases.work"  # needs, milestones, telling the victim
    ASSIGN = "cases.assign"
    ENHANCED = "cases.enhanced"  # may be the named manager of an enhanced victim
    SEARCH = "cases.search"
    RESTRICT = "cases.restrict"  # as its manager or leader, say who may open a case
    BREAK_GLASS = "cases.break_glass"
    DUTY_LIST = "cases.duty_list"  # say who is on duty on a day


_MANAGERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER})
_WORKERS = _MANAGERS | {Role.INTAKE_OFFICER, Role.FRAUD_OFFICER}
GRANTS = {
    CasePermission.READ: _WORKERS,
    CasePermission.TRIAGE: _MANAGERS | {Role.INTAKE_OFFICER},
    CasePermission.CONTACT: _WORKERS,
    CasePermission.WORK: _MANAGERS | {Role.FRAUD_OFFICER},
    CasePermission.ASSIGN: frozenset({Role.TEAM_LEADER}),
    CasePermission.ENHANCED: _MANAGERS | {Role.FRAUD_OFFICER},
    CasePermission.SEARCH: _WORKERS,
    CasePermission.RESTRICT: _MANAGERS | {Role.FRAUD_OFFICER},
    CasePermission.BREAK_GLASS: _WORKERS,
    CasePermission.DUTY_LIST: frozenset({Role.TEAM_LEADER}),
}
