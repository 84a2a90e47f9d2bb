"""The tables of people."""

from beacon.people.models.communicating import CommunicationNeeds
from beacon.people.models.consenting import ConsentGiven
from beacon.people.models.finding import PersonKey, PersonLink, PersonLinkDecision, SearchKey
from beacon.people.models.records import (
    Address,
    AddressShowing,
    AroundShowing,
    ContactPoint,
    ContactShowing,
    PersonAround,
    ProposedChange,
    SafeContact,
    Victim,
)

__all__ = [
    "Address",
    "AddressShowing",
    "AroundShowing",
    "CommunicationNeeds",
    "ConsentGiven",
    "ContactPoint",
    "ContactShowing",
    "PersonAround",
    "PersonKey",
    "PersonLink",
    "PersonLinkDecision",
    "ProposedChange",
    "SafeContact",
    "SearchKey",
    "Victim",
]
