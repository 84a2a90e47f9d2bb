"""Keeping a case where those find it by a word who may see it, and nobody else."""

from __future__ import annotations

from beacon.cases.models import CaseFile
from beacon.cases.terms import CrimeKind
from beacon.core.db import transaction
from beacon.people import commands as people
from beacon.people.commands import Through


def keep_findable(case: CaseFile) -> None:
    """Let the person of a new case be found through it, by name and by its references."""
    with transaction() as session:
        session.flush()
        crime = case.crime
        people.find_by(
            case.victim, _through(case), references=(case.reference, crime.reference_key)
        )


def move_findable(case: CaseFile) -> None:
    """A case has gone to another manager or team, or was restricted: others find it now."""
    with transaction() as session:
        session.flush()
        people.find_through(_through(case))


def _through(case: CaseFile) -> Through:
    return Through(
        case_id=case.id,
        team_id=case.team_id,
        manager_id=case.manager_id,
        is_fraud=case.crime.kind is CrimeKind.FRAUD,
        restricted=case.restricted,
    )
