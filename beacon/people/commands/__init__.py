"""Registering people, what feeds say of them, links, confirmed facts, and what is shown to whom."""

from beacon.people.commands.around import (
    add_around,
    change_around,
    retire_around,
    show_around,
)
from beacon.people.commands.changes import accept_change, decline_change
from beacon.people.commands.confirming import (
    ContactAnswers,
    PointAnswer,
    confirm_contact,
)
from beacon.people.commands.consenting import ConsentAnswer, ask_consent, record_consent
from beacon.people.commands.linking import link, not_the_same, suggest, unlink
from beacon.people.commands.registering import BY_HAND, NO_NAME, receive, register
from beacon.people.commands.showing import reveal_address, show_point

__all__ = [
    "BY_HAND",
    "ConsentAnswer",
    "ContactAnswers",
    "NO_NAME",
    "PointAnswer",
    "accept_change",
    "add_around",
    "change_around",
    "ask_consent",
    "confirm_contact",
    "decline_change",
    "link",
    "not_the_same",
    "receive",
    "record_consent",
    "register",
    "retire_around",
    "reveal_address",
    "show_around",
    "show_point",
    "suggest",
    "unlink",
]
