"""Publishing the figures of a quarter: once, as bytes that stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.models import PublishedFigures
from beacon.entitlements.terms import EntitlementPermission

TWICE = "The figures of this quarter are published already. They stay as they are."


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """What is to be published: of which days, as at which moment, and the file itself."""

    first_on: date
    last_on: date
    as_at: datetime
    content: bytes
    pack_sha256: str


def publish_figures(what: Publishing, *, actor: Actor) -> PublishedFigures:
    """Keep the figures of a quarter that has ended as they leave, for good.

    A second version would give small counts away: the two could be held against each other
    (domain.md RULE 2.2).
    """
    with transaction() as session:
        still_may(actor, EntitlementPermission.PUBLISH)
        if what.last_on >= clock.today():
            raise RuleBroken("This quarter has not ended. Publish it when it has.")
        days = {"first_on": what.first_on, "last_on": what.last_on}
        if session.scalar(sa.select(PublishedFigures.id).filter_by(**days)) is not None:
            raise RuleBroken(TWICE)
        row = PublishedFigures(
            **days,
            as_at=what.as_at,
            content=what.content.decode("ascii"),
            sha256=hashlib.sha256(what.content).hexdigest(),
            pack_sha256=what.pack_sha256,
            published_by_id=actor.id,
            published_by=actor.name,
        )
        session.add(row)
        try:
            session.flush()
        except IntegrityError as twice:
            raise RuleBroken(TWICE) from twice
        audit.record("compliance.published", row, actor, operation=Operation.DISCLOSURE)
        return row
