"""What people told us is seen by those who may see the referral that came of it."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.core import scope
from beacon.core.scope import Viewer
from beacon.referrals.models import Referral
from beacon.self_referrals.models import SelfReferral


def _told(viewer: Viewer) -> sa.ColumnElement[bool]:
    return SelfReferral.referral_id.in_(
        sa.select(Referral.id).where(scope.condition(viewer, Referral))
    )


scope.register(SelfReferral, _told)
