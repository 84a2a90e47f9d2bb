"""The register of courts: who checked an address, and when."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.courts.models import Court


def verify_county_courts(*, actor: Actor) -> int:
    """Count the county's courts as verified today (contract 3.4: the demonstration's own day)."""
    with transaction() as session:
        county = session.scalars(
            sa.select(Court).where(Court.in_county, Court.postcode != "").order_by(Court.id)
        ).all()
        for court in county:
            court.verified_on = clock.today()
            audit.record("court.verified", court, actor, fields=("verified_on",))
        return len(county)
