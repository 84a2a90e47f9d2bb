"""The thresholds of the ASB Case Review that come with Beacon, by district (domain.md 3.5).

Two districts' own pages were read; the other eight stand at what the Act allows at the most, and
are shown as to be verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.core.db import transaction
from beacon.risk.models import AsbThreshold
from beacon.risk.rules import CEILING, Threshold
from beacon.risk.terms import DISTRICTS, CountedBy

READ_ON = date(2026, 11, 22)
ACT = "Anti-social Behaviour, Crime and Policing Act 2014, section 104"


@dataclass(frozen=True, kw_only=True)
class DistrictRow:
    """What one district asks for, where that was read, and what else it says."""

    threshold: Threshold
    source: str
    verified_on: date | None = None
    friend_may_apply: bool = True
    anonymous_accepted: bool = False
    note: str = ""


_NOT_READ = DistrictRow(
    threshold=CEILING,
    source=ACT,
    note="The council's own rules have not been read: it may ask for less, and for no more.",
)
_OWN: dict[str, DistrictRow] = {
    "East Hertfordshire": DistrictRow(
        threshold=Threshold(counted_by=CountedBy.INCIDENT),
        source="https://www.eastherts.gov.uk/community-and-health/anti-social-behaviour-case-review",
        verified_on=READ_ON,
        note=(
            "Three or more separate incidents in the past six months, reported to the council, "
            "the police or a landlord. A friend or relative may apply with consent. Anonymous "
            "applications are not accepted."
        ),
    ),
    "Three Rivers": DistrictRow(
        threshold=Threshold(or_people=3),
        source="https://www.threerivers.gov.uk/egcl-page/the-community-trigger-for-anti-social-behaviour",
        verified_on=READ_ON,
        note=(
            "Three reports by one person, or by three different people, about separate incidents "
            "in six months. Individuals or businesses."
        ),
    ),
}
THRESHOLDS: dict[str, DistrictRow] = {name: _OWN.get(name, _NOT_READ) for name in DISTRICTS}


def load_reference() -> None:
    """Add the districts that are not there yet; what an administrator changed stays."""
    with transaction() as session:
        known = set(session.scalars(sa.select(AsbThreshold.district)))
        session.add_all(_row(name, row) for name, row in THRESHOLDS.items() if name not in known)


def _row(district: str, row: DistrictRow) -> AsbThreshold:
    asked = row.threshold
    return AsbThreshold(
        district=district,
        count=asked.count,
        window_months=asked.window_months,
        report_within_months=asked.report_within_months,
        or_people=asked.or_people,
        hate_count=asked.hate_count,
        counted_by=asked.counted_by,
        friend_may_apply=row.friend_may_apply,
        anonymous_accepted=row.anonymous_accepted,
        source=row.source,
        note=row.note,
        verified_on=row.verified_on,
    )
