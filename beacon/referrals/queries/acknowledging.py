"""Which referrals nobody has acknowledged yet."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db
from beacon.feeds.models import ImportBatch
from beacon.notices.models import VictimNotice
from beacon.notices.terms import NoticeKind
from beacon.referrals.models import Referral
from beacon.referrals.terms import ReferralState

# What came longer ago is no news: nobody is thanked for it now.
WITHIN = timedelta(days=7)
AT_ONCE = 200
TAKEN_ON = "caseload"  # columns.CASELOAD


def to_acknowledge() -> list[int]:
    """The referrals of these days that were taken and not acknowledged, the oldest first.

    Live cases that were taken on from another system are none of them: somebody works on them.
    """
    done = sa.select(VictimNotice.about_id).where(VictimNotice.kind == NoticeKind.ACKNOWLEDGED)
    taken_on = sa.select(ImportBatch.id).where(ImportBatch.feed == TAKEN_ON)
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
            sa.or_(Referral.batch_id.is_(None), Referral.batch_id.not_in(taken_on)),
        )
        .order_by(Referral.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(query))
