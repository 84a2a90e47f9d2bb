"""Lists that several features put before a person: what waits for their word, what is at hand.

The desk shows how long each is, all counted in one statement, and pages of it show the lists. Each
feature says at start what it puts there::

    shelves.add(
        shelves.Shelf(
            key="plans",
            name="Plans to approve",
            kind=shelves.Kind.WAITING,
            order=10,
            permission=PlanPermission.APPROVE,
            query=queries.plans_submitted,
            line=queries.plan_line,
        )
    )

where ``query(actor)`` is a select of what this person may see, in its order, and ``line(row)``
makes of one row what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any  # the columns of a select differ from shelf to shelf

import sqlalchemy as sa

from beacon.core import roles
from beacon.core.actor import Actor
from beacon.core.db import db

ROWS_AT_MOST = 50


class Kind(StrEnum):
    """Which of the two pages a list stands on."""

    WAITING = "waiting"  # somebody else's work stops until this person has said their word
    AT_HAND = "at_hand"  # this person's own day

    @property
    def label(self) -> str:
        """The page as a heading says it."""
        return {"waiting": "Waiting for you", "at_hand": "At hand"}[self]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: what it is, whose case, and the page on which it is answered."""

    words: str
    endpoint: str
    args: Mapping[str, int | str] = field(default_factory=dict)
    under: str = ""
    reference: str = ""
    due_on: date | None = None
    since: date | None = None
    case_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """One list that a feature keeps for people."""

    key: str
    name: str
    kind: Kind
    order: int
    permission: StrEnum
    query: Callable[[Actor], sa.Select[*tuple[Any, ...]]]
    line: Callable[[Any], Line]


@dataclass(frozen=True)
class Counted:
    """One list with how much is on it."""

    shelf: Shelf
    number: int


@dataclass(frozen=True)
class Opened:
    """One list with its lines."""

    shelf: Shelf
    lines: Sequence[Line]

    @property
    def is_full(self) -> bool:
        """Whether there are, or may be, more than are shown."""
        return len(self.lines) >= ROWS_AT_MOST


_shelves: dict[str, Shelf] = {}


def add(shelf: Shelf) -> None:
    """Put a list before people. The same key again replaces what stood there."""
    _shelves[shelf.key] = shelf


def of(actor: Actor, kind: Kind | None = None) -> list[Shelf]:
    """The lists that this person may have, in their order."""
    found = [
        shelf
        for shelf in _shelves.values()
        if kind in {None, shelf.kind} and roles.may(actor.roles, shelf.permission)
    ]
    return sorted(found, key=lambda shelf: (shelf.order, shelf.key))


def counts(actor: Actor) -> list[Counted]:
    """How much is on each of this person's lists, in one statement; empty ones are left out."""
    shelves = of(actor)
    if not shelves:
        return []
    numbers = db.session.execute(sa.select(*(_count(shelf, actor) for shelf in shelves))).one()
    return [
        Counted(shelf, number) for shelf, number in zip(shelves, numbers, strict=True) if number
    ]


def open_all(actor: Actor, kind: Kind) -> list[Opened]:
    """This person's lists of one page, those with something on them."""
    opened = (Opened(shelf, _lines(shelf, actor)) for shelf in of(actor, kind))
    return [one for one in opened if one.lines]


def _count(shelf: Shelf, actor: Actor) -> sa.ScalarSelect[int]:
    query = shelf.query(actor).order_by(None)
    counted = query.with_only_columns(sa.func.count(), maintain_column_froms=True)
    return counted.correlate(None).scalar_subquery()


def _lines(shelf: Shelf, actor: Actor) -> list[Line]:
    query = shelf.query(actor).limit(ROWS_AT_MOST)
    return [shelf.line(row) for row in db.session.execute(query)]
