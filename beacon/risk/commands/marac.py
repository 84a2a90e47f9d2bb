"""Referring to MARAC, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind, TimelineEvent
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.risk import queries, rules
from beacon.risk.commands.ground import come, day, finish, held, said, short
from beacon.risk.models import MaracReferral
from beacon.risk.terms import MaracConsent, MaracOutcome, RiskGround


@dataclass(frozen=True, kw_only=True)
class MaracGiven:
    """A referral to MARAC: its grounds, whether they agree, and when it is heard."""

    grounds: Sequence[RiskGround]
    consent: MaracConsent
    referred_on: date
    reason: str
    meeting_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MaracHeard:
    """What came of it."""

    outcome: MaracOutcome | None
    meeting_on: date | None
    actions: str = ""


def refer_to_marac(case: CaseFile, given: MaracGiven, *, actor: Actor) -> MaracReferral:
    """Record a referral to MARAC. Consent is not needed for a high risk, but it is kept.

    Whether it is a repeat is worked out of the last MARAC that we know of, for this victim in any
    case. The task that asked for the referral is done by it.
    """
    with transaction() as session:
        row = held(case, actor)
        come(given.referred_on, "referred_on")
        if not given.grounds:
            raise RuleBroken("Choose at least one ground.", field="grounds")
        _in_order(given.referred_on, given.meeting_on)
        why = said(given.reason, "reason", "Enter why you refer them, in short.")
        if (same := _sent_before(session, row, given, why)) is not None:
            return same
        last = queries.last_marac_on(row)
        months = queries.thresholds().repeat_months
        made = MaracReferral(
            case_id=row.id,
            referred_on=given.referred_on,
            grounds=" ".join(one.value for one in RiskGround if one in given.grounds),
            consent=given.consent,
            is_repeat=rules.is_repeat(last, given.referred_on, months),
            last_marac_on=last,
            meeting_on=given.meeting_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.reason = why
        session.add(made)
        audit.record("marac.referred", made, actor, operation=Operation.DISCLOSURE, case_id=row.id)
        repeat = ", a repeat" if made.is_repeat else ""
        words = f"referred to MARAC on {day(made.referred_on)}{repeat}"
        cases.keep_history(row.id, TimelineEvent.RISK, actor, words=words)
        finish(row.id, TaskKind.REFER_TO_MARAC, actor)
        return made


def record_marac(
    case: CaseFile, referral: MaracReferral, heard: MaracHeard, *, actor: Actor
) -> MaracReferral:
    """Record when it is heard, what came of it, and who does what; the history keeps each time."""
    with transaction() as session:
        row = held(case, actor)
        kept = session.get(MaracReferral, referral.id, populate_existing=True)
        if kept is None or kept.case_id != row.id:
            raise NotFound
        _in_order(kept.referred_on, heard.meeting_on)
        if heard.outcome is MaracOutcome.HEARD:
            if heard.meeting_on is None:
                raise RuleBroken("Enter the day of the meeting.", field="meeting_on")
            come(heard.meeting_on, "meeting_on")
        kept.meeting_on, kept.outcome = heard.meeting_on, heard.outcome
        kept.actions = short(heard.actions, "actions")
        audit.record("marac.recorded", kept, actor, case_id=row.id)
        parts = [f"MARAC of {day(heard.meeting_on)}" if heard.meeting_on else "MARAC"]
        parts += [heard.outcome.label.lower()] if heard.outcome else ["meeting listed"]
        parts += [kept.actions] if kept.actions else []
        cases.keep_history(row.id, TimelineEvent.RISK, actor, words=", ".join(parts))
        return kept


def _in_order(referred_on: date, meeting_on: date | None) -> None:
    if meeting_on is not None and meeting_on < referred_on:
        raise RuleBroken(
            "The meeting cannot be before the referral. Check both dates.", field="meeting_on"
        )


def _sent_before(
    session: Session, case: CaseFile, given: MaracGiven, why: str
) -> MaracReferral | None:
    before = session.query(MaracReferral).filter_by(
        case_id=case.id, referred_on=given.referred_on, consent=given.consent
    )
    return next((one for one in before if one.reason == why), None)
