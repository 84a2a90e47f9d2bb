"""What was decided of a referral and what is proposed: stages, urgency, the way it goes, tries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.cases.models import FraudReport
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.entitlements import queries as entitlements
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.terms import EnhancedGround
from beacon.referrals import rules
from beacon.referrals.models import (
    ContactTry,
    Referral,
    ReferralHold,
    TriageDecision,
    UrgentMark,
)
from beacon.referrals.queries.showing import triage_asked
from beacon.referrals.rules import Routed, RouteFacts
from beacon.referrals.terms import TriageStage, Verdict


@dataclass(frozen=True, kw_only=True)
class InHand:
    """Who has a referral in hand, and until when."""

    name: str
    until: datetime
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Tries:
    """How often somebody was tried, and what comes next."""

    made: tuple[ContactTry, ...]
    at_most: int
    unanswered: int  # since they were last reached

    @property
    def left(self) -> int:
        """How often they are still to be tried."""
        return rules.tries_left(self.unanswered, self.at_most)

    @property
    def are_over(self) -> bool:
        """Whether they were tried as often as the service tries."""
        return self.left == 0


def decisions(referral: Referral) -> list[TriageDecision]:
    """Every decision about a referral since it last came before a person, in their order.

    What was decided before the feed said something new stands in the history alone.
    """
    made = list(
        db.session.scalars(
            sa.select(TriageDecision)
            .where(TriageDecision.referral_id == referral.id)
            .order_by(TriageDecision.id)
        )
    )
    if referral.is_done:
        return made
    finals = [place for place, one in enumerate(made) if one.stage is TriageStage.FINAL]
    return made[finals[-1] + 1 :] if finals else made


def history(referral: Referral) -> list[TriageDecision]:
    """Every decision about a referral there ever was, in their order."""
    query = sa.select(TriageDecision).where(TriageDecision.referral_id == referral.id)
    return list(db.session.scalars(query.order_by(TriageDecision.id)))


def stage_of(referral: Referral) -> TriageStage:
    """Which decision is the next to be made."""
    made = {one.stage for one in decisions(referral) if one.verdict is Verdict.GO_ON}
    for stage in (TriageStage.INITIAL, TriageStage.SCREENING):
        if stage not in made:
            return stage
    return TriageStage.FINAL


def proposed_route(referral: Referral) -> Routed:
    """Which way the rules would have a referral go, with every rule that applies."""
    fraud = db.session.scalar(
        sa.select(FraudReport).where(FraudReport.crime_id == referral.crime_id)
    )
    return rules.routed(
        RouteFacts(
            kind=referral.crime.kind,
            grounds=frozenset(_grounds(referral)),
            urgent=frozenset(referral.urgent_reasons if referral.is_urgent else ()),
            consent=referral.consent,
            lost_money=bool(fraud and fraud.amount_lost_pence),
            vulnerable=bool(fraud and fraud.vulnerable),
        )
    )


def in_hand(viewer: Viewer, referral: Referral) -> InHand | None:
    """Who has it in hand now, if somebody has."""
    row = db.session.execute(
        sa.select(Staff.id, Staff.name, ReferralHold.until)
        .join(Staff, Staff.id == ReferralHold.staff_id)
        .where(ReferralHold.referral_id == referral.id, ReferralHold.until > clock.now())
    ).first()
    if row is None:
        return None
    return InHand(name=row.name, until=row.until, is_own=row.id == viewer.id)


def tries(referral: Referral) -> Tries:
    """How often the person of a referral was tried."""
    made = list(
        db.session.scalars(
            sa.select(ContactTry)
            .where(ContactTry.referral_id == referral.id)
            .order_by(ContactTry.happened_at, ContactTry.id)
        )
    )
    reached = [place for place, one in enumerate(made) if one.outcome.reached_them]
    return Tries(
        made=tuple(made),
        at_most=settings.count("triage.tries_at_most"),
        unanswered=len(made) - (reached[-1] + 1 if reached else 0),
    )


def promised_by(referral: Referral) -> date | None:
    """By when we have promised to be in touch, where a case is open and nobody has been yet."""
    if referral.case_id is None:
        return None
    owed = entitlements.open_duties(referral.case_id)
    return next((duty.due_on for duty in owed if duty.rule == FIRST_CONTACT), None)


def urgency_said(referral: Referral) -> UrgentMark | None:
    """What a person last said of how urgent it is."""
    query = sa.select(UrgentMark).where(UrgentMark.referral_id == referral.id)
    return db.session.scalar(query.order_by(UrgentMark.id.desc()).limit(1))


def _grounds(referral: Referral) -> tuple[EnhancedGround, ...]:
    return triage_asked(referral).ticked
