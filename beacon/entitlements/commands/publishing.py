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
from beacon.entitlements.queries import published_over
from beacon.entitlements.terms import EntitlementPermission, FiguresKind

NOT_ENDED = {
    FiguresKind.COMPLIANCE: "This quarter has not ended. Publish it when it has.",
    FiguresKind.OUTCOMES: "These days have not ended. Publish them when they have.",
}
OVER = (
    "Some of these days are in figures that were published already, from {first} to {last}. Two "
    "pages over the same days could be held against each other: choose other days."
)
TWICE = "The figures of this quarter are published already. They stay as they are."


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """What is to be published: of which days, as at which moment, and the file itself."""

    first_on: date
    last_on: date
    as_at: datetime
    content: bytes
    pack_sha256: str  # of the exact figures of that moment
    kind: FiguresKind = FiguresKind.COMPLIANCE


def publish_figures(what: Publishing, *, actor: Actor) -> PublishedFigures:
    """Keep the figures of days that have ended as they leave, for good.

    A second version would give small counts away: the two could be held against each other
    (domain.md RULE 2.2). For the same reason no two pages of outcomes share a day.
    """
    with transaction() as session:
        still_may(actor, EntitlementPermission.PUBLISH)
        if what.last_on >= clock.today():
            raise RuleBroken(NOT_ENDED[what.kind])
        if what.kind is FiguresKind.OUTCOMES:
            _refuse_overlap(what)
        days = {"kind": what.kind, "first_on": what.first_on, "last_on": what.last_on}
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
        action = f"{what.kind}.published"
        audit.record(action, row, actor, operation=Operation.DISCLOSURE)
        return row


def _refuse_overlap(what: Publishing) -> None:
    before = published_over(what.first_on, what.last_on)
    if before is not None:
        days = {"first": f"{before.first_on:%-d %B %Y}", "last": f"{before.last_on:%-d %B %Y}"}
        raise RuleBroken(OVER.format(**days))
