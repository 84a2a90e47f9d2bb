"""Workshops and events: of which kind, for whom, and what was handed out."""

from __future__ import annotations

from enum import StrEnum


def _plain(word: StrEnum) -> str:
    return word.value.replace("_", " ").capitalize()


class OutreachKind(StrEnum):
    """How people were reached."""

    WORKSHOP = "workshop"
    TALK = "talk"
    STALL = "stall"
    DROP_IN = "drop_in"
    TRAINING = "training"
    ONLINE = "online"

    @property
    def label(self) -> str:
        """The kind as a page says it."""
        return "Drop-in" if self is OutreachKind.DROP_IN else _plain(self)


class Audience(StrEnum):
    """For whom it was."""

    PUBLIC = "public"
    OLDER_PEOPLE = "older_people"
    CARERS = "carers"
    YOUNG_PEOPLE = "young_people"
    BUSINESSES = "businesses"
    BANK_STAFF = "bank_staff"
    PROFESSIONALS = "professionals"

    @property
    def label(self) -> str:
        """The audience as a page says it."""
        return "Anybody" if self is Audience.PUBLIC else _plain(self)
