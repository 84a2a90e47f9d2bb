"""What was published before the ledger was kept, by financial year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking
from beacon.fraud_hub.models import OpeningBalance
from beacon.fraud_hub.terms import EntryKind


@dataclass(frozen=True)
class OpeningRow:
    """One published figure, and whether a later row takes it back."""

    opening: OpeningBalance
    is_reversed: bool

    @property
    def may_be_reversed(self) -> bool:
        """Whether it stands and is no reversal itself."""
        return not self.is_reversed and not self.opening.is_reversal


def opening_rows(viewer: Viewer) -> Sequence[OpeningRow]:
    """Every published figure by its year: one or two for each, so they are all on one page."""
    back = aliased(OpeningBalance)
    rows = db.session.execute(
        scope.visible(viewer, OpeningBalance)
        .outerjoin(back, back.reverses_id == OpeningBalance.id)
        .add_columns(back.id)
        .order_by(OpeningBalance.year, OpeningBalance.kind, OpeningBalance.id)
    )
    return [OpeningRow(row[0], row[1] is not None) for row in rows]


def get_opening(viewer: Viewer, opening_id: int) -> OpeningBalance:
    """One published figure."""
    row = db.session.scalar(
        scope.visible(viewer, OpeningBalance).where(OpeningBalance.id == opening_id)
    )
    if row is None:
        raise NotFound
    return row


def openings_in(first: date, last: date) -> Asking[dict[EntryKind, int]]:
    """What was published of the financial years that begin in a period, by kind, in pence.

    It names nobody, so everybody who sees a total sees it.
    """
    oldest = first.year if first <= date(first.year, 4, 1) else first.year + 1
    newest = last.year if last >= date(last.year, 4, 1) else last.year - 1
    rows = yield from together.rows(
        sa.select(OpeningBalance.kind, sa.func.sum(OpeningBalance.amount_pence))
        .where(OpeningBalance.year >= oldest, OpeningBalance.year <= newest)
        .group_by(OpeningBalance.kind)
    )
    return {row[0]: int(row[1]) for row in rows}
