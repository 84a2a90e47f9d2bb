"""One referral as its page shows it: who it may be, and what is suggested."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import joinedload

from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.entitlements.terms import EnhancedGround, VictimCategory
from beacon.feeds import queries as feeds
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place


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
