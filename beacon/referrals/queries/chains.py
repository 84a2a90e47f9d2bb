"""Which records are held to be one person, by which links, and what parts where one is cut."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people.models import PersonLink, Victim
from beacon.people.queries import (
    Parted,
    Said,
    known_as_kin,
    linked_ids,
    links_of,
    parted,
    said_of,
)
from beacon.people.terms import LinkState
from beacon.referrals.models import Referral


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of a chain, as far as the viewer may know of it."""

    victim_id: int
    name: str  # empty where the viewer may not open it
    born: date | None
    cases: tuple[str, ...]
    is_this: bool  # the referral's own

    @property
    def called(self) -> str:
        """How a page names it beside others."""
        if not self.name:
            return "A record you may not open"
        born = f", born {self.born.day} {self.born:%B %Y}" if self.born else ""
        return f"{self.name}{born}{' (this referral)' if self.is_this else ''}"


@dataclass(frozen=True)
class Sides:
    """Who each side of a link is once it is undone."""

    one: tuple[Record, ...]
    other: tuple[Record, ...]
    hang_together: bool  # by other links: nothing is parted yet


@dataclass(frozen=True, kw_only=True)
class Joint:
    """What was said of two records of a chain, from the first word to the last."""

    id: int
    one: Record
    other: Record
    state: LinkState
    said: tuple[Said, ...]
    sides: Sides

    @property
    def called(self) -> str:
        """How a page names it beside others."""
        return f"{self.one.called} and {self.other.called}"

    @property
    def may_be_cut(self) -> bool:
        """Whether it is a link, of two records that the viewer may open."""
        return self.state is LinkState.LINKED and bool(self.one.name and self.other.name)


@dataclass(frozen=True)
class Chain:
    """The records that are held to be one person, and everything that was said of them."""

    records: tuple[Record, ...]
    joints: tuple[Joint, ...]

    @property
    def cuttable(self) -> tuple[Joint, ...]:
        """The links that the viewer may undo."""
        return tuple(one for one in self.joints if one.may_be_cut)


def chain(viewer: Viewer, referral: Referral) -> Chain:
    """The records linked to a referral's person, by links and links of links.

    What was said of them and others is told too; of the viewer's own kin, nothing.
    """
    ids = {referral.victim_id, *linked_ids(referral.victim_id)}
    links = links_of(ids)
    records = _records(viewer, referral, {one for link in links for one in _ends(link)} | ids)
    told = said_of(links)
    joints = tuple(
        _joint(link, records, told[link.id], parted(link, links))
        for link in links
        if link.victim_id in records and link.other_id in records
    )
    return Chain(tuple(one for victim_id, one in records.items() if victim_id in ids), joints)


def get_link(link_id: int) -> PersonLink:
    """One link by its number: of those that a chain shows to whoever asks."""
    return db.session.get_one(PersonLink, link_id)


def _ends(link: PersonLink) -> tuple[int, int]:
    return link.victim_id, link.other_id


def _known(records: dict[int, Record], ids: Iterable[int]) -> tuple[Record, ...]:
    return tuple(records[one] for one in sorted(ids) if one in records)


def _joint(
    link: PersonLink, records: dict[int, Record], said: Iterable[Said], sides: Parted
) -> Joint:
    one, other = (records[victim_id] for victim_id in _ends(link))
    return Joint(
        id=link.id,
        one=one,
        other=other,
        state=link.state,
        said=tuple(said),
        sides=Sides(_known(records, sides.one), _known(records, sides.other), sides.hangs_together),
    )


def _records(viewer: Viewer, referral: Referral, ids: Collection[int]) -> dict[int, Record]:
    kin = known_as_kin(viewer, ids)
    visible = scope.visible(viewer, Victim).where(Victim.id.in_(ids))
    people = {one.id: one for one in db.session.scalars(visible)}
    tells_birth = scope.may_see(viewer, "people.identity")
    cases: dict[int, list[str]] = {}
    of_them = scope.visible(viewer, CaseFile).where(CaseFile.victim_id.in_(ids))
    for victim_id, reference in db.session.execute(
        of_them.with_only_columns(CaseFile.victim_id, CaseFile.reference).order_by(CaseFile.id)
    ):
        cases.setdefault(victim_id, []).append(reference)
    return {
        one: Record(
            victim_id=one,
            name=people[one].full_name if one in people else "",
            born=people[one].date_of_birth if one in people and tells_birth else None,
            cases=tuple(cases.get(one, ())),
            is_this=one == referral.victim_id,
        )
        for one in sorted(ids)
        if one not in kin
    }
