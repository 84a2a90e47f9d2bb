"""How a record is found again, however the name or the date of birth was written.

Each key is a keyed fingerprint (as the blind indexes are), cut to 63 bits: two that fall together
cost a comparison, no more. A name is kept in them by its sounds, word by word, so that neither a
slip of the keys in one word nor another order hides it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any  # columns of several tables

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.names import name_key
from beacon.core.sealed import blind_index
from beacon.people.models import Address, ContactPoint, PersonKey, Victim
from beacon.people.rules import Fingerprint, Home, Named, might_be, sound

# When the keys are made in another way, or numbers are found in other forms, this goes up: a job
# then makes every record's keys anew, and holds its numbers again.
KEYS_MADE = 2
BITS = 63
# A refuge's telephone may stand in thousands of records; nobody can compare more than these.
FOUND_AT_MOST = 200

NOBODY = Named("")
# A contact's or an address's blind index, a key, or a victim reference behind its mark.
Handle = str | int
OF_REFERENCE = "="


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who is found by a handle.

    Whoever is found by a number or an address may live or work there with many others, so it is
    told at once how they are called and when they were born.
    """

    victim_id: int
    reached: bool  # by a number or an address
    named: Named
    born: date | None

    def may_be(self, sought: Fingerprint) -> bool:
        """Whether they may be this person, as far as this handle tells (contract 3.5).

        A number or an address alone is no person's. With it goes a date of birth or a name; a
        reference they share is a handle of its own.
        """
        if not self.reached:
            return True
        same_birth = self.born is not None and self.born == sought.born
        return same_birth or might_be(sought.named, self.named)


def keys_of(one: Fingerprint) -> frozenset[int]:
    """The keys of one record: its name with its birth, its postcode and its street."""
    sounds = sorted({sound(word) for word in one.named.words})
    whole = " ".join(sounds)
    keys = []
    if one.born and sounds:
        day = one.born.isoformat()
        keys = [f"born|{day}|{word}" for word in sounds]
        # The date may be off by a figure: the year stands, or all but the year does.
        keys += [f"year|{day[:4]}|{whole}", f"day|{day[5:]}|{whole}"]
    if one.home.postcode:
        keys += [f"postcode|{one.home.postcode}|{word}" for word in sounds]
    if one.home.street:
        keys += [f"street|{one.home.street}|{word}" for word in sounds]
    return frozenset(map(_number, keys))


def handles_of(one: Fingerprint) -> frozenset[Handle]:
    """Everything by which one record is found."""
    plain = [f"{OF_REFERENCE}{one.reference}"] if one.reference else []
    plain += [one.home.whole] if one.home.whole else []
    return frozenset({*plain, *one.contacts, *keys_of(one)})


def found_by(handles: Collection[Handle]) -> dict[Handle, list[Found]]:
    """Who is found by each of these, the newest first: one statement, however many are asked."""
    texts = {one for one in handles if isinstance(one, str)}
    references = {one[len(OF_REFERENCE) :] for one in texts if one.startswith(OF_REFERENCE)}
    indexes = {one for one in texts if not one.startswith(OF_REFERENCE)}
    numbers = {one for one in handles if isinstance(one, int)}
    named = sa.literal(OF_REFERENCE) + Victim.victim_reference
    ways = [
        _way(named, Victim.id, Victim.victim_reference, references),
        _way(PersonKey.value, PersonKey.victim_id, PersonKey.value, numbers),
        _reached(ContactPoint.value_index, ContactPoint.victim_id, indexes),
        _reached(Address.full_index, Address.victim_id, indexes),
    ]
    asked = [way for way in ways if way is not None]
    found: defaultdict[Handle, list[Found]] = defaultdict(list)
    if asked:
        for text, number, one, reached, *said, born in db.session.execute(sa.union_all(*asked)):
            called = _named(*said) if reached else NOBODY
            found[number if text is None else text].append(Found(one, bool(reached), called, born))
    return found


