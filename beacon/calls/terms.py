"""The words of calls: how a caller is checked, how they are rung back, and who may do what."""

from __future__ import annotations

from enum import StrEnum

from beacon.core.roles import Role
from beacon.entitlements.terms import Channel


class CheckWay(StrEnum):
    """By what a caller shows who they are."""

    PHRASE = "phrase"
    FACTS = "facts"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {"phrase": "Pass-phrase", "facts": "Two facts, a weaker check"}[self]


class Fact(StrEnum):
    """What a caller may be asked where there is no pass-phrase."""

    CRIME_REFERENCE = "crime_reference"
    MANAGER = "manager"
    OFFICER = "officer"
    BORN = "born"
    POSTCODE = "postcode"

    @property
    def label(self) -> str:
        """The question as the worker asks it."""
        return {
            "crime_reference": "Their crime reference",
            "manager": "Who their case manager is",
            "officer": "Who the officer in the case is",
            "born": "Their date of birth",
            "postcode": "Their postcode",
        }[self]


class Proof(StrEnum):
    """How far whoever left a message had shown who they are."""

    PHRASE = "phrase"
    FACTS = "facts"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word as a page says it."""
        return {
            "phrase": "Knew the pass-phrase",
            "facts": "Knew two facts, a weaker check",
            "none": "Not checked: it may be somebody else",
        }[self]


class RingBack(StrEnum):
    """How the caller wants to hear from us again."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    THEY_RING = "they_ring"

    @property
    def label(self) -> str:
        """The way as a page says it."""
        return {
            "phone": "Ring them, on a number that is recorded as safe",
            "text": "Text them, on a number that is recorded as safe for texts",
            "email": "Email them, at an address that is recorded as safe",
            "they_ring": "Do not contact them: they ring again",
        }[self]

    @property
    def channel(self) -> Channel | None:
        """The channel that must be safe for it; None where nobody contacts them."""
        return {"phone": Channel.PHONE, "text": Channel.TEXT, "email": Channel.EMAIL}.get(self)


class CallPermission(StrEnum):
    """What may be done about calls."""

    TAKE = "calls.take"  # answer the line, check who it is, leave and answer messages
    ROUND = "calls.round"  # log attempts from one's own list


_MANAGERS = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER, Role.FRAUD_OFFICER})
GRANTS = {
    CallPermission.TAKE: _MANAGERS | {Role.INTAKE_OFFICER},
    CallPermission.ROUND: _MANAGERS,
}
