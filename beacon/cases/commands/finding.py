"""Keeping a case where those find it by a word who may see it, and nobody else."""

from __future__ import annotations

from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core.db import transaction
from beacon.people import commands as people
from beacon.people.commands import Through
from beacon.people.models import Victim


def keep_findable(case: CaseFile, crime: Crime, victim: Victim) -> None:
    """Let the person of a new case be found through it, by name and by its references."""
    with transaction() as session:
        session.flush()
        through = _through(case, crime)
        people.find_by(victim, through, references=(case.reference, crime.reference_key))


def move_findable(case: CaseFile) -> None:
    """A case has gone to another manager or team, or was restricted: others find it now."""
    with transaction() as session:
        session.flush()
        people.find_through(_through(case, case.crime))


def _through(case: CaseFile, crime: Crime) -> Through:
    return Through(
        case_id=case.id,
        team_id=case.team_id,
        manager_id=case.manager_id,
        is_fraud=crime.kind is CrimeKind.FRAUD,
        restricted=case.restricted,
    )
