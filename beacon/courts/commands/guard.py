"""The number guard: a defendant's number that the same case holds too is a safety matter."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.actor import Actor, machine
from beacon.core.db import db, transaction
from beacon.courts.models import Defendant
from beacon.courts.queries.reminders import cases_of, number_held
from beacon.numbers import watching
from beacon.numbers.terms import Held


def check_number(defendant: Defendant, *, actor: Actor, number: str | None = None) -> Held:
    """Ask who holds the number; where the same case does, raise a safeguarding task at once.

    domain.md RULE 5.3. Once for each case and defendant, however often it is asked. `number` is
    one that is said to be the defendant's beside the one that we would text.
    """
    with transaction() as session:
        session.flush()
        held = number_held(defendant, number)
        if held is Held.SAME_CASE:
            _raise(defendant, actor)
        return held


def look_again(indexes: frozenset[str]) -> None:
    """A number has become held, or held nearer: it may be one that a defendant has had for long.

    A text that waits for such a number is stopped when it is next planned or claimed.
    """
    for defendant in db.session.scalars(
        sa.select(Defendant).where(Defendant.mobile_index.in_(indexes)).order_by(Defendant.id)
    ).all():
        check_number(defendant, actor=machine("guard-numbers"))


def _raise(defendant: Defendant, actor: Actor) -> None:
    about = f"defendant:{defendant.id}"
    asked = sa.select(CaseTask.case_id).where(
        CaseTask.kind == TaskKind.SAFEGUARDING_NUMBER, CaseTask.about == about
    )
    of_crime = [case.id for case in cases_of(defendant)]
    new = set(of_crime).difference(db.session.scalars(asked))
    if new or not of_crime:
        audit.record("defendant.number_held", defendant, actor, held=Held.SAME_CASE.value)
    for case_id in sorted(new):
        cases.add_task(
            case_id,
            kind=TaskKind.SAFEGUARDING_NUMBER,
            about=about,
            due_on=clock.today(),
            actor=actor,
        )


watching.told(look_again)
