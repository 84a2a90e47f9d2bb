"""One row of a case that a page names by its number: a duty, a task, a question, a milestone."""

from __future__ import annotations

from typing import TypeVar

import sqlalchemy as sa

from beacon.cases.models import (
    CaseFact,
    CaseFile,
    CaseOrder,
    CrimeMilestone,
    InformationRequest,
    ProposedMilestone,
)
from beacon.core import scope
from beacon.core.db import Base, db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer

M = TypeVar("M", bound=Base)

# What happens to a crime belongs to each of its cases.
OF_THE_CRIME = (CrimeMilestone, ProposedMilestone)
# Which rows of a kind may still be named: what was taken back, ended or replaced may not.
STANDS: dict[type[Base], tuple[sa.ColumnElement[bool], ...]] = {
    CaseFact: (CaseFact.withdrawn_at.is_(None),),
    CaseOrder: (CaseOrder.replaced_at.is_(None), CaseOrder.ended_on.is_(None)),
    CrimeMilestone: (CrimeMilestone.withdrawn_at.is_(None),),
    InformationRequest: (InformationRequest.ended_at.is_(None),),
}


def row_of(viewer: Viewer, case: CaseFile, model: type[M], row_id: int) -> M:
    """The row of this number, where it is this case's, stands, and the viewer may see it.

    Anything else is not found, so that nobody learns of what they may not see.
    """
    mine: sa.ColumnElement[bool] = (
        model.crime_id == case.crime_id
        if issubclass(model, OF_THE_CRIME)
        else model.case_id == case.id  # type: ignore[attr-defined]
    )
    numbered = model.id == row_id  # type: ignore[attr-defined]
    query = scope.visible(viewer, model).where(numbered, mine, *STANDS.get(model, ()))
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    return row
