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
from beacon.people.queries.conflicts import is_member_of_staff, known_as_kin, staff_in_conflict
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
    "is_member_of_staff",
    "known_as_kin",
    "likenesses",
    "link_between",
    "linked_ids",
    "links_of",
    "match",
    "possible_matches",
    "staff_in_conflict",
]
