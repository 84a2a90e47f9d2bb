"""Whose records a person may open: those whose cases or referrals they may open, and no kin's.

People know of no case, so what leads to a victim is registered here by the features above: who sees
them, in whose own hands they are, whose case is restricted, and what to beware of. A conflict of
interest stands above every role: whoever is, or has declared, a person does not meet that person
here (domain.md RULE 7.7; security.md Z-11, Z-12). Nor do they meet whom that person is accused of
harming: the features above say who that is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.accounts.models import DeclaredContact, Staff
from beacon.accounts.terms import Relation
from beacon.core import scope, together
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.core.together import Asking
from beacon.people.models import (
    Address,
    ConsentGiven,
    ContactPoint,
    PersonAround,
    PersonLink,
    Victim,
)
from beacon.people.terms import ContactKind, LinkState

Condition = sa.ColumnElement[bool]
Way = Callable[[Viewer], Condition]
Column = InstrumentedAttribute[int]
Restriction = Callable[[], Condition]
Danger = Callable[[Victim], str]
Agreeing = tuple[sa.Select[int], Column]
Agreement = Callable[[sa.Select[int]], list[Agreeing]]
_ways: list[Way] = []
_hands: list[Way] = []
_restrictions: list[Restriction] = []
_dangers: list[Danger] = []
_agreements: list[Agreement] = []


def reached_through(way: Way) -> Way:
    """Register one way by which a viewer comes to see victims: a condition on `Victim`."""
    _ways.append(way)
    return way


def in_hand_through(way: Way) -> Way:
    """Register one way by which victims are a viewer's own work: a condition on `Victim`."""
    _hands.append(way)
    return way


def restricted_through(restriction: Restriction) -> Restriction:
    """Register what makes a victim's record a restricted one: a condition on `Victim`."""
    _restrictions.append(restriction)
    return restriction


def warned_of(danger: Danger) -> Danger:
    """Register a sentence to heed before a victim is reached; empty where there is no danger."""
    _dangers.append(danger)
    return danger


def agrees_through(agreement: Agreement) -> None:
    """Register how declarations that stand, joined on, come to victims beside their own facts."""
    _agreements.append(agreement)
    _in_conflict.cache_clear()


