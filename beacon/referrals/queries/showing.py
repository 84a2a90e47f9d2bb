"""One referral as its page shows it: who it may be, and what is suggested."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.feeds import queries as feeds
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import (
    ContactCard,
    contact_card,
    known_as_kin,
    links_of,
    possible_matches,
)
from beacon.people.rules import is_certain, is_likely
from beacon.people.terms import Fact, LinkState
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place

SHOWN_AT_MOST = 5
LINKS_IN_ORDER = (
    LinkState.POSSIBLE,
    LinkState.LINKED,
    None,
    LinkState.UNDONE,
    LinkState.NOT_THE_SAME,
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be the person of a referral, beside whom the referral is laid."""

    victim_id: int
    facts: tuple[Fact, ...]
    state: LinkState | None
    card: ContactCard | None
    cases: tuple[str, ...]
    is_certain: bool
    is_likely: bool

    @property
    def agrees_in(self) -> str:
        """The facts that agree, in words."""
        return ", ".join(fact.label for fact in self.facts)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page of triage suggests, each ground with the fact that proposed it."""

    category: VictimCategory
    ticked: tuple[EnhancedGround, ...]
    facts: dict[str, str]


# How to reach somebody is told by the card alone, under the rules of safe contact.
TOLD_BY_THE_CARD = frozenset(
    {"mobile", "phone", "email", "address", "postcode", "safe_contact_notes", "officer_email"}
)


def get_referral(viewer: Viewer, referral_id: int) -> Referral:
    """One referral with its person, crime and case, if the viewer may see it."""
    query = scope.visible(viewer, Referral).where(Referral.id == referral_id)
    query = query.options(
        joinedload(Referral.victim), joinedload(Referral.crime), joinedload(Referral.case)
    )
    referral = db.session.scalars(query).first()
    if referral is None:
        raise NotFound
    return referral


def waiting_for(viewer: Viewer, victim_id: int) -> list[int]:
    """The referrals of one person that still stand in the queue, the oldest first."""
    return list(
        db.session.scalars(
            scope.visible(viewer, Referral)
            .where(Referral.victim_id == victim_id, Referral.place < Place.DONE)
            .with_only_columns(Referral.id)
            .order_by(Referral.id)
        )
    )


def triage_asked(referral: Referral) -> Asked:
    """What is suggested for a referral: what was proposed, and what was decided before."""
    facts: dict[str, str] = dict(json.loads(referral.proposals))
    ticked = {EnhancedGround(ground) for ground in facts}
    if referral.case is not None:
        ticked |= {one.ground for one in referral.case.grounds if one.holds is not False}
        ticked -= {one.ground for one in referral.case.grounds if one.holds is False}
        facts |= {one.ground.value: one.proposed_by for one in referral.case.grounds}
    category = VictimCategory.ENHANCED if ticked else VictimCategory.STANDARD
    hints = {ground: f"Proposed: {fact}" for ground, fact in facts.items() if fact}
    return Asked(category=category, ticked=tuple(sorted(ticked)), facts=hints)


Teller = Callable[[int], dict[str, str]]
_tellers: dict[str, Teller] = {}


def told_through(feed: str, teller: Teller) -> None:
    """Register what tells, by a referral's number, what came in by this feed, where no file did."""
    _tellers[feed] = teller


def what_the_feed_said(referral: Referral) -> dict[str, str]:
    """The referral's last row, but for what would reach the person."""
    teller = _tellers.get(referral.feed)
    said = teller(referral.id) if teller else feeds.last_row(referral.feed, referral.id)
    return {name: text for name, text in said.items() if name not in TOLD_BY_THE_CARD}


@dataclass(frozen=True, kw_only=True)
class Near:
    """Those who may be the person of a referral: the nearest, and how many more there are."""

    shown: tuple[Candidate, ...]
    more: int


def candidates(viewer: Viewer, referral: Referral) -> Near:
    """Who agrees with the person of a referral in anything, and those linked to it.

    Those of whom somebody must say something come first. A shared phone or address alone is shown;
    it never makes two records one person (contract 3.5). Of a record that the viewer may not open,
    only that it is there; of the viewer's own kin, not even that.
    """
    found = {one.victim_id: one.facts for one in possible_matches(referral.victim)}
    said = {_other(one, referral.victim_id): one for one in links_of([referral.victim_id])}
    for other_id, link in said.items():
        found.setdefault(other_id, tuple(Fact(word) for word in link.basis.split(",") if word))
    for kin in known_as_kin(viewer, found):
        del found[kin]
    order = sorted(found, key=lambda other_id: _nearness(other_id, found[other_id], said))
    shown = [
        _candidate(viewer, other_id, found[other_id], said.get(other_id))
        for other_id in order[:SHOWN_AT_MOST]
    ]
    return Near(shown=tuple(shown), more=len(order) - len(shown))


def _nearness(
    other_id: int, facts: tuple[Fact, ...], said: dict[int, PersonLink]
) -> tuple[int, bool, bool, int]:
    link = said.get(other_id)
    state = LINKS_IN_ORDER.index(link.state if link else None)
    return (state, not is_certain(facts), not is_likely(facts), other_id)


def _candidate(
    viewer: Viewer, victim_id: int, facts: tuple[Fact, ...], link: PersonLink | None
) -> Candidate:
    visible = db.session.scalars(
        scope.visible(viewer, Victim).where(Victim.id == victim_id)
    ).first()
    references = db.session.scalars(
        scope.visible(viewer, CaseFile)
        .where(CaseFile.victim_id == victim_id)
        .with_only_columns(CaseFile.reference)
        .order_by(CaseFile.id)
    )
    return Candidate(
        victim_id=victim_id,
        facts=facts,
        state=link.state if link else None,
        card=contact_card(viewer, visible) if visible else None,
        cases=tuple(references),
        is_certain=is_certain(facts),
        is_likely=is_likely(facts),
    )


def _other(link: PersonLink, victim_id: int) -> int:
    return link.other_id if link.victim_id == victim_id else link.victim_id
