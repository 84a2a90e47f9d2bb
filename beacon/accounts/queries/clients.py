"""Programs that may send us referrals."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import ApiClient
from beacon.core.db import db
from beacon.core.errors import NotFound


def clients() -> list[ApiClient]:
    """Every program, those that may still send first, then by name."""
    query = sa.select(ApiClient).order_by(
        ApiClient.revoked_at.is_not(None), ApiClient.name, ApiClient.id
    )
    return list(db.session.scalars(query))


def get_client(client_id: int) -> ApiClient:
    """One program, whether or not it may still send, or NotFound."""
    client = db.session.get(ApiClient, client_id)
    if client is None:
        raise NotFound
    return client
