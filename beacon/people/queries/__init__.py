"""Looking for the same person, and how one person may be reached."""

from beacon.people.queries.cards import (
    AddressCard,
    ContactCard,
    PointCard,
    Proposal,
    address_in_full,
    contact_card,
    get_change,
    get_victim,
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
    "ContactCard",
    "Likeness",
    "Match",
    "PointCard",
    "Proposal",
    "address_in_full",
    "contact_card",
    "fingerprint",
    "get_change",
    "get_victim",
    "likenesses",
    "link_between",
    "linked_ids",
    "links_of",
    "match",
    "possible_matches",
]
