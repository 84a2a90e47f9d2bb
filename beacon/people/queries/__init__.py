"""Looking for the same person, and how one person may be reached."""

from beacon.people.queries.around import (
    AroundCard,
    AskedAround,
    asked_around,
    card_of,
    get_around,
    number_in_full,
    people_around,
)
from beacon.people.queries.cards import contact_card, get_change, get_victim
from beacon.people.queries.conflicts import (
    is_member_of_staff,
    known_as_kin,
    staff_in_conflict,
)
from beacon.people.queries.consents import Stands, consent_to, consents, said_of_consent
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
    "AroundCard",
    "AskedAround",
    "AskedFor",
    "ContactCard",
    "Likeness",
    "Match",
    "PointCard",
    "Proposal",
    "Stands",
    "address_in_full",
    "asked_around",
    "asked_for",
    "card_of",
    "consent_to",
    "consents",
    "contact_card",
    "fingerprint",
    "get_address",
    "get_around",
    "get_change",
    "get_point",
    "get_victim",
    "is_in_hand",
    "is_member_of_staff",
    "is_restricted",
    "known_as_kin",
    "likenesses",
    "link_between",
    "linked_ids",
    "links_of",
    "match",
    "number_in_full",
    "people_around",
    "point_in_full",
    "possible_matches",
    "said_of_consent",
    "staff_in_conflict",
]
