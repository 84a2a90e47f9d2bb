"""The one small window in the wall: is this number held, and how near. Never by whom."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.core import phone, together
from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.core.together import Asking, asking
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.numbers.rules import OF_VICTIM, of_case, of_crime
from beacon.numbers.terms import Held, Owner


@asking
def holder(
    number: str, case_ids: Collection[int] = (), *, crime_reference: str | None = None
) -> Asking[Held]:
    """Whether the number is held by nobody, in another case, or in one of these cases.

    Former numbers guard like present ones (domain.md RULE 5.3). Where several numbers stand in one
    place, the nearest holder of any of them is the answer.
    """
    indexes = [blind_index("phone", form) for form in phone.all_in(number)]
    near = {of_case(case_id) for case_id in case_ids}
    if crime_reference:
        near.add(of_crime(crime_reference))
    beside = sa.and_(
        HeldPlace.owner == HeldNumber.owner,
        HeldPlace.owner_id == HeldNumber.owner_id,
        sa.or_(HeldPlace.place.in_(near), HeldPlace.place.in_(_beside_victims_of(near))),
    )
    found = yield from together.rows(
        sa.select(HeldNumber.id, HeldPlace.place)
        .outerjoin(HeldPlace, beside)
        .where(HeldNumber.phone_index.in_(indexes))
        .order_by(HeldPlace.place.is_(None), HeldNumber.id)
        .limit(1)
    )
    if not found:
        return Held.NONE
    return Held.ANOTHER_CASE if found[0].place is None else Held.SAME_CASE


def _beside_victims_of(near: Collection[str]) -> sa.Select[str]:
    """How the victims of these cases and crimes are named: whoever is beside them belongs there."""
    victim = aliased(HeldPlace)
    name = sa.literal(OF_VICTIM) + sa.cast(victim.owner_id, sa.String)
    return sa.select(name).where(victim.owner == Owner.VICTIM, victim.place.in_(near))


def held_among(numbers: Collection[str]) -> frozenset[str]:
    """Which of these numbers, as they are written, anybody on our side holds; never who."""
    indexes = {
        number: {blind_index("phone", form) for form in phone.all_in(number)} for number in numbers
    }
    every = {index for some in indexes.values() for index in some}
    held = set(
        db.session.scalars(
            sa.select(HeldNumber.phone_index).where(HeldNumber.phone_index.in_(every)).distinct()
        )
    )
    return frozenset(number for number, some in indexes.items() if some & held)


def is_held(phone_index: sa.SQLColumnExpression[str | None]) -> sa.ColumnElement[bool]:
    """The same as a condition, for a column of blind indexes: held by anybody on our side."""
    return sa.exists().where(HeldNumber.phone_index == phone_index)
