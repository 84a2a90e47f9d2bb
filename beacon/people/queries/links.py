"""Which records are held to be one person: links, links of links, and what was said of each."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from beacon.core.db import db
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState


def linked_ids(victim_id: int) -> set[int]:
    """Every other record held to be the same person, by links and links of links."""
    known, new = {victim_id}, {victim_id}
    while new:
        pairs = db.session.execute(
            sa.select(PersonLink.victim_id, PersonLink.other_id).where(
                PersonLink.state == LinkState.LINKED,
                sa.or_(PersonLink.victim_id.in_(new), PersonLink.other_id.in_(new)),
            )
        )
        new = {one for pair in pairs for one in pair} - known
        known |= new
    return known - {victim_id}


def link_between(one: int, other: int) -> PersonLink | None:
    """What has been said of two records, if anything."""
    low, high = sorted((one, other))
    return db.session.scalars(
        sa.select(PersonLink).where(PersonLink.victim_id == low, PersonLink.other_id == high)
    ).first()


def links_of(victim_ids: Iterable[int]) -> list[PersonLink]:
    """Everything that has been said of these records and others, in order."""
    ids = list(victim_ids)
    return list(
        db.session.scalars(
            sa.select(PersonLink)
            .where(sa.or_(PersonLink.victim_id.in_(ids), PersonLink.other_id.in_(ids)))
            .order_by(PersonLink.id)
        )
    )
