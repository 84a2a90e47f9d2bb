"""What the job looks at: what is on its way, and what was held and may now go."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.notices.models import VictimNotice
from beacon.notices.terms import FOR_A_PERSON, HeldBecause, NoticeState, Way
from beacon.people.models import Victim

AT_ONCE = 200
ASK_AGAIN_AFTER = timedelta(days=1)
# What is older is no news any more: a person says it, or says that it is not needed.
TOO_OLD = timedelta(days=28)


def on_their_way() -> list[int]:
    """The texts and emails of which we do not yet know what became of them."""
    is_out = sa.or_(
        VictimNotice.state == NoticeState.PLANNED,
        # A receipt may yet say that a text in doubt arrived.
        sa.and_(
            VictimNotice.state == NoticeState.HELD,
            VictimNotice.held_because == HeldBecause.TEXT_IN_DOUBT,
        ),
    )
    query = sa.select(VictimNotice.id).where(is_out, VictimNotice.way != Way.LETTER)
    return list(db.session.scalars(query.order_by(VictimNotice.id)))


def to_ask_again() -> list[int]:
    """What is held, or waits for the printer, and was not asked about since its person's record
    changed, or for a day: the longest ago first.
    """
    now = clock.now()
    waits = sa.or_(
        VictimNotice.state == NoticeState.FOR_PRINT,
        sa.and_(
            VictimNotice.state == NoticeState.HELD, VictimNotice.held_because.not_in(FOR_A_PERSON)
        ),
    )
    changed = sa.or_(
        Victim.version != VictimNotice.checked_version,
        VictimNotice.checked_at < now - ASK_AGAIN_AFTER,
    )
    query = (
        sa.select(VictimNotice.id)
        .join(Victim, Victim.id == VictimNotice.victim_id)
        .where(waits, changed, VictimNotice.created_at > now - TOO_OLD)
        .order_by(VictimNotice.checked_at, VictimNotice.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(query))
