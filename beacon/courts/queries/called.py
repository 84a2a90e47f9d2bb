"""Who is called to a hearing beside the defendant, as each viewer may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # a select of whatever columns

import sqlalchemy as sa

from beacon.cases.models import CaseFile, CaseGround, Crime, CrimeMilestone
from beacon.cases.queries.caseload import NAME, name_of
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.scope import Viewer
from beacon.courts import rules
from beacon.courts.models import (
    Court,
    CourtWitness,
    Defendant,
    Hearing,
    SpecialMeasure,
)
from beacon.courts.terms import Called, CourtKind, Ground
from beacon.entitlements import rules as entitlements
from beacon.entitlements.terms import Milestone
from beacon.people.models import Victim


@dataclass(frozen=True)
class WitnessLine:
    """One person called to a hearing, as this viewer may know them, with their measures."""

    row: CourtWitness
    name: str  # empty for whoever may not know it
    reference: str  # of the case, likewise
    measures: Sequence[SpecialMeasure]


def witnesses_of(viewer: Actor, hearing_id: int) -> list[WitnessLine]:
    """Who is called to a hearing: those of the viewer's own cases by name, for a court officer
    the others too, without name or case."""
    own = scope.condition(viewer, CaseFile)
    found = db.session.execute(
        sa.select(CourtWitness, CaseFile.reference, own.label("own"), *NAME)
        .join(CaseFile, CaseFile.id == CourtWitness.case_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CourtWitness.hearing_id == hearing_id, scope.condition(viewer, CourtWitness))
        .order_by(CourtWitness.id)
    ).all()
    ids = [row.CourtWitness.id for row in found]
    measures: dict[int, list[SpecialMeasure]] = {}
    if ids:
        query = sa.select(SpecialMeasure).where(SpecialMeasure.witness_id.in_(ids))
        for one in db.session.scalars(query.order_by(SpecialMeasure.measure, SpecialMeasure.id)):
            measures.setdefault(one.witness_id, []).append(one)
    return [_line(row, measures.get(row.CourtWitness.id, [])) for row in found]


def _line(row: Any, measures: list[SpecialMeasure]) -> WitnessLine:
    witness: CourtWitness = row.CourtWitness
    name = (witness.who or "") if witness.called is Called.WITNESS else name_of(row)
    return WitnessLine(witness, name if row.own else "", row.reference if row.own else "", measures)


def get_witness(viewer: Viewer, hearing_id: int, witness_id: int) -> CourtWitness:
    """One person called to this hearing; absent and out of scope read alike."""
    query = scope.visible(viewer, CourtWitness).where(
        CourtWitness.id == witness_id, CourtWitness.hearing_id == hearing_id
    )
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    return row


def get_own_witness(viewer: Viewer, hearing_id: int, witness_id: int) -> CourtWitness:
    """The same, of a case that the viewer may open."""
    row = get_witness(viewer, hearing_id, witness_id)
    own = sa.select(CaseFile.id).where(
        CaseFile.id == row.case_id, scope.condition(viewer, CaseFile)
    )
    if db.session.scalar(own) is None:
        raise NotFound
    return row


def get_measure(viewer: Viewer, witness: CourtWitness, measure_id: int) -> SpecialMeasure:
    """One measure of this person."""
    query = scope.visible(viewer, SpecialMeasure).where(
        SpecialMeasure.id == measure_id, SpecialMeasure.witness_id == witness.id
    )
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    return row


def cases_to_call(viewer: Viewer, hearing: Hearing) -> list[tuple[CaseFile, str]]:
    """The viewer's own open cases of the crime that a hearing is about, with the victim's name."""
    rows = db.session.execute(
        sa.select(CaseFile, *NAME)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Defendant, Defendant.crime_key == Crime.reference_key)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(
            Defendant.id == hearing.defendant_id,
            CaseFile.closed_at.is_(None),
            scope.condition(viewer, CaseFile),
        )
        .order_by(CaseFile.id)
    )
    return [(row.CaseFile, name_of(row)) for row in rows]


def apply_by(witness: CourtWitness) -> date | None:
    """The last day to apply for special measures: business days after the not guilty plea.

    None where no such plea is recorded (Criminal Procedure Rules 18.3, domain.md 3.7).
    """
    row = db.session.execute(
        sa.select(sa.func.max(CrimeMilestone.happened_at).label("plea"), Court.kind)
        .select_from(CourtWitness)
        .join(Hearing, Hearing.id == CourtWitness.hearing_id)
        .join(Court, Court.id == Hearing.court_id)
        .join(CaseFile, CaseFile.id == CourtWitness.case_id)
        .join(CrimeMilestone, CrimeMilestone.crime_id == CaseFile.crime_id)
        .where(
            CourtWitness.id == witness.id,
            CrimeMilestone.kind == Milestone.PLEADED_NOT_GUILTY,
            CrimeMilestone.withdrawn_at.is_(None),
        )
        .group_by(Court.kind)
    ).first()
    if row is None:
        return None
    rule = "SM_CC" if row.kind is CourtKind.CROWN else "SM_MC"
    return entitlements.due(rule, row.plea, enhanced=False).due_on


def proposed_grounds(witness: CourtWitness, hearing: Hearing) -> list[Ground]:
    """The grounds that what the case says of its victim proposes (RULE 3.5)."""
    rows = db.session.execute(
        sa.select(Victim.date_of_birth, CaseGround.ground, CaseGround.holds)
        .select_from(CaseFile)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(CaseGround, CaseGround.case_id == CaseFile.id)
        .where(CaseFile.id == witness.case_id)
        .order_by(CaseGround.id)
    ).all()
    known = {row.ground for row in rows if row.ground is not None and row.holds is not False}
    born_on = rows[0].date_of_birth if rows else None
    return rules.grounds_for(born_on, hearing.held_on, known)
