"""Keeping a record findable: its keys say what it says (queries.finding)."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from beacon.core import lots
from beacon.core.db import db, transaction
from beacon.people.commands.holding import hold_numbers, index_address
from beacon.people.models import PersonKey, ProposedChange, Victim
from beacon.people.queries import KEYS_MADE, keys_of, print_of
from beacon.people.rules import telephone
from beacon.people.terms import ContactKind


def make_findable(victim: Victim) -> None:
    """Store a new record together with its keys."""
    with transaction() as session:
        victim.keys_made = KEYS_MADE
        lots.keep(victim)
        session.flush()
        _add(victim.id, keys_of(print_of(victim)))


def keep_findable(victim: Victim) -> None:
    """Make a record's keys anew where its name, its birth or its home has changed."""
    with transaction() as session:
        session.flush()
        of_victim = PersonKey.victim_id == victim.id
        held = set(session.scalars(sa.select(PersonKey.value).where(of_victim)))
        wanted = keys_of(print_of(victim))
        if gone := held - wanted:
            session.execute(sa.delete(PersonKey).where(of_victim, PersonKey.value.in_(gone)))
        _add(victim.id, wanted - held)
        if victim.keys_made < KEYS_MADE:
            _hold_again(victim)
        victim.keys_made = KEYS_MADE


def key_those_without(at_most: int) -> int:
    """Make the keys of records that have none, or old ones; give how many were made.

    So it is after an upgrade that makes them in another way: a migration has no keys to make them.
    Their numbers are held again then, in each form in which a number is found now.
    """
    with transaction() as session:
        waiting = list(
            session.scalars(
                sa.select(Victim)
                .where(Victim.keys_made < KEYS_MADE)
                .options(selectinload(Victim.addresses), selectinload(Victim.contact_points))
                .order_by(Victim.id)
                .limit(at_most)
            )
        )
        for victim in waiting:
            for home in victim.addresses:
                index_address(home)
            keep_findable(victim)
    return len(waiting)


def _hold_again(victim: Victim) -> None:
    """Hold each number of a record, past ones and those only proposed too (RULE 5.3)."""
    number = [kind.value for kind in ContactKind if kind is not ContactKind.EMAIL]
    proposed = sa.select(ProposedChange).where(
        ProposedChange.victim_id == victim.id, ProposedChange.field.in_(number)
    )
    written = [one.value for one in victim.contact_points if one.kind.value in number]
    written += [one.value for one in db.session.scalars(proposed)]
    hold_numbers(victim, [telephone(one) for one in written if one])


def _add(victim_id: int, keys: Iterable[int]) -> None:
    rows = [{"victim_id": victim_id, "value": value} for value in sorted(keys)]
    if rows:
        lots.insert(PersonKey.__table__, rows)  # type: ignore[arg-type]
