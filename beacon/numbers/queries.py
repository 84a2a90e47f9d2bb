"""The one small window in the wall: is this number held, and how near. Never by whom."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from beacon.core import phone
from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.numbers.rules import of_case, of_crime
from beacon.numbers.terms import Held


def holder(
    number: str, case_ids: Collection[int] = (), *, crime_reference: str | None = None
) -> Held:
    """Whether the number is held by nobody, in another case, or in one of these cases.

    Former numbers guard like present ones (domain.md RULE 5.3).
    """
    index = blind_index("phone", phone.normal(number))
    near = {of_case(case_id) for case_id in case_ids}
    if crime_reference:
        near.add(of_crime(crime_reference))
    beside = sa.and_(
        HeldPlace.owner == HeldNumber.owner,
        HeldPlace.owner_id == HeldNumber.owner_id,
        HeldPlace.place.in_(near),
    )
    found = db.session.execute(
        sa.select(HeldNumber.id, HeldPlace.place)
        .outerjoin(HeldPlace, beside)
        .where(HeldNumber.phone_index == index)
        .order_by(HeldPlace.place.is_(None), HeldNumber.id)
        .limit(1)
    ).first()
    if found is None:
        return Held.NONE
    return Held.ANOTHER_CASE if found.place is None else Held.SAME_CASE


def held_among(numbers: Collection[str]) -> frozenset[str]:
    """Which of these numbers anybody on our side holds, in their normal form; never who."""
    by_index = {blind_index("phone", form): form for form in map(phone.normal, numbers)}
    held = db.session.scalars(
        sa.select(HeldNumber.phone_index)
        .where(HeldNumber.phone_index.in_(by_index))
        .distinct()
        .order_by(HeldNumber.phone_index)
    )
    return frozenset(by_index[index] for index in held)


def is_held(phone_index: sa.SQLColumnExpression[str | None]) -> sa.ColumnElement[bool]:
    """The same as a condition, for a column of blind indexes: held by anybody on our side."""
    return sa.exists().where(HeldNumber.phone_index == phone_index)
