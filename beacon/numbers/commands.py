"""Every owner of a number writes it here, in its own transaction."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import clock, phone
from beacon.core.db import insert_once, transaction
from beacon.core.sealed import blind_index
from beacon.numbers.models import HeldNumber
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
            case_id=case_id,
            crime_index=crime_reference and blind_index("crime", crime_reference),
            created_at=clock.now(),
        )


def place_in_case(owner: Owner, owner_id: int, case_id: int) -> None:
    """Say to which case an owner's numbers now belong."""
    with transaction() as session:
        session.execute(
            sa.update(HeldNumber)
            .where(HeldNumber.owner == owner, HeldNumber.owner_id == owner_id)
            .values(case_id=case_id)
        )
