"""Adding a number or an address to a record; every telephone number is held in the same breath."""

from __future__ import annotations

from beacon.core.names import name_key
from beacon.core.postcode import address_key, postcode_key
from beacon.core.sealed import blind_index
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from beacon.people.models import Address, ContactPoint, Victim
from beacon.people.rules import Point

LAST_SIX = 6


def add_point(victim: Victim, point: Point, *, from_feed: bool) -> ContactPoint:
    """Give the record one more number or e-mail address; nothing about it is asked yet."""
    digits = "".join(mark for mark in point.normal if mark.isdigit())
    tail = digits[-LAST_SIX:] if point.is_number and len(digits) >= LAST_SIX else ""
    added = ContactPoint(
        kind=point.kind,
        value=point.value,
        value_index=blind_index(point.index_kind, point.normal),
        last_six_index=blind_index("phone6", tail) if tail else None,
        from_feed=from_feed,
    )
    victim.contact_points.append(added)
    return added


def add_address(victim: Victim, lines: str, postcode: str, *, from_feed: bool) -> Address:
    """Give the record an address, findable by its postcode and as a whole."""
    added = Address(lines=lines, postcode=postcode, from_feed=from_feed)
    index_address(added)
    victim.addresses.append(added)
    return added


def index_address(address: Address) -> None:
    """Make an address findable by what it now says."""
    whole = address_key(address.lines, address.postcode)
    code, street = postcode_key(address.postcode), name_key(address.lines)
    address.full_index = blind_index("address", whole) if whole else None
    address.street_index = blind_index("street", street) if street else None
    address.postcode_index = blind_index("postcode", code) if code else None


def hold_numbers(
    victim: Victim, points: list[Point], *, crime_reference: str | None = None
) -> None:
    """Write every number to the wall, mobile and landline, so that no defendant is texted there."""
    for point in points:
        if point.is_number:
            numbers.hold(point.value, Owner.VICTIM, victim.id, crime_reference=crime_reference)
