"""What leaders read: what was raised, who asks to be rung, and words that nobody has read yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # a row of several columns

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.surveys.models import SurveyConcern, SurveyWords
from beacon.surveys.queries.measuring import months_in
from beacon.surveys.terms import ConcernState, WordsState
from beacon.web.paging import Cursor, Key, Page, read_page

MOST_COMMENTS = 100


@dataclass(frozen=True, kw_only=True)
class ConcernRow:
    """One thing that was raised, with its case where somebody asked to be rung."""

    id: int
    raised_on: date
    found: tuple[str, ...]
    wants_call: bool
    reference: str


def concerns(viewer: Viewer, cursor: Cursor | None = None) -> Page[ConcernRow]:
    """What is open, the oldest first."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            SurveyConcern.id,
            SurveyConcern.raised_on,
            SurveyConcern.found,
            SurveyConcern.wants_call,
            CaseFile.reference,
        )
        .outerjoin(CaseFile, CaseFile.id == SurveyConcern.case_id)
        .where(SurveyConcern.state == ConcernState.OPEN, scope.condition(viewer, SurveyConcern))
    )
    keys = (Key(SurveyConcern.raised_on), Key(SurveyConcern.id))
    return read_page(db.session(), query, keys, cursor, shape=_row)


def words_to_read(viewer: Viewer, cursor: Cursor | None = None) -> Page[SurveyWords]:
    """What nobody has read yet, by month."""
    query = scope.visible(viewer, SurveyWords).where(SurveyWords.state == WordsState.WAITING)
    return read_page(db.session(), query, (Key(SurveyWords.month), Key(SurveyWords.id)), cursor)


def comments(first: date, last: date) -> list[SurveyWords]:
    """What a leader has let be shown of these months, in no order that says anything.

    They come of boxes that were opened, and so of five people or more together.
    """
    query = sa.select(SurveyWords).where(
        SurveyWords.state == WordsState.SHOWN, SurveyWords.month.in_(months_in(first, last))
    )
    return list(db.session.scalars(query.order_by(SurveyWords.id).limit(MOST_COMMENTS)))


def get_concern(viewer: Viewer, concern_id: int) -> SurveyConcern:
    """One thing that was raised."""
    query = scope.visible(viewer, SurveyConcern).where(SurveyConcern.id == concern_id)
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def reference_of(viewer: Viewer, concern: SurveyConcern) -> str:
    """The case of somebody who asks to be rung; empty where none is known."""
    query = sa.select(CaseFile.reference).where(
        CaseFile.id == concern.case_id, scope.condition(viewer, CaseFile)
    )
    return db.session.scalar(query) or ""


def get_words(viewer: Viewer, words_id: int) -> SurveyWords:
    """What somebody wrote."""
    query = scope.visible(viewer, SurveyWords).where(SurveyWords.id == words_id)
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


@asking
def open_concerns(viewer: Viewer) -> Asking[int]:
    """How many things lie open for this leader."""
    row = yield from together.one(
        sa.select(sa.func.count(SurveyConcern.id).label("number")).where(
            SurveyConcern.state == ConcernState.OPEN, scope.condition(viewer, SurveyConcern)
        )
    )
    return int(row.number)


def names_here() -> list[str]:
    """Every name of everybody who works here: taken out before a leader begins to read."""
    return [part for name in db.session.scalars(sa.select(Staff.name)) for part in name.split()]


def _row(row: Sequence[object]) -> ConcernRow:
    number, raised_on, found, wants_call, reference, *_ = row  # the keys of its place follow
    return ConcernRow(
        id=number,  # type: ignore[arg-type]
        raised_on=raised_on,  # type: ignore[arg-type]
        found=tuple(one for one in str(found).split("|") if one),
        wants_call=bool(wants_call),
        reference=str(reference or ""),
    )
