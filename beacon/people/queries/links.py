"""Which records are held to be one person: links, links of links, and what was said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.core.db import db
from beacon.people.models import PersonLink, PersonLinkDecision
from beacon.people.terms import Fact, LinkState


@dataclass(frozen=True)
class Said:
    """One thing that was said of two records: what, when, by whom, on what grounds, and why."""

    state: LinkState
    at: datetime
    by: str  # empty where the import said it
    facts: tuple[Fact, ...]
    reason: str


@dataclass(frozen=True)
class Parted:
    """Who each side would be without one link."""

    one: frozenset[int]
    other: frozenset[int]

    @property
    def hangs_together(self) -> bool:
        """Whether both sides stay one person all the same, by other links."""
        return self.one == self.other


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


def parted(link: PersonLink, links: Iterable[PersonLink]) -> Parted:
    """Who each side of a link would be without it: a chain may be cut in the middle."""
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for one in links:
        if one.id != link.id and one.state is LinkState.LINKED:
            beside[one.victim_id].add(one.other_id)
            beside[one.other_id].add(one.victim_id)
    return Parted(_reached(link.victim_id, beside), _reached(link.other_id, beside))


def said_of(links: Iterable[PersonLink]) -> dict[int, list[Said]]:
    """What was said of each of these links, in order (security.md U-01: combination)."""
    told: dict[int, list[Said]] = {one.id: [] for one in links}
    rows = db.session.execute(
        sa.select(PersonLinkDecision, Staff.name)
        .outerjoin(Staff, Staff.id == PersonLinkDecision.by_id)
        .where(PersonLinkDecision.link_id.in_(told))
        .order_by(PersonLinkDecision.id)
    )
    for one, name in rows:
        facts = tuple(Fact(word) for word in one.basis.split(",") if word)
        told[one.link_id].append(Said(one.state, one.created_at, name or "", facts, one.reason))
    return told


def _reached(start: int, beside: Mapping[int, set[int]]) -> frozenset[int]:
    known, new = {start}, {start}
    while new:
        new = {one for step in new for one in beside.get(step, ())} - known
        known |= new
    return frozenset(known)
