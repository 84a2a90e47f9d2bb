"""Looking for people by the words kept of them: short walks along one index, each cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

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
    """The victims who are reached, or live, as the words say, by their blind indexes; the first."""
    ways = _points(sought)
    if not ways:
        return []
    found = sa.union(*ways).subquery()
    return list(db.session.scalars(sa.select(found.c[0]).order_by(found.c[0]).limit(most)))


def _points(sought: Sought) -> list[sa.Select[int]]:
    found = []
    if sought.email:
        found.append(_reached("email", sought.email))
    if sought.telephone:
        found.append(_reached("phone", sought.telephone))
    if sought.last_six:
        six = blind_index("phone6", sought.last_six)
        found.append(sa.select(ContactPoint.victim_id).where(ContactPoint.last_six_index == six))
    if sought.postcode:
        index = blind_index("postcode", sought.postcode)
        found.append(sa.select(Address.victim_id).where(Address.postcode_index == index))
    return found


def _reached(kind: str, normal: str) -> sa.Select[int]:
    index = blind_index(kind, normal)
    return sa.select(ContactPoint.victim_id).where(ContactPoint.value_index == index)
