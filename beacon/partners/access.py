"""Who sees what was sent on: the agency its own while it lasts; staff as far as the case."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.partners.models import (
    Agency,
    AgencyContact,
    ChampionTraining,
    PartnerReferral,
    PartnerService,
    PartnerStep,
)
from beacon.partners.terms import GRANTS, PartnerPermission, ReferralState
from beacon.people.access import without_conflict

# What an agency's user may look at: sent, and neither declined, taken back nor run out. A service
# that says no needs nobody's name and number any more.
SEEN_BY_AGENCY = tuple(
    state for state in ReferralState if state.is_live or state is ReferralState.FINISHED
)


def referrals(viewer: Viewer) -> sa.ColumnElement[bool]:
    """An agency's user sees its agency's live ones; others those of the cases that they may see.

    What is revoked or has expired is gone with the next question (security.md Z-15).
    """
    if Role.PARTNER not in viewer.roles:
        return PartnerReferral.case_id.in_(
            sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
        )
    if not viewer.agency:
        return sa.false()
    return sa.and_(
        PartnerReferral.agency == viewer.agency,
        PartnerReferral.revoked_at.is_(None),
        PartnerReferral.state.in_(SEEN_BY_AGENCY),
        PartnerReferral.expires_on >= clock.today(),
        PartnerReferral.case_id.in_(
            sa.select(CaseFile.id).where(
                CaseFile.erased_at.is_(None), without_conflict(viewer, CaseFile.victim_id)
            )
        ),
    )


def agencies(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Every agency, and whom to ring there, for those who keep the list."""
    keeps = not GRANTS[PartnerPermission.CONTACTS].isdisjoint(viewer.roles)
    return sa.literal(keeps and Role.PARTNER not in viewer.roles)


def services(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The directory, for those who look for a service in it and those who keep it."""
    able = GRANTS[PartnerPermission.FIND] | GRANTS[PartnerPermission.CONTACTS]
    return sa.literal(not able.isdisjoint(viewer.roles) and Role.PARTNER not in viewer.roles)


def steps(viewer: Viewer) -> sa.ColumnElement[bool]:
    """What happened to a referral: to an agency's user what the agency itself said, and no more."""
    of_seen = PartnerStep.sharing_id.in_(sa.select(PartnerReferral.id).where(referrals(viewer)))
    if Role.PARTNER not in viewer.roles:
        return of_seen
    return sa.and_(of_seen, PartnerStep.is_theirs.is_(True))


scope.register(Agency, agencies)
scope.register(AgencyContact, agencies)
scope.register(ChampionTraining, agencies)
scope.register(PartnerReferral, referrals)
scope.register(PartnerService, services)
scope.register(PartnerStep, steps)
