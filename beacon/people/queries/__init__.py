"""Looking for the same person, how one may be reached, and what stands before a number."""

from beacon.people.queries.cards import contact_card, get_change, get_victim
from beacon.people.queries.facts import AddressCard, ContactCard, PointCard, Proposal
from beacon.people.queries.guarding import (
    AskedFor,
    address_in_full,
    asked_for,
    get_address,
    get_point,
    is_in_hand,
    is_restricted,
    point_in_full,
)
from beacon.people.queries.matching import (
    Likeness,
    Match,
    fingerprint,
    likenesses,
    link_between,
    linked_ids,
    links_of,
    match,
    possible_matches,
)

__all__ = [
    "AddressCard",
    "AskedFor",
    "ContactCard",
    "Likeness",
    "Match",
    "PointCard",
    "Proposal",
    "address_in_full",
    "asked_for",
    "contact_card",
    "fingerprint",
    "get_address",
    "get_change",
    "get_point",
    "get_victim",
    "is_in_hand",
    "is_restricted",
    "likenesses",
    "link_between",
    "linked_ids",
    "links_of",
    "match",
    "point_in_full",
    "possible_matches",
]
