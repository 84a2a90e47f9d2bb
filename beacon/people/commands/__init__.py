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
    keep_own_words,
)
from beacon.people.commands.consenting import ConsentAnswer, ask_consent, record_consent
from beacon.people.commands.equality import (
    Communication,
    Equality,
    say_communication,
    say_disability,
    say_equality,
)
from beacon.people.commands.finding import NO_CASE, Through, find_by, find_through
from beacon.people.commands.keying import keep_findable, key_those_without
from beacon.people.commands.linking import link, not_the_same, suggest, unlink
from beacon.people.commands.registering import BY_HAND, NO_NAME, receive, register
from beacon.people.commands.showing import reveal_address, show_point

__all__ = [
    "BY_HAND",
    "Communication",
    "Equality",
    "ConsentAnswer",
    "ContactAnswers",
    "NO_CASE",
    "NO_NAME",
    "PointAnswer",
    "Through",
    "accept_change",
    "add_around",
    "change_around",
    "ask_consent",
    "confirm_contact",
    "decline_change",
    "keep_findable",
    "key_those_without",
    "keep_own_words",
    "find_by",
    "find_through",
    "link",
    "not_the_same",
    "receive",
    "record_consent",
    "register",
    "retire_around",
    "reveal_address",
    "say_communication",
    "say_disability",
    "say_equality",
    "show_around",
    "show_point",
    "suggest",
    "unlink",
]
