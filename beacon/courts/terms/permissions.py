"""What may be done with hearings, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class CourtPermission(StrEnum):
    """What may be done with courts, defendants and hearings."""

    READ = "courts.read"
    RECORD = "courts.record"  # a charge, on the case of its victim
    MANAGE = "courts.manage"  # move, vacate, record the outcome, correct a number
    REVEAL = "courts.reveal"  # see a defendant's whole number
    IMPORT = "courts.import"
    CALL = "courts.call"  # say that a victim or a witness is called, with what support
    ATTENDED = "courts.attended"  # write down whether they came, and what the court decided
    WITNESSES = "courts.witnesses"  # figures of victims and witnesses at court


_MANAGERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER})
_COURT = frozenset({Role.COURT_OFFICER})
GRANTS: dict[CourtPermission, frozenset[Role]] = {
    CourtPermission.READ: _COURT | _MANAGERS,
    CourtPermission.RECORD: _MANAGERS,
    CourtPermission.MANAGE: _COURT,
    CourtPermission.REVEAL: _COURT,
    CourtPermission.IMPORT: _COURT,
    CourtPermission.CALL: _MANAGERS,
    CourtPermission.ATTENDED: _COURT | _MANAGERS,
    CourtPermission.WITNESSES: _COURT | {Role.TEAM_LEADER},
}
