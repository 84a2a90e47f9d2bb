"""Who sees what was sent on: the agency its own while it lasts; staff as far as the case."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock, scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.partners.models import PartnerReferral


def referrals(viewer: Viewer) -> sa.ColumnElement[bool]:
    """An agency's user sees its agency's live ones; others those of the cases that they may see."""
    of_cases = PartnerReferral.case_id.in_(
        sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))
    )
    if Role.PARTNER not in viewer.roles or not viewer.agency:
        return of_cases
    live = sa.and_(
        PartnerReferral.agency == viewer.agency,
        PartnerReferral.revoked_at.is_(None),
        PartnerReferral.expires_on >= clock.today(),
        PartnerReferral.case_id.in_(sa.select(CaseFile.id).where(CaseFile.erased_at.is_(None))),
    )
    return sa.or_(live, of_cases)


scope.register(PartnerReferral, referrals)
