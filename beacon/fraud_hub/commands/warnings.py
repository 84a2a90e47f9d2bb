"""Warning of the last days of losses and claims by tasks of the case (domain.md RULE 4.5)."""

from __future__ import annotations

from beacon.cases import commands as cases
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.fraud_hub.queries.warnings import warnings_of


def keep_warnings(case_id: int, *, actor: Actor) -> int:
    """Put the warnings of today on a case and take off what is settled; how many changed.

    Given again it changes nothing: a warning that somebody has dealt with does not come back.
    """
    with transaction() as session:
        session.flush()
        found = warnings_of(case_id, clock.today())
        for (_, kind, about), due_on in found.missing.items():
            cases.add_task(case_id, kind=kind, about=about, due_on=due_on, actor=actor)
        for task in found.over:
            cases.finish_task(task, actor=actor)
        return len(found.missing) + len(found.over)
