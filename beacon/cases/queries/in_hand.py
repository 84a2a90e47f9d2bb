"""Whether a case is somebody's own work, and whether opening it must be explained first."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases import hands
from beacon.cases.models import AccessReason, BreakGlass, CaseFile
from beacon.core import clock, scope, settings
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people import access as people
from beacon.people.models import Victim

ASKS = "access.reason_outside_caseload"


def cases_to_log(viewer: Viewer, victim_id: int) -> list[str]:
    """The references of this victim's live cases, the viewer's own first."""
    own = sa.case((CaseFile.manager_id == viewer.id, 0), else_=1)
    return list(
        db.session.scalars(
            scope.visible(viewer, CaseFile)
            .where(CaseFile.victim_id == victim_id, CaseFile.closed_at.is_(None))
            .with_only_columns(CaseFile.reference)
            .order_by(own, CaseFile.id)
        )
    )


def is_asked_why() -> bool:
    """Whether an administrator wants a reason for each case outside one's caseload."""
    return settings.is_on(ASKS)


def case_to_explain(viewer: Viewer, leading: sa.ColumnElement[bool]) -> CaseFile | None:
    """Of the cases to which an address leads, the one of which the viewer must say why.

    None where one of them is their own, or has been explained, or its victim is their own work; and
    where they may see none of them: then something else than a case opens the page to them.
    """
    if not is_asked_why():
        return None
    query = scope.visible(viewer, CaseFile).where(leading)
    found = db.session.scalars(query.order_by(CaseFile.closed_at.is_not(None), CaseFile.id)).all()
    if not found or not all(must_say_why(viewer, case) for case in found):
        return None
    victims = [case.victim_id for case in found]
    own = sa.select(Victim.id).where(Victim.id.in_(victims), people.in_hand(viewer))
    return None if db.session.scalar(own.limit(1)) else found[0]


def must_say_why(viewer: Viewer, case: CaseFile) -> bool:
    """Whether the viewer must say why they open a case that is not theirs (security.md Z-14).

    Once a day for each case. Who broke the glass for it has said so already.
    """
    if not is_asked_why() or case.manager_id == viewer.id:
        return False
    mine = sa.select(CaseFile.id).where(CaseFile.id == case.id, hands.in_hand(viewer))
    said = sa.select(AccessReason.id).where(
        AccessReason.staff_id == viewer.id,
        AccessReason.case_id == case.id,
        AccessReason.given_on == clock.today(),
    )
    broken = sa.select(BreakGlass.id).where(
        BreakGlass.staff_id == viewer.id,
        BreakGlass.case_id == case.id,
        BreakGlass.until > clock.now(),
        BreakGlass.ended_at.is_(None),
    )
    return not any(db.session.scalar(asked) for asked in (mine, said, broken))
