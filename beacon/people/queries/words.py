"""Looking for people by the words kept of them: short walks along one index, each cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple  # a column of either table

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.core.db import db, evened
from beacon.core.sealed import blind_index
from beacon.people.models import Address, ContactPoint, SearchKey
from beacon.people.rules.finding import Range, Sought

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Way:
    """One part of the words, in which a viewer may look, and what is filled in to its condition.

    An index begins with the condition. It is one of a few that stand as long as the process does,
    since the statement is made once for each set of them.
    """

    part: Condition
    given: Mapping[str, object] = field(default_factory=dict)


class Step(NamedTuple):
    """One word that was met: how near it is, the word itself, and whose it is."""

    rank: int
    key: str
    case_id: int | None
    victim_id: int


def walk(ranges: Sequence[Range], ways: Sequence[Way], *, most: int) -> tuple[list[Step], bool]:
    """What a walk along each part and each range meets, and whether there may be more.

    No walk is longer than `most` words. One statement, however many walks it is.
    """
    if not (ranges and ways):
        return [], False
    given: dict[str, object] = {"most": most}
    for way in ways:
        given |= way.given
    for nth, one in enumerate(ranges):
        given |= {f"kind_{nth}": one.kind, f"low_{nth}": one.low, f"high_{nth}": one.high}
    statement = _walks(tuple(way.part for way in ways), len(ranges))
    steps: list[Step] = []
    lengths: Counter[tuple[int, int]] = Counter()
    for part, nth, *of_step in db.session.execute(statement, given).all():
        steps.append(Step(ranges[nth].rank, *of_step))
        lengths[part, nth] += 1
    return steps, most in lengths.values()


# Putting it together takes longer than asking.
@lru_cache(maxsize=100)
def _walks(parts: tuple[Condition, ...], ranges: int) -> sa.CompoundSelect[Any]:
    walks = [
        _along(part, nth, number) for nth in range(ranges) for number, part in enumerate(parts)
    ]
    return sa.union_all(*walks)


def _along(part: Condition, nth: int, number: int) -> sa.Select[Any]:
    """One walk, with which part and which range it is."""
    walked = (
        sa.select(
            sa.literal_column(str(number), sa.Integer).label("part"),
            sa.literal_column(str(nth), sa.Integer).label("nth"),
            SearchKey.key,
            SearchKey.case_id,
            SearchKey.victim_id,
        )
        .where(
            part,
            SearchKey.kind == sa.bindparam(f"kind_{nth}", type_=SearchKey.kind.type),
            SearchKey.key >= sa.bindparam(f"low_{nth}"),
            SearchKey.key < sa.bindparam(f"high_{nth}"),
        )
        .order_by(SearchKey.key, SearchKey.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
        .subquery()
    )
    return sa.select(*walked.c)


_HELD = sa.select(SearchKey.kind, SearchKey.key, SearchKey.case_id, SearchKey.victim_id).where(
    sa.or_(
        SearchKey.case_id.in_(sa.bindparam("cases", expanding=True)),
        SearchKey.victim_id.in_(sa.bindparam("victims", expanding=True)),
    )
)


def words_of(
    ranges: Iterable[Range], *, case_ids: Sequence[int] = (), victim_ids: Sequence[int] = ()
) -> list[Step]:
    """What the ranges meet among the words of a few cases or people, looked at one by one."""
    if not (case_ids or victim_ids):
        return []
    of_these = {"cases": evened(case_ids), "victims": evened(victim_ids)}
    held = db.session.execute(_HELD, of_these).all()
    wanted = list(ranges)
    return [
        Step(one.rank, key, case_id, victim_id)
        for kind, key, case_id, victim_id in held
        for one in wanted
        if kind is one.kind and one.low <= key < one.high
    ]


def reached(sought: Sought, *, most: int) -> list[int]:
    """The victims who are reached, or live, as the words say: so many of each, the oldest first."""
    asked = tuple(name for name in _REACHED if getattr(sought, name))
    if not asked:
        return []
    given: dict[str, object] = {"most": most}
    for name in asked:
        given[name] = blind_index(_REACHED[name].kind, getattr(sought, name))
    return list(dict.fromkeys(db.session.scalars(_having(asked), given)))


@dataclass(frozen=True)
class _Index:
    """A blind index, and the kind of value that is in it."""

    kind: str
    column: InstrumentedAttribute[Any]


# By what is sought (rules.Sought), in the order in which it is shown.
_REACHED = {
    "email": _Index("email", ContactPoint.value_index),
    "telephone": _Index("phone", ContactPoint.value_index),
    "last_six": _Index("phone6", ContactPoint.last_six_index),
    "postcode": _Index("postcode", Address.postcode_index),
}


@lru_cache(maxsize=20)
def _having(asked: tuple[str, ...]) -> sa.CompoundSelect[Any]:
    """Whose numbers, addresses or postcodes these are, along the blind indexes themselves."""
    walks = []
    for name in asked:
        column = _REACHED[name].column
        row = column.class_
        walked = (
            sa.select(row.victim_id)
            .where(column == sa.bindparam(name, type_=column.type))
            .order_by(row.id)
            .limit(sa.bindparam("most", type_=sa.Integer))
            .subquery()
        )
        walks.append(sa.select(*walked.c))
    return sa.union_all(*walks)
