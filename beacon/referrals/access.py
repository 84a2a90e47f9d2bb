"""Who may see which referrals: intake and team leaders, as far as the case may be seen."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from beacon.cases.access import Sight, crimes_of_declared, sight_of
from beacon.cases.models import CaseFile, Crime
from beacon.core import clock, scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.people.access import (
    Agreeing,
    agrees_through,
    in_hand_through,
    reached_through,
    without_conflict,
)
from beacon.people.models import Victim
from beacon.referrals.models import (
    ContactTry,
    Referral,
    ReferralHold,
    TriageDecision,
    UrgentMark,
)
from beacon.referrals.terms import Place

RECEIVE = frozenset({Role.INTAKE_OFFICER, Role.TEAM_LEADER})


def _referrals(viewer: Viewer) -> sa.ColumnElement[bool]:
    return _seen_on(sight_of(viewer), clock.today())


# Putting it together takes longer than asking.
@lru_cache(maxsize=1_000)
def _seen_on(viewer: Sight, _day: date) -> sa.ColumnElement[bool]:
    """A referral that became a case is seen by those who may see the case; never one's own kin's.

    A partner agency sees none, whatever else its user may be.
    """
    if viewer.roles.isdisjoint(RECEIVE) or Role.PARTNER in viewer.roles:
        return sa.false()
    seen = (
        sa.exists()
        .where(CaseFile.id == Referral.case_id, scope.condition(viewer, CaseFile))
        .correlate(Referral)
    )
    reached = sa.or_(Referral.case_id.is_(None), seen)
    return sa.and_(reached, without_conflict(viewer, Referral.victim_id))


def _harmed(declared: sa.Select[int]) -> list[Agreeing]:
    """The victims who were referred to us about a crime that a declared person is accused of."""
    return [
        (crimes.join(Referral, Referral.crime_id == Crime.id), Referral.victim_id)
        for crimes in crimes_of_declared(declared)
    ]


def _victims(viewer: Viewer) -> sa.ColumnElement[bool]:
    """A person is seen through a referral that may be seen."""
    return sa.exists().where(Referral.victim_id == Victim.id, scope.condition(viewer, Referral))


def _in_triage(viewer: Viewer) -> sa.ColumnElement[bool]:
    """While a referral is in the queue, its person is the work of those who triage."""
    return sa.exists().where(
        Referral.victim_id == Victim.id,
        Referral.place < Place.DONE,
        scope.condition(viewer, Referral),
    )


def _referral_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(Referral.id).where(scope.condition(viewer, Referral))


scope.register(Referral, _referrals)
scope.register(ContactTry, lambda viewer: ContactTry.referral_id.in_(_referral_ids(viewer)))
scope.register(ReferralHold, lambda viewer: ReferralHold.referral_id.in_(_referral_ids(viewer)))
scope.register(TriageDecision, lambda viewer: TriageDecision.referral_id.in_(_referral_ids(viewer)))
scope.register(UrgentMark, lambda viewer: UrgentMark.referral_id.in_(_referral_ids(viewer)))
agrees_through(_harmed)
reached_through(_victims)
in_hand_through(_in_triage)
