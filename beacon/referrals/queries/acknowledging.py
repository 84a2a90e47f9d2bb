"""Which referrals nobody has acknowledged yet."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.notices.models import VictimNotice
from beacon.notices.terms import NoticeKind
from beacon.referrals.models import Referral
from beacon.referrals.terms import ReferralState

# What came longer ago is no news: nobody is thanked for it now.
WITHIN = timedelta(days=7)
AT_ONCE = 200


def to_acknowledge() -> list[int]:
    """The referrals of these days that were taken and not acknowledged, the oldest first."""
    done = sa.select(VictimNotice.about_id).where(VictimNotice.kind == NoticeKind.ACKNOWLEDGED)
    since = clock.now() - WITHIN
    query = (
        sa.select(Referral.id)
        .join(CaseFile, CaseFile.id == Referral.case_id)
        .where(
            Referral.state == ReferralState.ACCEPTED,
            sa.or_(Referral.received_at > since, Referral.decided_at > since),
            CaseFile.closed_at.is_(None),
            CaseFile.erased_at.is_(None),
            Referral.id.not_in(done),
        )
        .order_by(Referral.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(query))