def prints_of(ids: Collection[int]) -> dict[int, Fingerprint]:
    """What each of these records can be compared by."""
    if not ids:
        return {}
    contacts, homes = _contacts(ids), _homes(ids)
    columns = (Victim.id, Victim.name_key, Victim.first_name, Victim.last_name)
    rows = db.session.execute(
        sa.select(*columns, Victim.date_of_birth, Victim.victim_reference).where(Victim.id.in_(ids))
    )
    return {
        row.id: Fingerprint(
            named=_named(row.name_key, row.first_name, row.last_name),
            born=row.date_of_birth,
            reference=row.victim_reference or "",
            contacts=frozenset(contacts.get(row.id, ())),
            home=homes.get(row.id, Home()),
        )
        for row in rows
    }


def print_of(victim: Victim) -> Fingerprint:
    """What a record that is being changed can be compared by from now on."""
    home = Home()
    for one in victim.addresses:
        home = _moved(home, one.full_index, one.street_index, one.postcode_index)
    return Fingerprint(
        named=_named(victim.name_key, victim.first_name, victim.last_name),
        born=victim.date_of_birth,
        reference=victim.victim_reference or "",
        contacts=frozenset(point.value_index for point in victim.contact_points),
        home=home,
    )


def _number(key: str) -> int:
    return int(blind_index("person", key)[:16], 16) >> (64 - BITS)


def _way(handle: Any, owner: Any, index: Any, sought: Collection[Handle]) -> sa.Select[Any] | None:
    """Those whom one index finds, no more than can be compared for each value."""
    if not sought:
        return None
    nothing, no_day = sa.cast(sa.null(), sa.String), sa.cast(sa.null(), sa.Date)
    is_number = isinstance(next(iter(sought)), int)
    text = nothing if is_number else handle
    number = handle if is_number else sa.cast(sa.null(), sa.BigInteger)
    rows = _newest(owner, index, sought).add_columns(text.label("text"), number.label("number"))
    few = rows.subquery()
    return sa.select(
        few.c.text, few.c.number, few.c.owner, sa.false(), nothing, nothing, nothing, no_day
    ).where(few.c.nth <= FOUND_AT_MOST)


def _reached(index: Any, owner: Any, sought: Collection[Handle]) -> sa.Select[Any] | None:
    """The same of a number or an address, with what their names and dates of birth are."""
    if not sought:
        return None
    few = _newest(owner, index, sought).add_columns(index.label("text")).subquery()
    told = (Victim.name_key, Victim.first_name, Victim.last_name, Victim.date_of_birth)
    return (
        sa.select(few.c.text, sa.cast(sa.null(), sa.BigInteger), few.c.owner, sa.true(), *told)
        .join_from(few, Victim, Victim.id == few.c.owner)
        .where(few.c.nth <= FOUND_AT_MOST)
    )


def _newest(owner: Any, index: Any, sought: Collection[Handle]) -> sa.Select[Any]:
    nth = sa.func.row_number().over(partition_by=index, order_by=owner.desc())
    return sa.select(owner.label("owner"), nth.label("nth")).where(index.in_(sought))


def _contacts(ids: Iterable[int]) -> dict[int, list[str]]:
    gathered: dict[int, list[str]] = {}
    rows = sa.select(ContactPoint.victim_id, ContactPoint.value_index)
    for victim_id, value in db.session.execute(rows.where(ContactPoint.victim_id.in_(ids))):
        gathered.setdefault(victim_id, []).append(value)
    return gathered


def _homes(ids: Iterable[int]) -> dict[int, Home]:
    """Where each of them lives now."""
    homes: dict[int, Home] = {}
    indexes = (Address.full_index, Address.street_index, Address.postcode_index)
    rows = sa.select(Address.victim_id, *indexes).where(Address.victim_id.in_(ids))
    for victim_id, *of_home in db.session.execute(rows.order_by(Address.id)):
        homes[victim_id] = _moved(homes.get(victim_id, Home()), *of_home)
    return homes


def _moved(before: Home, whole: str | None, street: str | None, code: str | None) -> Home:
    """The last that was said of a home; what was left out is as it was before."""
    return Home(whole or before.whole, street or before.street, code or before.postcode)


def _named(whole: str, first: str, last: str) -> Named:
    """The name of a record; a record without a name equals nobody's."""
    if not whole:
        return Named("")
    return Named(whole, *_parts(first, last)) if last else Named(whole)


@lru_cache(maxsize=5_000)
def _parts(first: str, last: str) -> tuple[str, str]:
    return name_key(first), name_key(last)
