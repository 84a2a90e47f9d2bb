"""Kinds of holder, and the three answers that the window in the wall gives."""

from __future__ import annotations

from enum import StrEnum


class Owner(StrEnum):
    """What a number belongs to. Defendants are not in this list: they hold nothing here."""

    VICTIM = "victim"
    FORMER = "former"
    HOUSEHOLD = "household"
    CHILD = "child"
    NEXT_OF_KIN = "next_of_kin"
    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    SPEAKS_FOR = "speaks_for"
    PARTNER = "partner"
    STAFF = "staff"
    REFERRAL = "referral"
    CALLER = "caller"  # who left a message, of whatever case they may be

    @property
    def label(self) -> str:
        """The word as a person says it."""
        return self.value.replace("_", " ").capitalize()


class Held(StrEnum):
    """Whether anyone on our side of the wall holds a number."""

    NONE = "none"
    ANOTHER_CASE = "another_case"
    SAME_CASE = "same_case"

    @property
    def label(self) -> str:
        """The answer as a person says it."""
        return self.value.replace("_", " ").capitalize()
