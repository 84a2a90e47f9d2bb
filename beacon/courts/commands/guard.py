"""The number guard: a defendant's number that the same case holds too is a safety matter."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.courts.models import Defendant
from beacon.courts.queries.reminders import cases_of, number_held
from beacon.numbers.terms import Held


def check_number(defendant: Defendant, *, actor: Actor) -> Held:
    """Ask who holds the number; where the same case does, raise a safeguarding task at once.

    domain.md RULE 5.3. Once for each case and defendant, however often it is asked.
    """
    with transaction() as session:
        session.flush()
        held = number_held(defendant)
        if held is Held.SAME_CASE:
            audit.record("defendant.number_held", defendant, actor, held=held.value)
            for case in cases_of(defendant):
                cases.add_task(
                    case.id,
                    kind=TaskKind.SAFEGUARDING_NUMBER,
                    about=f"defendant:{defendant.id}",
                    due_on=clock.today(),
                    actor=actor,
                )
        return held
