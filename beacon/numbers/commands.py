"""Every owner of a number writes it here, in its own transaction."""

from __future__ import annotations

from beacon.core import clock, phone
from beacon.core.db import insert_once, transaction
from beacon.core.sealed import blind_index
from beacon.numbers.models import HeldNumber, HeldPlace
from beacon.numbers.rules import of_case, of_crime
from beacon.numbers.terms import Owner


def hold(
    number: str,
    owner: Owner,
    owner_id: int,
    *,
    case_id: int | None = None,
    crime_reference: str | None = None,
) -> None:
    """Write down that this owner holds the number. Held once; a second time changes nothing.

    A number that could not be parsed is held by its digits, so that it still guards.
    """
    with transaction() as session:
        insert_once(
            session,
            HeldNumber.__table__,  # type: ignore[arg-type]
            phone_index=blind_index("phone", phone.normal(number)),
            owner=owner,
            owner_id=owner_id,
            created_at=clock.now(),
        )
        if case_id is not None:
            _place(owner, owner_id, of_case(case_id))
        if crime_reference:
            _place(owner, owner_id, of_crime(crime_reference))


def place_in_case(owner: Owner, owner_id: int, case_id: int) -> None:
    """Say that an owner's numbers belong to this case too; to how many others does not matter."""
    with transaction():
        _place(owner, owner_id, of_case(case_id))


def _place(owner: Owner, owner_id: int, place: str) -> None:
    with transaction() as session:
        insert_once(
            session,
            HeldPlace.__table__,  # type: ignore[arg-type]
            owner=owner,
            owner_id=owner_id,
            place=place,
            created_at=clock.now(),
        )
