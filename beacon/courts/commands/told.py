"""What a text says of a hearing, written down in the transaction of its claim."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock
from beacon.core.db import insert_or_change
from beacon.courts.models import HearingTold
from beacon.courts.queries.told import WhereAndWhen
from beacon.notify.register import About


def write_told(session: Session, kind: str, told: Mapping[About, tuple[int, WhereAndWhen]]) -> None:
    """Keep what these texts say, over what they said when they were claimed before.

    Each by what it is about: the hearing that it names, where and when. It counts once the text
    has left or may have left (`queries.told`).
    """
    table: sa.Table = HearingTold.__table__  # type: ignore[assignment]
    rows = [
        {
            "kind": kind,
            "about_id": about.id,
            "on_day": about.on,
            "hearing_id": hearing_id,
            "held_on": says.held_on,
            "starts_at": says.starts_at,
            "court_id": says.court_id,
            "created_at": clock.now(),
        }
        for about, (hearing_id, says) in told.items()
    ]
    insert_or_change(session, table, rows, key=("kind", "about_id", "on_day"))
