"""One case as somebody opens it: their own to work on, or only to be read, and why."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from beacon.accounts.models import Staff
from beacon.cases.models import BreakGlass, CaseFile
from beacon.core import clock, scope
from beacon.core.actor import Actor, reader
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.reference import CaseReference
from beacon.core.scope import Viewer
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState

NAMED_AT_MOST = 3


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case, who looks at it and how, and what opened it where it is not their own."""

    case: CaseFile
    viewer: Actor
    beside: tuple[str, ...] = ()  # cases of theirs that are linked to it
    glass: BreakGlass | None = None  # while the glass is broken

    @property
    def is_only_read(self) -> bool:
        """Whether it may be read, and nothing on it may be changed."""
        return self.viewer.is_reading


def get_case(viewer: Viewer, reference: str) -> CaseFile:
    """One case with its crime, victim and manager; absent and out of scope read alike."""
    sought = normal_reference(reference)
    if sought is None:
        raise NotFound
    case = db.session.scalars(
        scope.visible(viewer, CaseFile)
        .where(CaseFile.reference == sought)
        .options(
            joinedload(CaseFile.crime),
            joinedload(CaseFile.victim),
            joinedload(CaseFile.manager).options(lazyload(Staff.role_rows)),
        )
    ).first()
    if case is None:
        raise NotFound
    return case


def open_to(actor: Actor, reference: str) -> Opened:
    """One case to be looked at: one's own, or one that is open to be read beside it."""
    try:
        return Opened(case=get_case(actor, reference), viewer=actor)
    except NotFound:
        looking = reader(actor)
    case = get_case(looking, reference)
    return Opened(
        case=case, viewer=looking, beside=_own_beside(actor, case), glass=live_glass(actor, case.id)
    )


def normal_reference(typed: str) -> str | None:
    """A case's reference as we write it; None where it is none."""
    try:
        return str(CaseReference.parse(typed))
    except ValueError:
        return None


def live_glass(actor: Viewer, case_id: int) -> BreakGlass | None:
    """The glass that this person has broken, while it is."""
    return db.session.scalars(
        sa.select(BreakGlass)
        .where(
            BreakGlass.staff_id == actor.id,
            BreakGlass.until > clock.now(),
            BreakGlass.ended_at.is_(None),
            BreakGlass.case_id == case_id,
        )
        .order_by(BreakGlass.until.desc(), BreakGlass.id)
    ).first()


def linked_to(case: CaseFile) -> sa.ColumnElement[bool]:
    """The other cases of this crime, of this victim, and of whoever is held to be the same."""
    linked = PersonLink.state == LinkState.LINKED
    same_person = sa.union_all(
        sa.select(PersonLink.other_id).where(linked, PersonLink.victim_id == case.victim_id),
        sa.select(PersonLink.victim_id).where(linked, PersonLink.other_id == case.victim_id),
    )
    alike = sa.or_(
        CaseFile.crime_id == case.crime_id,
        CaseFile.victim_id == case.victim_id,
        CaseFile.victim_id.in_(same_person),
    )
    return sa.and_(alike, CaseFile.id != case.id)


def _own_beside(actor: Actor, case: CaseFile) -> tuple[str, ...]:
    """The references of the viewer's own live cases that lead to this one."""
    query = (
        sa.select(CaseFile.reference)
        .where(
            CaseFile.manager_id == actor.id,
            CaseFile.closed_at.is_(None),
            linked_to(case),
            scope.condition(actor, CaseFile),
        )
        .order_by(CaseFile.id)
        .limit(NAMED_AT_MOST)
    )
    return tuple(db.session.scalars(query))
