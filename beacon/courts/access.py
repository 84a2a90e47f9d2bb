"""Whose hearings a person may see: a court officer all, a case manager those of their cases."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import DeclaredContact
from beacon.cases.access import accused_through
from beacon.cases.models import CaseFile, Crime
from beacon.core import scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.courts.models import (
    CourtWitness,
    Defendant,
    Hearing,
    HearingText,
    SpecialMeasure,
    SpecialMeasureStep,
    WitnessCame,
)
from beacon.courts.terms import CORRECTION, KIND
from beacon.notify.access import withheld_through
from beacon.people.access import points_declared, victims_in_conflict

Condition = sa.ColumnElement[bool]


def defendants_in_scope(viewer: Viewer) -> Condition:
    """Every defendant for a court officer; else those of the crimes of the viewer's own cases."""
    if Role.COURT_OFFICER in viewer.roles and Role.PARTNER not in viewer.roles:
        return Defendant.id.not_in(_in_conflict(viewer))
    crimes = (
        sa.select(Crime.reference_key)
        .join(CaseFile, CaseFile.crime_id == Crime.id)
        .where(scope.condition(viewer, CaseFile))
    )
    return Defendant.crime_key.in_(crimes)


def hearings_in_scope(viewer: Viewer) -> Condition:
    """The hearings of the defendants in scope."""
    if Role.COURT_OFFICER in viewer.roles and Role.PARTNER not in viewer.roles:
        return Hearing.defendant_id.not_in(_in_conflict(viewer))
    return Hearing.defendant_id.in_(sa.select(Defendant.id).where(defendants_in_scope(viewer)))


def _charged(declared: sa.Select[int]) -> sa.Select[int]:
    """A number that was declared is a defendant's: the crime that they are charged with."""
    same = Defendant.mobile_index == DeclaredContact.point_index
    charged = declared.join(Defendant, same)
    return charged.join(Crime, Crime.reference_key == Defendant.crime_key)


def _in_conflict(viewer: Viewer) -> sa.CompoundSelect[int]:
    """The defendants of crimes by or against somebody whom the viewer must not meet (Z-11)."""
    ids = sa.select(Defendant.id).correlate(None)
    against = (
        ids.join(Crime, Crime.reference_key == Defendant.crime_key)
        .join(CaseFile, CaseFile.crime_id == Crime.id)
        .where(CaseFile.victim_id.in_(victims_in_conflict(viewer)))
    )
    known = aliased(Defendant)
    by = sa.select(known.crime_key).where(known.mobile_index.in_(points_declared(viewer)))
    return sa.union_all(against, ids.where(Defendant.crime_key.in_(by)))


def _not_to_be_read_of(viewer: Viewer) -> sa.CompoundSelect[int]:
    """The hearings whose text is closed to the viewer: it speaks for one that is closed to them."""
    closed = sa.select(Hearing.id).where(Hearing.defendant_id.in_(_in_conflict(viewer)))
    spoken = sa.select(HearingText.about_id).where(HearingText.hearing_id.in_(closed))
    return sa.union_all(closed, spoken)


accused_through(_charged)
withheld_through(KIND, _not_to_be_read_of)
withheld_through(CORRECTION, _not_to_be_read_of)


def witnesses_in_scope(viewer: Viewer) -> Condition:
    """Those of the viewer's own cases; for a court officer all of a hearing, without a name."""
    own = CourtWitness.case_id.in_(sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile)))
    if Role.COURT_OFFICER in viewer.roles and Role.PARTNER not in viewer.roles:
        return sa.or_(
            own,
            CourtWitness.hearing_id.in_(sa.select(Hearing.id).where(hearings_in_scope(viewer))),
        )
    return own


def _witness_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CourtWitness.id).where(witnesses_in_scope(viewer))


def _measure_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(SpecialMeasure.id).where(SpecialMeasure.witness_id.in_(_witness_ids(viewer)))


scope.register(CourtWitness, witnesses_in_scope)
scope.register(WitnessCame, lambda viewer: WitnessCame.witness_id.in_(_witness_ids(viewer)))
scope.register(SpecialMeasure, lambda viewer: SpecialMeasure.witness_id.in_(_witness_ids(viewer)))
scope.register(
    SpecialMeasureStep, lambda viewer: SpecialMeasureStep.measure_id.in_(_measure_ids(viewer))
)
scope.register(Defendant, defendants_in_scope)
scope.register(Hearing, hearings_in_scope)
