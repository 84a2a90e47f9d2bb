"""Keeping what somebody is typing until it is sent: sealed, theirs alone, for some hours.

A draft is of no record yet. So keeping one writes no entry of the log, and bringing it back shows
nothing that its page does not show; that old ones were removed is written down.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.accounts.models import Draft
from beacon.accounts.queries import oldest_draft, place_of
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import new_seal_key

LONGEST = 64 * 1024
DRAFTS_AT_MOST = 50


def keep_draft(path: str, fields: Sequence[tuple[str, str]], *, actor: Actor) -> None:
    """Keep what the person has typed on the page of this path, in the place of what was there."""
    body = json.dumps(list(fields), ensure_ascii=False)
    if len(body.encode()) > LONGEST:
        raise RuleBroken("That is too long to be kept. Send it, or copy it elsewhere.")
    with transaction() as session:
        place = {"staff_id": actor.id, "place": place_of(path)}
        empty = {"seal_key": new_seal_key(), "body_sealed": b"", "saved_at": clock.now()}
        insert_once(session, Draft.__table__, **place, **empty, created_at=clock.now())  # type: ignore[arg-type]
        draft = session.scalars(sa.select(Draft).filter_by(**place).with_for_update()).one()
        draft.body, draft.saved_at = body, clock.now()
        session.flush()
        _remove_oldest(session, actor)


def _remove_oldest(session: Session, actor: Actor) -> None:
    """Nobody has more drafts than they could come back to."""
    spare = sa.select(Draft.id).where(Draft.staff_id == actor.id)
    spare = spare.order_by(Draft.saved_at.desc(), Draft.id.desc()).offset(DRAFTS_AT_MOST)
    if oldest := session.scalars(spare).all():
        session.execute(sa.delete(Draft).where(Draft.id.in_(oldest)))


def throw_draft_away(path: str, *, actor: Actor) -> None:
    """Remove what the person had typed on this page: it was carried out, or is not wanted."""
    with transaction() as session:
        session.execute(
            sa.delete(Draft).where(Draft.staff_id == actor.id, Draft.place == place_of(path))
        )


def sweep_drafts() -> int:
    """Remove what nobody came back for within the hours that drafts are kept."""
    with transaction() as session:
        gone = session.execute(sa.delete(Draft).where(Draft.saved_at < oldest_draft()))
        count = int(gone.rowcount)  # type: ignore[attr-defined]
        if count:
            audit.record(
                "accounts.drafts_swept",
                ("draft", "old"),
                machine("sweep-drafts"),
                operation=Operation.ERASURE,
                rows=count,
            )
        return count
