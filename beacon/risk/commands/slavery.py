"""Referring a potential victim of modern slavery, and what the Home Office decides (3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.risk import rules
from beacon.risk.commands.ground import come, day, held, said, short
from beacon.risk.models import SlaveryReferral, SlaveryStep
from beacon.risk.terms import (
    FirstResponder,
    SlaveryConsent,
    SlaveryRoute,
    SlaveryStage,
    SlaveryVerdict,
)

AGE_AT_MOST = 120
REFERENCE_AT_MOST = 60


@dataclass(frozen=True, kw_only=True)
class SlaveryGiven:
    """What is known: indicators, ages, consent of an adult, through whom it goes."""

    indicators: str
    through: FirstResponder
    agrees: bool | None = None  # of an adult; a child is not asked
    claimed_age: int | None = None
    assessed_age: int | None = None
    responder: str = ""


@dataclass(frozen=True, kw_only=True)
class SlaveryStepGiven:
    """One dated step, with the decision where it is one."""

    stage: SlaveryStage
    on: date
    verdict: SlaveryVerdict | None = None
    reference: str = ""
    words: str = ""


def record_slavery(case: CaseFile, given: SlaveryGiven, *, actor: Actor) -> SlaveryReferral:
    """Record the facts of a referral. Under 18 is always referred, and nobody asks for consent.

    An adult who does not agree is not referred: the duty to notify remains, without what would
    identify them.
    """
    with transaction() as session:
        row = held(case, actor)
        for name in ("claimed_age", "assessed_age"):
            age = getattr(given, name)
            if age is not None and not 0 <= age <= AGE_AT_MOST:
                raise RuleBroken("Enter an age from 0 to 120.", field=name)
        indicators = said(given.indicators, "indicators", "Enter what points to it.")
        born = rules.born_under_18(row.victim.date_of_birth, clock.today())
        child = rules.is_under_18(given.claimed_age, given.assessed_age, born_under_18=born)
        consent = _consent(given.agrees, child=child)
        if (same := _sent_before(session, row, given, consent, indicators)) is not None:
            return same
        made = SlaveryReferral(
            case_id=row.id,
            claimed_age=given.claimed_age,
            assessed_age=given.assessed_age,
            under_18=child,
            consent=consent,
            route=rules.route(consent),
            through=given.through,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.indicators = indicators
        made.responder = short(given.responder, "responder", at_most=200)
        session.add(made)
        audit.record(
            "slavery.recorded", made, actor, operation=Operation.COLLECTION, case_id=row.id,
            route=made.route.value,
        )  # fmt: skip
        words = f"modern slavery, {made.route.label}, {consent.label.lower()}"
        cases.keep_history(row.id, TimelineEvent.SAFEGUARDING, actor, words=words)
        return made


def take_slavery_step(
    case: CaseFile, referral: SlaveryReferral, given: SlaveryStepGiven, *, actor: Actor
) -> SlaveryStep:
    """Record a dated step, in its order. A step that is recorded again is put right."""
    with transaction() as session:
        row = held(case, actor)
        kept = session.get(SlaveryReferral, referral.id, populate_existing=True)
        if kept is None or kept.case_id != row.id:
            raise NotFound
        come(given.on, "on")
        _in_order(kept, given)
        if (before := kept.taken.get(given.stage)) is not None:
            before.replaced_at = clock.now()
            session.flush()
        step = SlaveryStep(
            slavery_id=kept.id,
            stage=given.stage,
            happened_on=given.on,
            verdict=given.verdict,
            reference=short(given.reference, "reference", at_most=REFERENCE_AT_MOST),
            by_id=actor.id,
            by_name=actor.name,
        )
        step.words = short(given.words, "words")
        session.add(step)
        session.flush()
        session.expire(kept, ["steps"])
        audit.record("slavery.step", kept, actor, case_id=row.id, stage=given.stage.value)
        decided = f" {given.verdict.label.lower()}" if given.verdict else ""
        words = f"modern slavery, {given.stage.label.lower()}{decided}, {day(given.on)}"
        cases.keep_history(row.id, TimelineEvent.SAFEGUARDING, actor, words=words)
        return step


def _consent(agrees: bool | None, *, child: bool) -> SlaveryConsent:
    if child:
        if agrees is not None:
            raise RuleBroken(
                "Under 18 is always referred, and is not asked. Take the answer away.",
                field="agrees",
            )
        return SlaveryConsent.UNDER_18
    if agrees is None:
        raise RuleBroken("Say whether they agree to be referred: adults are asked.", field="agrees")
    return SlaveryConsent.GIVEN if agrees else SlaveryConsent.REFUSED


def _in_order(referral: SlaveryReferral, given: SlaveryStepGiven) -> None:
    """Refuse a step that cannot have come yet; a decision says which way it went."""
    stage, taken = given.stage, referral.taken
    if stage.is_decision != (given.verdict is not None):
        raise RuleBroken("Choose how it was decided.", field="verdict")
    if stage.is_decision and referral.route is not SlaveryRoute.NRM:
        raise RuleBroken("What is only notified is not decided about.", field="stage")
    before = _before(referral, stage)
    if before is not None and before not in taken:
        raise RuleBroken(f"Record this first: {before.label.lower()}.", field="stage")
    if before is not None and given.on < taken[before].happened_on:
        raise RuleBroken(
            f"That is before this: {before.label.lower()}. Check both dates.", field="on"
        )


def _before(referral: SlaveryReferral, stage: SlaveryStage) -> SlaveryStage | None:
    """What must come before: for a child the local authority is told first [S:GOVNRM]."""
    if stage is SlaveryStage.SENT:
        return SlaveryStage.AUTHORITY_TOLD if referral.under_18 else None
    return {
        SlaveryStage.REASONABLE: SlaveryStage.SENT,
        SlaveryStage.CONCLUSIVE: SlaveryStage.REASONABLE,
    }.get(stage)


def _sent_before(
    session: Session,
    case: CaseFile,
    given: SlaveryGiven,
    consent: SlaveryConsent,
    indicators: str,
) -> SlaveryReferral | None:
    """The referral that this form has made already, on this day."""
    before = session.scalars(
        sa.select(SlaveryReferral).where(
            SlaveryReferral.case_id == case.id,
            SlaveryReferral.consent == consent,
            SlaveryReferral.through == given.through,
            SlaveryReferral.created_at >= clock.start_of_day(clock.today()),
        )
    )
    return next((one for one in before if one.indicators == indicators), None)
