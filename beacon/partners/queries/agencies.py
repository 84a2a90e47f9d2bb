"""The agencies we work with, whom to ring there, and who is a champion."""

from __future__ import annotations

from sqlalchemy.orm import joinedload, selectinload

from beacon.core import scope
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.partners.models import Agency, AgencyContact


def agencies(viewer: Viewer) -> list[Agency]:
    """Every agency by name, with its contacts."""
    query = scope.visible(viewer, Agency).options(selectinload(Agency.contacts))
    return list(db.session.scalars(query.order_by(Agency.name_key, Agency.id)))


def get_agency(viewer: Viewer, agency_id: int) -> Agency:
    """One agency."""
    agency = db.session.scalars(scope.visible(viewer, Agency).where(Agency.id == agency_id)).first()
    if agency is None:
        raise NotFound
    return agency


def get_contact(viewer: Viewer, agency: Agency, contact_id: int) -> AgencyContact:
    """One contact of this agency."""
    query = scope.visible(viewer, AgencyContact).where(
        AgencyContact.id == contact_id, AgencyContact.agency_id == agency.id
    )
    contact = db.session.scalars(query).first()
    if contact is None:
        raise NotFound
    return contact


def champions(viewer: Viewer) -> list[AgencyContact]:
    """The champions' network: who stands in it now, by agency, with their training."""
    query = (
        scope.visible(viewer, AgencyContact)
        .join(AgencyContact.agency)
        .where(AgencyContact.champion_since.is_not(None), AgencyContact.retired_at.is_(None))
        .options(joinedload(AgencyContact.agency), selectinload(AgencyContact.training))
    )
    return list(db.session.scalars(query.order_by(Agency.name_key, AgencyContact.id)))
