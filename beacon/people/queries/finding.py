"""Looking for people by the words kept of them: ranges of one index, each cut short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.core.names import phonetic
from beacon.core.sealed import blind_index
from beacon.people.models import Address, ContactPoint, SearchKey, Victim
from beacon.people.rules.finding import Range, Sought

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Way:
    """One part of what a viewer may find: a condition that an index of the keys begins with.

    `few` is for a handful of cases by their ids: they are looked at one by one instead.
    """

    condition: Condition
    few: bool = False


def arms(ranges: Sequence[Range], ways: Iterable[Way], *, most: int) -> list[sa.Select[int, str]]:
    """For every range and way one walk along an index, in its order, at most so many steps."""
    found = []
    for way in ways if ranges else ():
        if way.few:
            found.append(_of_few(ranges, way, most))
        else:
            found += [_arm(one, way, most) for one in ranges]
    return found


def points(sought: Sought) -> list[sa.Select[int]]:
    """The victims who are reached, or live, as the words say: by their blind indexes."""
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


def named(name: str) -> Condition:
    """A victim who is called so, spelt or sounding: for those found by a date of birth."""
    if not name:
        return sa.true()
    *before, last = name.split()
    sounds = Victim.surname_sound == phonetic(last)
    ways = [_begins(Victim.name_key, name), _begins(Victim.surname_key, name)]
    if before:
        first = _begins(Victim.name_key, " ".join(before))
        ways.append(sa.and_(first, _begins(Victim.surname_key, last)))
        sounds = sa.and_(first, sounds)
    return sa.or_(*ways, sounds)


def _begins(column: InstrumentedAttribute[str], text: str) -> Condition:
    return column.startswith(text, autoescape=True)


def _reached(kind: str, normal: str) -> sa.Select[int]:
    index = blind_index(kind, normal)
    return sa.select(ContactPoint.victim_id).where(ContactPoint.value_index == index)


def _arm(one: Range, way: Way, most: int) -> sa.Select[int, str]:
    return (
        _walk(sa.literal_column(str(one.rank), sa.Integer))
        .where(way.condition, SearchKey.kind == one.kind, *_within(one))
        .limit(most)
    )


def _of_few(ranges: Sequence[Range], way: Way, most: int) -> sa.Select[int, str]:
    """All ranges at once; the kind is hidden from the planner, so that it begins with the ids."""
    kind = sa.func.coalesce(SearchKey.kind, "")
    within = [sa.and_(kind == one.kind.value, *_within(one)) for one in ranges]
    rank = sa.case(*((held, one.rank) for held, one in zip(within, ranges, strict=True)))
    return _walk(rank).where(way.condition, sa.or_(*within)).limit(most)


def _within(one: Range) -> tuple[Condition, Condition]:
    return SearchKey.key >= one.low, SearchKey.key < one.high


def _walk(rank: sa.ColumnElement[int]) -> sa.Select[int, str]:
    return sa.select(
        rank.label("rank"),
        SearchKey.key.label("key"),
        SearchKey.case_id.label("case_id"),
        SearchKey.victim_id.label("victim_id"),
    ).order_by(SearchKey.key, SearchKey.id)
