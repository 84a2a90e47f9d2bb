"""What a hearing is held against before somebody lists it: the others of the same defendant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.names import name_key
from beacon.courts.models import Defendant, Hearing
from beacon.courts.queries.courts import hearing_types
from beacon.courts.rules import Listed, hearing_doubts
from beacon.courts.terms import HearingStatus


def doubts_of_move(hearing: Hearing, on: date) -> list[str]:
    """What speaks against moving a hearing to that day; nothing where it stays on its own."""
    if on == hearing.held_on:
        return []
    others = _hearings(Hearing.defendant_id == hearing.defendant_id, Hearing.id != hearing.id)
    return _doubts(on, hearing.type_code, others)


def doubts_of_first(crime_key: str, last_name: str, type_code: str, on: date) -> list[str]:
    """What speaks against the hearing that a charge names: one of that surname on another day.

    On the same day it is the same hearing (contract 3.4), which is no doubt.
    """
    same_name = Defendant.surname_key == name_key(last_name)
    others = _hearings(Defendant.crime_key == crime_key, same_name)
    return [] if any(one.held_on == on for one in others) else _doubts(on, type_code, others)


def _hearings(*which: sa.ColumnElement[bool]) -> Sequence[Hearing]:
    listed = Hearing.status != HearingStatus.VACATED
    return db.session.scalars(
        sa.select(Hearing).join(Defendant).where(*which, listed).order_by(Hearing.id)
    ).all()


def _doubts(on: date, type_code: str, others: Sequence[Hearing]) -> list[str]:
    kinds = hearing_types()

    def is_first(code: str) -> bool:
        return code in kinds and kinds[code].is_first_hearing

    known = [
        Listed(
            kinds[one.type_code].name if one.type_code in kinds else "A hearing",
            one.held_on,
            is_first(one.type_code),
            one.is_live,
        )
        for one in others
    ]
    return hearing_doubts(on, is_first=is_first(type_code), others=known)
