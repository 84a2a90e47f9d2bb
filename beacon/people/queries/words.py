"""Looking for people by the words kept of them: short walks along one index, each cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # a column of either table

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.core.db import db
from beacon.core.sealed import blind_index
from beacon.people.models import Address, ContactPoint, SearchKey
from beacon.people.rules.finding import Range, Sought

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Way:
    """One part of the words, in which a viewer may look: a walk, and what is filled in to it.

    The walk is made once for each kind of viewer (`along`), since making it costs more than it.
    """

    walk: sa.Select[str, int | None, int]
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One word that was met: how near it is, the word itself, and whose it is."""

    rank: int
    key: str
    case_id: int | None
    victim_id: int


def along(condition: Condition) -> sa.Select[str, int | None, int]:
    """A walk along the words of one kind that the condition holds: an index begins with it."""
    return (
        sa.select(SearchKey.key, SearchKey.case_id, SearchKey.victim_id)
        .where(
            condition,
            SearchKey.kind == sa.bindparam("kind", type_=SearchKey.kind.type),
            SearchKey.key >= sa.bindparam("low"),
            SearchKey.key < sa.bindparam("high"),
        )
        .order_by(SearchKey.key, SearchKey.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def walk(ranges: Sequence[Range], ways: Sequence[Way], *, most: int) -> Iterator[list[Step]]:
    """What each walk meets, the nearest ranges first: no walk is longer than `most` words."""
    for one in ranges:
        asked = {"kind": one.kind, "low": one.low, "high": one.high, "most": most}
        for way in ways:
            rows = db.session.execute(way.walk, {**way.given, **asked})
            yield [Step(one.rank, *row) for row in rows]


def words_of(
    ranges: Iterable[Range], *, case_ids: Sequence[int] = (), victim_ids: Sequence[int] = ()
) -> list[Step]:
    """What the ranges meet among the words of a few cases or people, looked at one by one."""
    if not (case_ids or victim_ids):
        return []
    of_these = sa.or_(SearchKey.case_id.in_(case_ids), SearchKey.victim_id.in_(victim_ids))
    held = sa.select(SearchKey.kind, SearchKey.key, SearchKey.case_id, SearchKey.victim_id)
    wanted = list(ranges)
    return [
        Step(one.rank, key, case_id, victim_id)
        for kind, key, case_id, victim_id in db.session.execute(held.where(of_these))
        for one in wanted
        if kind is one.kind and one.low <= key < one.high
    ]


def reached(sought: Sought, *, most: int) -> list[int]:
    """The victims who are reached, or live, as the words say: so many of each, the oldest first."""
    found: dict[int, None] = {}
    if sought.email:
        found |= _having(ContactPoint.value_index, "email", sought.email, most)
    if sought.telephone:
        found |= _having(ContactPoint.value_index, "phone", sought.telephone, most)
    if sought.last_six:
        found |= _having(ContactPoint.last_six_index, "phone6", sought.last_six, most)
    if sought.postcode:
        found |= _having(Address.postcode_index, "postcode", sought.postcode, most)
    return list(found)


def _having(
    column: InstrumentedAttribute[Any], kind: str, normal: str, most: int
) -> dict[int, None]:
    """Whose number, address or postcode this is, along the blind index itself."""
    row = column.class_
    query = sa.select(row.victim_id).where(column == blind_index(kind, normal))
    return dict.fromkeys(db.session.scalars(query.order_by(row.id).limit(most)))
