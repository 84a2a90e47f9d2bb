"""Who is to be asked now, and which invitations are on their way: asked of the data, often."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.cases.models import CaseFile, CrimeMilestone
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.entitlements.terms import Milestone
from beacon.surveys.models import SurveyInvitation
from beacon.surveys.standards import AT_CONTACT, AT_TRIAL, CLOSING, CONTACT, ON, TRIAL
from beacon.surveys.terms import InvitationState, Point

LATEST = timedelta(days=30)  # what is longer due than this is not asked any more
AT_ONCE = 200
LIVE = tuple(state for state in InvitationState if state.is_live)


def due_after(point: Point) -> list[int]:
    """The cases whose victims are to be asked at this point, and were not yet decided on."""
    if not settings.is_on(ON) or (point in SWITCHES and not settings.is_on(SWITCHES[point])):
        return []
    until = clock.now() - timedelta(days=settings.count(DAYS[point]))
    known = sa.select(SurveyInvitation.case_id).where(SurveyInvitation.point == point)
    query = _reached(point, until).where(CaseFile.erased_at.is_(None), CaseFile.id.not_in(known))
    return list(db.session.scalars(query.order_by(CaseFile.id).limit(AT_ONCE)))


def live_ones() -> list[int]:
    """The invitations whose links may be opened."""
    query = sa.select(SurveyInvitation.id).where(SurveyInvitation.state.in_(LIVE))
    return list(db.session.scalars(query.order_by(SurveyInvitation.id)))


def to_follow() -> list[int]:
    """The invitations that are on their way."""
    query = sa.select(SurveyInvitation.id).where(SurveyInvitation.state == InvitationState.PLANNED)
    return list(db.session.scalars(query.order_by(SurveyInvitation.id)))


SWITCHES = {Point.AFTER_CONTACT: AT_CONTACT, Point.AFTER_TRIAL: AT_TRIAL}
DAYS = {Point.CLOSING: CLOSING, Point.AFTER_CONTACT: CONTACT, Point.AFTER_TRIAL: TRIAL}


def _reached(point: Point, until: datetime) -> sa.Select[int]:
    column = {
        Point.CLOSING: CaseFile.closed_at,
        Point.AFTER_CONTACT: CaseFile.first_contact_at,
        Point.AFTER_TRIAL: CrimeMilestone.happened_at,
    }[point]
    query = sa.select(CaseFile.id).where(column <= until, column > until - LATEST)
    if point is Point.AFTER_TRIAL:
        query = query.join(CrimeMilestone, CrimeMilestone.crime_id == CaseFile.crime_id).where(
            CrimeMilestone.kind == Milestone.TRIAL_OUTCOME, CrimeMilestone.withdrawn_at.is_(None)
        )
        return query.distinct()
    return query
