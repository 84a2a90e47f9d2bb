"""Who the person of a referral may be: each record laid beside it, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import (
    ContactCard,
    contact_card,
    known_as_kin,
    links_of,
    possible_matches,
    prints_of,
)
from beacon.people.rules import Mark, beside, is_certain, is_likely
from beacon.people.terms import Fact, LinkState
from beacon.referrals.models import Referral

SHOWN_AT_MOST = 5
ASKED_AT_ONCE = 3
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
    link_id: int | None
    card: ContactCard | None
    cases: tuple[str, ...]
    marks: Mapping[str, Mark]
    is_certain: bool
    is_likely: bool

    @property
    def agrees_in(self) -> str:
        """The facts that agree, in words."""
        return ", ".join(fact.label for fact in self.facts)

    @property
    def is_linked(self) -> bool:
        """Whether it is held to be the same person."""
        return self.state is LinkState.LINKED

    @property
    def is_asked(self) -> bool:
        """Whether somebody must still say: it was suggested, or agrees in enough."""
        if self.card is None:
            return False
        likely = self.state is None and (self.is_certain or self.is_likely)
        return self.state is LinkState.POSSIBLE or likely


@dataclass(frozen=True, kw_only=True)
class Near:
    """Those who may be the person of a referral: the nearest, and how many more there are."""

    shown: tuple[Candidate, ...]
    more: int

    @property
    def asked(self) -> tuple[Candidate, ...]:
        """Those of whom somebody must say something, as many as stand beside each other."""
        return tuple(one for one in self.shown if one.is_asked)[:ASKED_AT_ONCE]

    @property
    def beside(self) -> tuple[Candidate, ...]:
        """Those whom a page lays beside the referral: the asked, or else the nearest."""
        open_ones = tuple(one for one in self.shown if one.card and not one.is_linked)
        return self.asked or open_ones[:ASKED_AT_ONCE]

    @property
    def are_linked(self) -> bool:
        """Whether the person is held to be somebody we know."""
        return any(one.is_linked for one in self.shown)


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
    nearest = order[:SHOWN_AT_MOST]
    marks = _marks(referral.victim_id, nearest)
    shown = [
        _candidate(viewer, other_id, found[other_id], said.get(other_id), marks[other_id])
        for other_id in nearest
    ]
    return Near(shown=tuple(shown), more=len(order) - len(shown))


def _marks(victim_id: int, others: Iterable[int]) -> dict[int, dict[str, Mark]]:
    prints = prints_of({victim_id, *others})
    return {other: beside(prints[victim_id], prints[other]) for other in others}


def _nearness(
    other_id: int, facts: tuple[Fact, ...], said: dict[int, PersonLink]
) -> tuple[int, bool, bool, int]:
    link = said.get(other_id)
    state = LINKS_IN_ORDER.index(link.state if link else None)
    return (state, not is_certain(facts), not is_likely(facts), other_id)


def _candidate(
    viewer: Viewer,
    victim_id: int,
    facts: tuple[Fact, ...],
    link: PersonLink | None,
    marks: Mapping[str, Mark],
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
        link_id=link.id if link else None,
        card=contact_card(viewer, visible) if visible else None,
        cases=tuple(references),
        marks=marks,
        is_certain=is_certain(facts),
        is_likely=is_likely(facts),
    )


def _other(link: PersonLink, victim_id: int) -> int:
    return link.other_id if link.victim_id == victim_id else link.victim_id
