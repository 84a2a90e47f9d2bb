"""Hand-overs and supervision reviews that wait for one person, for the page of what waits."""

from __future__ import annotations

from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.caseloads.models import CaseHandOver, SupervisionReview
from beacon.caseloads.terms import HandOverState
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.web.shelves import Line

Lines = sa.Select[*tuple[Any, ...]]
Giver, Receiver = aliased(Staff), aliased(Staff)


def handed_to_own(actor: Actor) -> Lines:
    """Cases that were handed to this person, who has not said yet whether they take them."""
    return _handed(actor, HandOverState.WAITING).where(CaseHandOver.to_id == actor.id)


def handed_line(row: Any) -> Line:
    """Whose case it is and from whom it comes."""
    return _line(row, "hand_over.page", under=f"From {row.giver}")


def declined_hand_overs(actor: Actor) -> Lines:
    """Cases that a receiver declined: a leader must find somebody else."""
    return _handed(actor, HandOverState.DECLINED)


def declined_line(row: Any) -> Line:
    """Whose case it is and who declined it."""
    return _line(row, "cases.assign", under=f"Declined by {row.receiver}")


def reviews_unread(actor: Actor) -> Lines:
    """Reviews of this person's own work that they have not read."""
    return (
        with_case(SupervisionReview.created_at)
        .join(SupervisionReview, SupervisionReview.case_id == CaseFile.id)
        .where(
            SupervisionReview.manager_id == actor.id,
            SupervisionReview.seen_at.is_(None),
            scope.condition(actor, SupervisionReview),
        )
        .order_by(SupervisionReview.id)
    )


def review_line(row: Any) -> Line:
    """The case that was looked at."""
    return Line(
        words=name_of(row),
        reference=row.reference,
        since=clock.london_day(row.created_at),
        endpoint="workload.own",
        case_id=row.case_id,
    )


def _handed(actor: Actor, state: HandOverState) -> Lines:
    giver, receiver = Giver.name.label("giver"), Receiver.name.label("receiver")
    return (
        with_case(CaseHandOver.created_at, giver, receiver)
        .join(CaseHandOver, CaseHandOver.case_id == CaseFile.id)
        .join(Giver, Giver.id == CaseHandOver.from_id)
        .join(Receiver, Receiver.id == CaseHandOver.to_id)
        .where(
            CaseHandOver.state == state,
            CaseFile.closed_at.is_(None),
            scope.condition(actor, CaseHandOver),
        )
        .order_by(CaseHandOver.id)
    )


def _line(row: Any, endpoint: str, *, under: str) -> Line:
    return Line(
        words=name_of(row),
        reference=row.reference,
        under=under,
        since=clock.london_day(row.created_at),
        endpoint=endpoint,
        args={"reference": row.reference},
        case_id=row.case_id,
    )
