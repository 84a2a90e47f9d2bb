"""What waits in one person's own cases, and the blocks that a leader may decide, for the desk."""

from __future__ import annotations

from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases.queries.caseload import name_of
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.restorative.models import DisposalView
from beacon.restorative.queries.disposals import ViewList
from beacon.restorative.queries.offering import KEYS, WaitingList
from beacon.restorative.terms import Whose
from beacon.web.shelves import Line


def to_explain_own(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """This person's own cases in which restorative justice has still to be explained."""
    query = WaitingList(viewer=actor, whose=Whose.MINE).query()
    return query.order_by(*(key.order() for key in KEYS))


def explain_line(row: Any) -> Line:
    """Whose case, and since when an offender is known."""
    return Line(
        words=name_of(row),
        reference=row.reference,
        under=row.offence,
        since=clock.london_day(row.suspect_known_at),
        endpoint="restorative.show",
        args={"reference": row.reference},
        case_id=row.case_id,
    )


def views_own(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Disposals in this person's own cases of which the victim's view is not here."""
    query = ViewList(viewer=actor, whose=Whose.MINE).query()
    return query.order_by(DisposalView.decision_on, DisposalView.id)


def view_line(row: Any) -> Line:
    """Whose view, of what, and when it is decided."""
    return Line(
        words=name_of(row),
        reference=row.reference,
        under=row.disposal.label,
        due_on=row.decision_on,
        endpoint="restorative.show",
        args={"reference": row.reference},
        case_id=row.case_id,
    )