def in_hand(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The victims who are this viewer's own work."""
    return sa.or_(sa.false(), *(way(viewer) for way in _hands))


def restricted() -> sa.ColumnElement[bool]:
    """The victims of restricted cases."""
    return sa.or_(sa.false(), *(restriction() for restriction in _restrictions))


def dangers(victim: Victim) -> Asking[list[str]]:
    """What the features above say to beware of."""
    said = yield from together.at_once(*(together.of(danger, victim) for danger in _dangers))
    return [sentence for sentence in said if sentence]


def _victims_of(viewer: Viewer) -> Condition:
    reached = sa.or_(sa.false(), *(way(viewer) for way in _ways))
    return sa.and_(reached, without_conflict(viewer, Victim.id))


def without_conflict(viewer: Viewer, victim_id: Column) -> Condition:
    """The viewer neither is this victim, nor leads them, nor has declared them."""
    # Asked once for a statement, not for each row: a list keeps walking its own index.
    return victim_id.not_in(victims_in_conflict(viewer))


def victims_in_conflict(viewer: Viewer) -> sa.Select[int]:
    """The victims whom this person must not meet, under every record held to be theirs."""
    return _in_conflict(viewer.id, viewer.team_id if _leads(viewer) else None)


# It stands in nearly every statement, and putting it together takes longer than asking it.
@lru_cache(maxsize=1_000)
def _in_conflict(staff_id: int | None, led: int | None) -> sa.Select[int]:
    themselves: Condition = Staff.id == staff_id
    if led is not None:
        themselves = sa.or_(themselves, Staff.team_id == led)
    declared = _declared_by(staff_id, led)
    known = sa.union_all(
        *(query.with_only_columns(victim).where(declared) for query, victim in _declarations()),
        _same_email().with_only_columns(ContactPoint.victim_id).where(themselves),
    ).subquery()
    return same_people(sa.select(known.c[0]))


def points_declared(viewer: Viewer) -> sa.Select[str | None]:
    """The indexes of the numbers and e-mail addresses that this person must not meet."""
    declared = _declared_by(viewer.id, viewer.team_id if _leads(viewer) else None)
    return _standing().with_only_columns(DeclaredContact.point_index).where(declared)


def staff_who_know(victim_id: int) -> sa.CompoundSelect[int, bool]:
    """The members of staff who have declared this victim, or are this victim, and which.

    Whoever has declared the other side of the victim's matter, or is it, is one of them.
    """
    themselves = (DeclaredContact.relation == Relation.SELF).label("themselves")
    person = same_person(victim_id)
    return sa.union_all(
        *(
            query.with_only_columns(DeclaredContact.staff_id, themselves).where(victim.in_(person))
            for query, victim in _declarations()
        ),
        _same_email()
        .with_only_columns(Staff.id, sa.true().label("themselves"))
        .where(ContactPoint.victim_id.in_(person)),
    )


def same_person(victim_id: int) -> sa.Select[int]:
    """Every record held to be this person, this one too, by links and links of links."""
    return same_people(sa.select(Victim.id).where(Victim.id == victim_id))


def same_people(victims: sa.Select[int]) -> sa.Select[int]:
    """These victims with every record held to be the same person, by links and links of links."""
    found = victims.cte(recursive=True)
    one = found.c[0]
    other = sa.case((PersonLink.victim_id == one, PersonLink.other_id), else_=PersonLink.victim_id)
    linked = sa.and_(
        PersonLink.state == LinkState.LINKED,
        sa.or_(PersonLink.victim_id == one, PersonLink.other_id == one),
    )
    return sa.select(found.union(sa.select(other).join(found, linked)).c[0])


def _leads(viewer: Viewer) -> bool:
    return Role.TEAM_LEADER in viewer.roles and viewer.team_id is not None


def _declared_by(staff_id: int | None, led: int | None) -> Condition:
    """Declared by the viewer; for a leader also what the members of their team said they are."""
    declared: Condition = DeclaredContact.staff_id == staff_id
    if led is None:
        return declared
    team = sa.select(Staff.id).where(Staff.team_id == led).correlate(None)
    own = DeclaredContact.relation == Relation.SELF
    return sa.or_(declared, sa.and_(own, DeclaredContact.staff_id.in_(team)))


def _standing() -> sa.Select[int]:
    start = sa.select(DeclaredContact.staff_id).select_from(DeclaredContact).correlate(None)
    return start.where(DeclaredContact.withdrawn_at.is_(None))


def _declarations() -> list[Agreeing]:
    """Each way in which a declaration that stands agrees with a victim, retired facts too."""
    start = _standing()
    same_name = sa.and_(
        Victim.id == Address.victim_id,
        Victim.surname_key == DeclaredContact.surname_key,
        DeclaredContact.surname_key != "",
    )
    return [
        (
            start.join(ContactPoint, ContactPoint.value_index == DeclaredContact.point_index),
            ContactPoint.victim_id,
        ),
        (
            start.join(Address, Address.full_index == DeclaredContact.address_index),
            Address.victim_id,
        ),
        (
            start.join(Address, Address.postcode_index == DeclaredContact.postcode_index).join(
                Victim, same_name
            ),
            Address.victim_id,
        ),
        *(found for agreement in _agreements for found in agreement(start)),
    ]


def _same_email() -> sa.Select[int]:
    same = sa.and_(
        ContactPoint.value_index == Staff.email_index, ContactPoint.kind == ContactKind.EMAIL
    )
    return sa.select(Staff.id).select_from(Staff).join(ContactPoint, same).correlate(None)


scope.register(Victim, _victims_of)
scope.register(
    PersonAround,
    lambda viewer: PersonAround.victim_id.in_(
        sa.select(Victim.id).where(scope.condition(viewer, Victim))
    ),
)
scope.register(
    ConsentGiven,
    lambda viewer: ConsentGiven.victim_id.in_(
        sa.select(Victim.id).where(scope.condition(viewer, Victim))
    ),
)
