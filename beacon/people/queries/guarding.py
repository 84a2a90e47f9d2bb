"""What stands between a person who asks and a number, an e-mail address or a place."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.people import access, rules
from beacon.people.models import Address, ContactPoint, Victim
from beacon.people.queries.cards import contact_card
from beacon.people.queries.facts import ContactCard, PointCard
from beacon.people.queries.links import linked_ids
from beacon.people.rules import Guard, Standing


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """One number or e-mail address that somebody asks for, with all that stands before it."""

    card: ContactCard
    point: PointCard
    guard: Guard
    why: str  # a reason is asked

    @property
    def caution(self) -> str:
        """What speaks against this one, beside what the rules of safe contact have said of all."""
        is_said = self.point.safe is self.card.overall and not self.point.retired
        is_said = is_said and not self.point.is_not_to_be_rung
        return "" if is_said else self.point.caution


def asked_for(viewer: Viewer, victim: Victim, point_id: int) -> AskedFor:
    """What must be heeded, said and proved before this number or e-mail address is shown."""
    card = contact_card(viewer, victim)
    point = next((one for one in card.points if one.id == point_id), None)
    if point is None:
        raise NotFound
    standing = Standing(
        safe=point.safe,
        overall=card.overall,
        is_retired=point.retired,
        is_warned_of=bool(card.warnings) or point.is_not_to_be_rung,
        has_rule=card.has_rule,
        in_hand=is_in_hand(viewer, victim),
        restricted=is_restricted(victim),
    )
    return AskedFor(card=card, point=point, guard=rules.guard(standing), why=rules.why(standing))


def is_in_hand(viewer: Viewer, victim: Victim) -> bool:
    """Whether this person is the viewer's own work."""
    return _holds(victim.id, access.in_hand(viewer))


def is_restricted(victim: Victim) -> bool:
    """Whether a case of this person, under any record held to be theirs, is restricted."""
    ids = [victim.id, *linked_ids(victim.id)]
    asked = sa.select(Victim.id).where(Victim.id.in_(ids), access.restricted()).limit(1)
    return db.session.scalar(asked) is not None


def get_point(victim: Victim, point_id: int) -> ContactPoint:
    """One number or e-mail address of this person."""
    point = next((one for one in victim.contact_points if one.id == point_id), None)
    if point is None:
        raise NotFound
    return point


def get_address(victim: Victim, address_id: int) -> Address:
    """One address of this person, of now or of before."""
    address = next((one for one in victim.addresses if one.id == address_id), None)
    if address is None:
        raise NotFound
    return address


def point_in_full(point: ContactPoint) -> str:
    """The number as it is dialled, or the e-mail address: only where it was asked for."""
    return rules.dialled(point.kind, point.value)


def address_in_full(address: Address) -> str:
    """The whole address: shown only on its own page, with a reason."""
    return "\n".join(part for part in (address.lines, address.postcode) if part)


def _holds(victim_id: int, condition: sa.ColumnElement[bool]) -> bool:
    asked = sa.select(Victim.id).where(Victim.id == victim_id, condition)
    return db.session.scalar(asked) is not None
