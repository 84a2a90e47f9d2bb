"""Courts and hearing types, by code or by name."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from beacon.core import together
from beacon.core.db import db
from beacon.core.names import name_key
from beacon.core.together import Asking, asking
from beacon.courts.models import Court, HearingType


def courts() -> list[Court]:
    """Every court that is known: the county's own first, by name."""
    return list(
        db.session.scalars(sa.select(Court).order_by(Court.in_county.desc(), Court.name, Court.id))
    )


def find_court(text: str) -> Court | None:
    """A court by its OU code or its name, however either is written."""
    code = "".join(text.upper().split())
    return db.session.scalar(
        sa.select(Court)
        .where(sa.or_(Court.code == code, Court.name_key == name_key(text)))
        .order_by(Court.id)
        .limit(1)
    )


@asking
def hearing_types() -> Asking[dict[str, HearingType]]:
    """Every hearing type by its code."""
    rows = yield from together.scalars(sa.select(HearingType).order_by(HearingType.id))
    return {row.code: row for row in rows}


def court_ids(named: Iterable[str]) -> dict[str, int]:
    """The id of each court that these codes and names mean; those that mean none are left out."""
    by_code = {court.code: court.id for court in courts()}
    by_name = {court.name_key: court.id for court in reversed(courts())}
    found = {}
    for text in set(named):
        court_id = by_code.get("".join(text.upper().split())) or by_name.get(name_key(text))
        if court_id is not None:
            found[text] = court_id
    return found
