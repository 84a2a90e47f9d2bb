"""What a risk has to say against bringing a victim and an offender together (cases/stops.py).

A high level, a safeguarding concern that goes on, and a referral to MARAC of the last 12 months.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from beacon.cases.stops import Stop
from beacon.core import clock, together
from beacon.core.together import Asking, asking
from beacon.risk.models import CaseRisk, ConcernCheck, MaracReferral, SafeguardingConcern
from beacon.risk.queries.concerns import OVER
from beacon.risk.queries.levels import NOT_HEARD
from beacon.risk.terms import RiskLevel

MARAC_LASTS = timedelta(days=366)
PAGE = "risk.show"


@asking
def stops(cases: sa.Select[int], at: datetime | None = None) -> Asking[list[Stop]]:
    """What stood at a moment in these cases; now, where none is given.

    A level that is raised again is a new row, so its key is new. What came of MARAC is kept as it
    is now.
    """
    moment = at or clock.now()
    levels, concerns, referrals = yield from together.at_once(
        together.rows(
            sa.select(CaseRisk.id, CaseRisk.case_id, CaseRisk.created_at)
            .where(
                CaseRisk.case_id.in_(cases),
                CaseRisk.level == RiskLevel.HIGH,
                CaseRisk.created_at <= moment,
                sa.or_(CaseRisk.replaced_at.is_(None), CaseRisk.replaced_at > moment),
            )
            .order_by(CaseRisk.id)
        ),
        together.rows(
            sa.select(
                SafeguardingConcern.id,
                SafeguardingConcern.case_id,
                SafeguardingConcern.kind,
                SafeguardingConcern.created_at,
            )
            .where(
                SafeguardingConcern.case_id.in_(cases),
                SafeguardingConcern.created_at <= moment,
                ~_over_by(moment),
            )
            .order_by(SafeguardingConcern.id)
        ),
        together.rows(
            sa.select(MaracReferral.id, MaracReferral.case_id, MaracReferral.created_at)
            .where(
                MaracReferral.case_id.in_(cases),
                MaracReferral.created_at <= moment,
                MaracReferral.referred_on >= clock.london_day(moment) - MARAC_LASTS,
                sa.or_(MaracReferral.outcome.is_(None), MaracReferral.outcome.not_in(NOT_HEARD)),
            )
            .order_by(MaracReferral.id)
        ),
    )
    return [
        *(_stop("risk", row, "High risk") for row in levels),
        *(_stop("concern", row, f"Safeguarding: {row.kind.label.lower()}") for row in concerns),
        *(_stop("marac", row, "Referred to MARAC") for row in referrals),
    ]


def _over_by(moment: datetime) -> sa.ColumnElement[bool]:
    """Whether the last look at a concern, by that moment, found it at its end."""
    last = (
        sa.select(sa.func.max(ConcernCheck.id))
        .where(ConcernCheck.concern_id == SafeguardingConcern.id, ConcernCheck.created_at <= moment)
        .correlate(SafeguardingConcern)
        .scalar_subquery()
    )
    return sa.exists().where(ConcernCheck.id == last, ConcernCheck.outcome.in_(OVER))


def _stop(family: str, row: sa.Row[int], words: str) -> Stop:
    return Stop(
        case_id=row.case_id,
        key=f"{family}:{row.id}",
        words=words,
        since=row.created_at,
        endpoint=PAGE,
    )
