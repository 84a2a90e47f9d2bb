"""Choosing the columns of one's list, and keeping and removing one's filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.cases.queries import Whose
from beacon.cases.terms import CaseStatus
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.mine.models import ListChoice, SavedFilter
from beacon.mine.terms import Column, MinePermission

FILTERS_AT_MOST = 20
STALE = "You have chosen other columns elsewhere since you opened this page. Look at it again."


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """A way to narrow the list of cases."""

    whose: Whose
    status: CaseStatus | None = None
    late: bool = False


def choose_columns(columns: Sequence[Column], *, version: int, actor: Actor) -> None:
    """Keep the columns of one's own list, in this order."""
    with transaction() as session:
        now = still_may(actor, MinePermission.TOOLS)
        if not columns:
            raise RuleBroken("Choose at least one column.", "place_1")
        if len(set(columns)) != len(columns):
            raise RuleBroken("Choose each column once.", "place_1")
        row = session.scalars(scope.visible(now, ListChoice).with_for_update()).first()
        if (row.version if row else 0) != version:
            raise Stale(STALE)
        if row is None:
            row = ListChoice(staff_id=now.id, version=0)
            session.add(row)
        row.chosen = ",".join(columns)
        row.version += 1
        session.flush()
        audit.record("list_choice.kept", row, actor)


def save_filter(name: str, narrowed: Narrowed, *, actor: Actor) -> SavedFilter:
    """Keep a filter of the list of cases under a name; the same name again replaces it."""
    with transaction() as session:
        now = still_may(actor, MinePermission.TOOLS)
        name = " ".join(name.split())
        if not name:
            raise RuleBroken("Enter a name for the filter.", "name")
        before = session.scalars(scope.visible(now, SavedFilter).order_by(SavedFilter.id)).all()
        row = next((one for one in before if one.name.casefold() == name.casefold()), None)
        if row is None and len(before) >= FILTERS_AT_MOST:
            raise RuleBroken(
                f"You have {FILTERS_AT_MOST} filters. Remove one before you keep another.", "name"
            )
        if row is None:
            row = SavedFilter(staff_id=now.id)
            session.add(row)
        row.name, row.whose = name, narrowed.whose
        row.status, row.late = narrowed.status, narrowed.late
        session.flush()
        audit.record("saved_filter.kept", row, actor)
        return row


def remove_filter(saved: SavedFilter, *, actor: Actor) -> None:
    """Take one's own filter away."""
    with transaction() as session:
        now = still_may(actor, MinePermission.TOOLS)
        query: sa.Select[SavedFilter] = scope.visible(now, SavedFilter)
        row = session.scalars(query.where(SavedFilter.id == saved.id)).first()
        if row is None:
            raise NotFound
        audit.record("saved_filter.removed", row, actor)
        session.delete(row)
