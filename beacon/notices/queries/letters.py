"""Print runs, the letters in one, and the words of a letter or an email."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from beacon.core import scope, settings
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.notices.models import Printing, PrintRun, VictimNotice
from beacon.notices.rules import Facts, paragraphs

RUNS_AT_MOST = 50
PARTED = "\n\n"  # between the paragraphs of a letter as it is kept


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One print run as a list shows it."""

    id: int
    made_at: datetime
    by_name: str
    letters: int
    printed: int
    posted_at: datetime | None
    posted_by: str


def words_of(notice: VictimNotice) -> list[str]:
    """The words of the letter or email, paragraph by paragraph, as they would be written now."""
    if notice.kind.is_letter_only:
        return notice.letter.split(PARTED)  # a person wrote it
    return paragraphs(
        Facts(
            kind=notice.kind,
            matter=notice.matter,
            age=notice.age,
            name=notice.victim.full_name,
            reference=notice.reference,
            due_on=notice.due_on,
            passed_to=notice.passed_to,
            telephone=settings.value("notices.telephone"),
        )
    )


def runs(viewer: Viewer) -> list[RunRow]:
    """The last print runs, the newest first."""
    letters = (
        sa.select(sa.func.count(VictimNotice.id))
        .where(VictimNotice.run_id == PrintRun.id)
        .scalar_subquery()
    )
    printed = (
        sa.select(sa.func.count(Printing.id)).where(Printing.run_id == PrintRun.id)
    ).scalar_subquery()
    query = sa.select(PrintRun, letters, printed).where(scope.condition(viewer, PrintRun))
    rows = db.session.execute(query.order_by(PrintRun.id.desc()).limit(RUNS_AT_MOST))
    return [
        RunRow(
            id=run.id,
            made_at=run.made_at,
            by_name=run.by_name,
            letters=number,
            printed=times,
            posted_at=run.posted_at,
            posted_by=run.posted_by,
        )
        for run, number, times in rows
    ]


def get_run(viewer: Viewer, run_id: int) -> PrintRun:
    """One print run."""
    run = db.session.scalars(scope.visible(viewer, PrintRun).where(PrintRun.id == run_id)).first()
    if run is None:
        raise NotFound
    return run


def letters_of(viewer: Viewer, run: PrintRun) -> list[VictimNotice]:
    """The letters of a run that the viewer may see, in their order."""
    query = (
        scope.visible(viewer, VictimNotice)
        .where(VictimNotice.run_id == run.id)
        .options(joinedload(VictimNotice.victim))
        .order_by(VictimNotice.id)
    )
    return list(db.session.scalars(query))


def printings(run: PrintRun) -> list[Printing]:
    """Each time that the letters of a run were shown to be printed."""
    query = sa.select(Printing).where(Printing.run_id == run.id).order_by(Printing.number)
    return list(db.session.scalars(query))
