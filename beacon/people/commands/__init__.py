"""Registering people, taking in what feeds say of them, linking records, confirming facts."""

from beacon.people.commands.changes import accept_change, decline_change
from beacon.people.commands.confirming import (
    ContactAnswers,
    PointAnswer,
    confirm_contact,
    reveal_address,
)
from beacon.people.commands.linking import link, not_the_same, suggest, unlink
from beacon.people.commands.registering import BY_HAND, NO_NAME, receive, register

__all__ = [
    "BY_HAND",
    "ContactAnswers",
    "NO_NAME",
    "PointAnswer",
    "accept_change",
    "confirm_contact",
    "decline_change",
    "link",
    "not_the_same",
    "receive",
    "register",
    "reveal_address",
    "suggest",
    "unlink",
]
