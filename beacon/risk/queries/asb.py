"""How the incidents of a case stand against the threshold of its district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import CrimeKind
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.names import name_key
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.risk.models import AsbApplication, AsbIncident, AsbReport, AsbThreshold
from beacon.risk.rules import CEILING, Count, Incident, Report, count, window_began
from beacon.risk.terms import DISTRICTS

# As feeds write them; the full name is known without this.
SHORT = {"east herts": "East Hertfordshire", "north herts": "North Hertfordshire"}
WORDS_AROUND = ("district council", "borough council", "city council", "district", "council")


@dataclass(frozen=True, kw_only=True)
class AsbOf:
    """The incidents of a case, and how they stand on one day in its district."""

    district: str  # as the case has it
    row: AsbThreshold | None  # None: the district is not one of the ten
    incidents: Sequence[AsbIncident]
    withdrawn: Sequence[AsbIncident]
    applications: Sequence[AsbApplication]
    local: Count | None
    ceiling: Count
    began: date  # the first day of the window
    is_asb: bool

    @property
    def concerns(self) -> bool:
        """Whether there is anything to say of it on the page of this case."""
        return self.is_asb or bool(self.incidents)

    @property
    def figures(self) -> Count:
        """By what the case is counted: its district's own threshold, else the Act's."""
        return self.local or self.ceiling

    @property
    def is_verified(self) -> bool:
        """Whether somebody has read what the district asks for."""
        return self.row is not None and self.row.verified_on is not None

    @property
    def only_by_the_act(self) -> bool:
        """Whether the Act's own count is reached although the council's words are not."""
        return self.ceiling.is_reached and not self.figures.is_reached


@asking
def asb_of(viewer: Viewer, case: CaseFile, on: date, district: str = "") -> Asking[AsbOf]:
    """How a case stands on that day, in its own district or in another."""
    kept = scope.visible(viewer, AsbIncident).where(AsbIncident.case_id == case.id)
    asked = scope.visible(viewer, AsbApplication).where(AsbApplication.case_id == case.id)
    reported = sa.select(AsbReport).where(
        AsbReport.incident_id.in_(kept.with_only_columns(AsbIncident.id))
    )
    name = district or case.crime.district
    incidents, reports, applications, row = yield from together.at_once(
        together.scalars(kept.order_by(AsbIncident.happened_on.desc(), AsbIncident.id.desc())),
        together.scalars(reported.order_by(AsbReport.id)),
        together.scalars(asked.order_by(AsbApplication.id.desc())),
        threshold_of.ask(name),
    )
    together.gather(incidents, "reports", reports, by="incident_id")
    standing = [one for one in incidents if one.withdrawn_at is None]
    facts = [as_incident(one) for one in standing]
    limit = row.threshold if row else CEILING
    return AsbOf(
        district=name,
        row=row,
        incidents=standing,
        withdrawn=[one for one in incidents if one.withdrawn_at is not None],
        applications=applications,
        local=count(limit, facts, on) if row else None,
        ceiling=count(CEILING, facts, on),
        began=window_began(on, limit.window_months),
        is_asb=case.crime.kind is CrimeKind.ASB,
    )


def as_incident(row: AsbIncident) -> Incident:
    """An incident as the rules count it: reports to those who do not count are left out."""
    reports = tuple(Report(one.reported_on, one.person) for one in row.reports if one.body.counts)
    return Incident(row.id, row.happened_on, row.is_hate, reports)


@asking
def threshold_of(district: str) -> Asking[AsbThreshold | None]:
    """What a district asks for; None where it is none of the ten, or not known."""
    sought = known_district(district)
    if not sought:
        return None
    found = yield from together.first(
        sa.select(AsbThreshold).where(AsbThreshold.district == sought)
    )
    return found


def known_district(typed: str) -> str:
    """The district by its full name, however a feed wrote it; empty where it is none of the ten."""
    key = name_key(typed)
    for words in WORDS_AROUND:
        key = key.removesuffix(words).strip()
    full = {name_key(name): name for name in DISTRICTS}
    return full.get(key) or SHORT.get(key, "")


def get_district(district_id: int) -> AsbThreshold:
    """One of the ten districts."""
    row = db.session.get(AsbThreshold, district_id)
    if row is None:
        raise NotFound
    return row


def districts() -> Sequence[AsbThreshold]:
    """The ten districts with what each asks for, by name."""
    return db.session.scalars(sa.select(AsbThreshold).order_by(AsbThreshold.district)).all()
