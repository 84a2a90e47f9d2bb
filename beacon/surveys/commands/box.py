"""Opening the box once a month is over: answers become counts, and words wait to be read."""

from __future__ import annotations

import json
import secrets
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.surveys.models import SurveyCount, SurveySlip, SurveyWords
from beacon.surveys.rules import Count, Slip, counted
from beacon.surveys.terms import Dimension, Measure, Score


def empty_box(*, actor: Actor) -> int:
    """Count the answers of months that are over, five or more together; how many were counted.

    What stays is put in anew, in an order drawn by lot: nothing in the database then says which
    answer came first, or beside which invitation it was written.
    """
    shuffle = secrets.SystemRandom().shuffle
    with transaction() as session:
        rows = list(session.scalars(sa.select(SurveySlip).with_for_update()))
        said = [row.said for row in rows]
        shuffle(said)
        begins = clock.today().replace(day=1)
        old = [one for one in said if _month_of(one) < begins]
        counts = [] if _opened_today(session) else counted([_slip(one) for one in old])
        if counts:
            _write(session, old, counts)
            audit.record("survey_box.opened", ("survey_box", f"{len(old)} answers"), actor)
        else:
            old = []
        gone = set(map(id, old))
        session.execute(sa.delete(SurveySlip))
        for one in (text for text in said if id(text) not in gone):
            slip = SurveySlip()
            slip.said = one
            session.add(slip)
        return len(old)


def _opened_today(session: Session) -> bool:
    """Whether it was opened today already: once a day is enough, and each count is of one day."""
    today = sa.select(SurveyCount.id).where(SurveyCount.counted_on == clock.today())
    return session.scalar(today.limit(1)) is not None


def _write(session: Session, old: list[str], counts: list[Count]) -> None:
    month = max(map(_month_of, old))
    session.add_all(_row(count, month) for count in counts)
    words = [slip.words for slip in map(_slip, old) if slip.words]
    for one in words:
        row = SurveyWords(month=month)
        row.words = one
        session.add(row)


def _row(count: Count, month: date) -> SurveyCount:
    row = SurveyCount(
        month=month,
        counted_on=clock.today(),
        dimension=count.dimension,
        group_name=count.group,
        people=count.people,
    )
    for measure in Measure:
        setattr(row, f"{measure.value}_answers", count.answers[measure])
        setattr(row, f"{measure.value}_positive", count.positive[measure])
    return row


def _month_of(said: str) -> date:
    return date.fromisoformat(json.loads(said)["month"])


def _slip(said: str) -> Slip:
    held = json.loads(said)
    return Slip(
        scores={Measure(name): Score(score) for name, score in held["scores"].items()},
        groups={Dimension(name): group for name, group in held["groups"].items()},
        words=held["words"],
    )
