"""Builders for risk: say only what your test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import CrimeKind, TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.risk import commands
from beacon.risk.commands import (
    AssessmentGiven,
    ConcernGiven,
    IncidentGiven,
    MaracGiven,
    ReportGiven,
    SlaveryGiven,
)
from beacon.risk.models import (
    AsbIncident,
    MaracReferral,
    RiskAssessment,
    SafeguardingConcern,
    SlaveryReferral,
)
from beacon.risk.terms import (
    Answer,
    AsbBody,
    ConcernConsent,
    ConcernKind,
    FirstResponder,
    MaracConsent,
    RiskGround,
)
from tests.factories import TEST, a_case, a_crime

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WHY = "He was waiting for her outside the nursery."
HALF_PAST = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)


def yes_to(count: int) -> dict[int, Answer]:
    """So many of the 24 answered yes, the rest no."""
    return {number: Answer.YES if number <= count else Answer.NO for number in range(1, 25)}


def an_assessment(
    case: CaseFile, yes: int = 3, *, actor: Actor = TEST, at: datetime | None = None, **known: Any
) -> RiskAssessment:
    """A DASH with so many answered yes, at this moment."""
    given = AssessmentGiven(**{"answers": yes_to(yes)} | known)
    return commands.assess_risk(case, given, at=at or clock.now(), actor=actor)


def judged(**known: Any) -> dict[str, Any]:
    """That a person judges the risk to be high."""
    return {"judged_high": True, "judgement": WHY} | known


def a_marac(case: CaseFile, *, actor: Actor = TEST, **known: Any) -> MaracReferral:
    """A referral to MARAC of today, by professional judgement."""
    usual = {
        "grounds": [RiskGround.JUDGEMENT],
        "consent": MaracConsent.GIVEN,
        "referred_on": clock.today(),
        "reason": WHY,
    }
    return commands.refer_to_marac(case, MaracGiven(**usual | known), actor=actor)


def concern_given(**known: Any) -> ConcernGiven:
    usual = {
        "kind": ConcernKind.CHILD_17,
        "reason": "The boy sleeps in the hall to hear the door.",
        "consent": ConcernConsent.GIVEN,
        "made_to": "Children's Services",
        "made_at": HALF_PAST,
        "next_check_on": date(2026, 11, 30),
    }
    return ConcernGiven(**usual | known)


def a_concern(case: CaseFile, *, actor: Actor = TEST, **known: Any) -> SafeguardingConcern:
    """A child in need, with consent, made fifteen minutes ago, to be asked about in a week."""
    return commands.raise_concern(case, concern_given(**known), actor=actor)


def a_slavery_referral(case: CaseFile, *, actor: Actor = TEST, **known: Any) -> SlaveryReferral:
    """An adult who agrees, through the police."""
    usual = {
        "indicators": "Somebody else holds the passport.",
        "through": FirstResponder.POLICE,
        "agrees": True,
    }
    return commands.record_slavery(case, SlaveryGiven(**usual | known), actor=actor)


def an_asb_case(
    district: str = "East Hertfordshire", *, manager: Staff | None = None, **known: Any
) -> CaseFile:
    """A case of anti-social behaviour in a district."""
    crime = a_crime(kind=CrimeKind.ASB, district=district, offence="", offence_on=None)
    return a_case(crime=crime, manager=manager, **known)


def reported(on: date, **known: Any) -> ReportGiven:
    return ReportGiven(**{"body": AsbBody.COUNCIL, "on": on} | known)


def an_incident(
    case: CaseFile, on: date, *, actor: Actor = TEST, is_reported: bool = True, **known: Any
) -> AsbIncident:
    """Something that happened on a day, reported to the council by the victim on that day."""
    usual = {
        "on": on,
        "what": f"Shouting and bottles, {on}",
        "report": reported(on) if is_reported else None,
    }
    return commands.record_incident(case, IncidentGiven(**usual | known), actor=actor)


def tasks_of(case: CaseFile, *kinds: TaskKind) -> list[CaseTask]:
    """The tasks of a case of these kinds, in the order in which they were made."""
    db.session.rollback()
    query = sa.select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(CaseTask.id)))
