"""By which referral a case came, and the referrals of which no case came."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from beacon.cases.caseless import Caseless
from beacon.cases.models import CaseFile, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import together
from beacon.core.together import Asking, asking
from beacon.referrals.models import Referral
from beacon.referrals.terms import Ending, Waits


def feed_of_case() -> sa.ScalarSelect[str]:
    """The feed of the first referral of a list's case."""
    return _first(Referral.feed)


def agency_of_case() -> sa.ScalarSelect[str]:
    """Who sent it: the agency, or the feed's name."""
    return _first(Referral.source)


@asking
def without_case(
    kind: CrimeKind, since: datetime | None, until: datetime | None
) -> Asking[list[Caseless]]:
    """How many referrals about matters of a kind have no case, by why they wait or how they ended.

    Recorded from one moment until before another, where those are given.
    """
    query = (
        sa.select(Referral.waits, Referral.ending, sa.func.count())
        .join(Crime, Crime.id == Referral.crime_id)
        .where(Crime.kind == kind, Referral.case_id.is_(None))
        .group_by(Referral.waits, Referral.ending)
    )
    if since is not None:
        query = query.where(Crime.recorded_at >= since)
    if until is not None:
        query = query.where(Crime.recorded_at < until)
    counted = yield from together.rows(query)
    found = [_said(*row) for row in counted]
    return sorted(found, key=lambda one: (not one.waits, one.words))


def _said(waits: Waits | None, ending: Ending | None, number: int) -> Caseless:
    if ending is not None:
        return Caseless(
            words=f"Ended at intake: {ending.label.lower()}",
            do="None: intake decided it, with a reason",
            number=number,
            waits=False,
        )
    why = waits.label if waits is not None else "No reason recorded"
    return Caseless(words=why, do="Intake decides it", number=number)


def _first(column: InstrumentedAttribute[str]) -> sa.ScalarSelect[str]:
    return (
        sa.select(column)
        .where(Referral.case_id == CaseFile.id)
        .order_by(Referral.id)
        .limit(1)
        .correlate(CaseFile)
        .scalar_subquery()
    )
