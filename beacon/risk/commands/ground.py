"""What the orders about risk share: the case held, tasks finished by kind, words in bounds."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.risk.terms import RiskPermission

WORDS_AT_MOST = 4_000


def held(case: CaseFile, actor: Actor) -> CaseFile:
    """The open case, held until we commit, as long as this person may still work on it."""
    return held_for(case, actor, RiskPermission.WORK)


def said(words: str, field: str, sentence: str, *, at_most: int = WORDS_AT_MOST) -> str:
    """The words without spaces around them; refused where there are none, or too many."""
    kept = words.strip()
    if not kept:
        raise RuleBroken(sentence, field=field)
    return short(kept, field, at_most=at_most)


def short(words: str, field: str, *, at_most: int = WORDS_AT_MOST) -> str:
    """The words, refused where there are too many."""
    kept = words.strip()
    if len(kept) > at_most:
        raise RuleBroken(f"Use {at_most:,} characters or fewer.", field=field)
    return kept


def come(day: date, field: str) -> date:
    """The day, refused where it has not come."""
    if day > clock.today():
        raise RuleBroken("The date must be today or in the past.", field=field)
    return day


def finish(case_id: int, kind: TaskKind, actor: Actor, *, about: str = "") -> None:
    """Take the open tasks of a kind off a case, because what they ask for has been done."""
    query = sa.select(CaseTask).where(
        CaseTask.case_id == case_id,
        CaseTask.kind == kind,
        CaseTask.about.startswith(about, autoescape=True),
        CaseTask.done_at.is_(None),
    )
    for task in db.session.scalars(query.order_by(CaseTask.id)).all():
        cases.finish_task(task, actor=actor)


def day(on: date) -> str:
    """A day as a line of history says it."""
    return f"{on.day} {on:%B %Y}"
