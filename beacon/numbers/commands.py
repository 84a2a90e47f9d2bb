"""Every owner of a number writes it here, in its own transaction."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import clock, lots, phone
from beacon.core.db import db, insert_once, transaction
from beacon.core.sealed import blind_index
from beacon.numbers import watching
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.numbers.rules import of_case, of_crime, of_victim
from beacon.numbers.terms import Owner


def hold(
    number: str,
    owner: Owner,
    owner_id: int,
    *,
    case_id: int | None = None,
    crime_reference: str | None = None,
    victim_id: int | None = None,
) -> None:
    """Write down that this owner holds the number. Held once; a second time changes nothing.

    A number that could not be parsed is held by its digits, so that it still guards; where several
    stand in one place, each is held. `victim_id` names the victim whom the owner is beside: the
    owner then belongs to each of that victim's cases. What is newly held, or held nearer, is told
    at once to whoever keeps the numbers of the other side.
    """
    indexes = {blind_index("phone", form) for form in phone.all_in(number)}
    places = [of_case(case_id)] if case_id is not None else []
    places += [of_crime(crime_reference)] if crime_reference else []
    places += [of_victim(victim_id)] if victim_id is not None else []
    with transaction():
        new = {index for index in indexes if _hold(index, owner, owner_id)}
        is_nearer = {_place(owner, owner_id, place) for place in places}
        if True in is_nearer:
            new |= _nearer(owner, owner_id)
        if new:
            lots.put_off(watching.tell, frozenset(new))


def place_in_case(owner: Owner, owner_id: int, case_id: int) -> None:
    """Say that an owner's numbers belong to this case too; to how many others does not matter."""
    with transaction():
        if _place(owner, owner_id, of_case(case_id)):
            lots.put_off(watching.tell, _nearer(owner, owner_id))


def _hold(index: str, owner: Owner, owner_id: int) -> bool:
    """Whether the owner did not hold it yet."""
    return insert_once(
        db.session(),
        HeldNumber.__table__,  # type: ignore[arg-type]
        phone_index=index,
        owner=owner,
        owner_id=owner_id,
        created_at=clock.now(),
    )


def _place(owner: Owner, owner_id: int, place: str) -> bool:
    """Whether the owner was not known there yet."""
    return insert_once(
        db.session(),
        HeldPlace.__table__,  # type: ignore[arg-type]
        owner=owner,
        owner_id=owner_id,
        place=place,
        created_at=clock.now(),
    )


def _nearer(owner: Owner, owner_id: int) -> frozenset[str]:
    """The numbers that a new place brings nearer: the owner's, and of whoever is beside them."""
    if lots.is_open():
        return frozenset()  # what the owner holds was newly held in this lot: told already
    own = sa.and_(HeldNumber.owner == owner, HeldNumber.owner_id == owner_id)
    if owner is Owner.VICTIM:
        beside = sa.exists().where(
            HeldPlace.place == of_victim(owner_id),
            HeldPlace.owner == HeldNumber.owner,
            HeldPlace.owner_id == HeldNumber.owner_id,
        )
        own = sa.or_(own, beside)
    return frozenset(db.session.scalars(sa.select(HeldNumber.phone_index).where(own)))
