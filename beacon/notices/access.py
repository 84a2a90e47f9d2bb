"""Who sees what is written to a victim: intake and team leaders, as far as they see the person."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.notices.models import Printing, PrintRun, VictimNotice
from beacon.notices.terms import GRANTS, NoticePermission
from beacon.people.models import Victim


def _reads(viewer: Viewer) -> bool:
    is_one_of_them = not GRANTS[NoticePermission.READ].isdisjoint(viewer.roles)
    return is_one_of_them and Role.PARTNER not in viewer.roles


def _notices(viewer: Viewer) -> sa.ColumnElement[bool]:
    if not _reads(viewer):
        return sa.false()
    seen = sa.select(Victim.id).where(scope.condition(viewer, Victim))
    return VictimNotice.victim_id.in_(seen)


def _runs(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A run names nobody; its letters are seen one by one."""
    return sa.literal(_reads(viewer))


scope.register(VictimNotice, _notices)
scope.register(PrintRun, _runs)
scope.register(Printing, _runs)
