"""Who may see and record what is offered, decide about a block, and look at the figures."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role


class RestorativePermission(StrEnum):
    """What may be done about restorative justice and out-of-court disposals."""

    READ = "restorative.read"  # the list, and the page of a case
    WORK = "restorative.work"  # record what was offered and said, and ask for views
    DECIDE = "restorative.decide"  # say whether an offer may be made although it is blocked
    FIGURES = "restorative.figures"  # totals of a period, over all teams


_WORK = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    RestorativePermission.READ: _WORK,
    RestorativePermission.WORK: _WORK,
    RestorativePermission.DECIDE: frozenset({Role.TEAM_LEADER}),
    RestorativePermission.FIGURES: frozenset({Role.TEAM_LEADER}),
}
