"""What the orders of calls share."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.calls.terms import CallPermission
from beacon.cases.commands.keeping import HOLD, held
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.people.models import Victim


def held_for_call(case: CaseFile, actor: Actor) -> CaseFile:
    """A case, closed or not, held, with its victim: whoever rings may have been closed long ago.

    Refused where this person may no longer open it, or no longer takes calls.
    """
    row = held(case)
    now = still_may(actor, CallPermission.TAKE)
    seen = sa.select(CaseFile.id).where(CaseFile.id == row.id, scope.condition(now, CaseFile))
    if db.session.scalar(seen) is None:
        raise NotFound
    # One answer at a time for each victim, however many cases they have.
    db.session.get(Victim, row.victim_id, with_for_update=HOLD, populate_existing=True)
    return row
