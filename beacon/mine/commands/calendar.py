"""Making, renewing and revoking the secret link of one's calendar."""

from __future__ import annotations

import secrets

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.mine import queries
from beacon.mine.models import CalendarLink
from beacon.mine.terms import MinePermission

TOKEN_BYTES = 32


def make_link(*, with_reference: bool, actor: Actor) -> str:
    """A new secret for this person's calendar; one made before opens nothing any more.

    Shown once: only what recognises it is kept.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction() as session:
        now = still_may(actor, MinePermission.TOOLS)
        row = session.scalars(scope.visible(now, CalendarLink).with_for_update()).first()
        if row is None:
            row = CalendarLink(staff_id=now.id)
            session.add(row)
        row.token_index = queries.token_index(token)
        row.with_reference, row.made_at = with_reference, clock.now()
        session.flush()
        audit.record("calendar_link.made", row, actor, operation=Operation.DISCLOSURE)
    return token


def revoke_link(*, actor: Actor) -> None:
    """Close the calendar: its link opens nothing from now on. A second time changes nothing."""
    with transaction() as session:
        now = still_may(actor, MinePermission.TOOLS)
        row = session.scalars(scope.visible(now, CalendarLink).with_for_update()).first()
        if row is not None and row.token_index is not None:
            row.token_index = None
            audit.record("calendar_link.revoked", row, actor)
