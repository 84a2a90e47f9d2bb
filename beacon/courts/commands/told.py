"""What a text says of a hearing, written down in the transaction of its claim."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.core import clock
from beacon.core.db import insert_once
from beacon.courts.models import HearingTold
from beacon.courts.queries.told import WhereAndWhen


def write_told(
    session: Session, kind: str, about_id: int, on: date, *, hearing_id: int, says: WhereAndWhen
) -> None:
    """Keep what this text says, over what it said when it was claimed before.

    It counts once the text has left or may have left (`queries.told`).
    """
    table: sa.Table = HearingTold.__table__  # type: ignore[assignment]
    key = {"kind": kind, "about_id": about_id, "on_day": on}
    facts = {
        "hearing_id": hearing_id,
        "held_on": says.held_on,
        "starts_at": says.starts_at,
        "court_id": says.court_id,
    }
    if not insert_once(session, table, **key, **facts, created_at=clock.now()):
        session.execute(sa.update(HearingTold).filter_by(**key).values(**facts))
