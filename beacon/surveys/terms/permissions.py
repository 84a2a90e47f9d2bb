"""What may be done with surveys, and by whom."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class SurveyPermission(StrEnum):
    """What may be done with what victims say of the service."""

    READ = "surveys.read"  # see whether somebody was invited, and why not
    ASK = "surveys.ask"  # ask the questions on the telephone
    WATCH = "surveys.watch"  # read words, and look at what was raised
    FIGURES = "surveys.figures"  # counts of the whole service, with nobody in them


_WORKERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    SurveyPermission.READ: _WORKERS,
    SurveyPermission.ASK: _WORKERS,
    SurveyPermission.WATCH: frozenset({Role.TEAM_LEADER}),
    SurveyPermission.FIGURES: frozenset({Role.TEAM_LEADER, Role.ANALYST}),
}
