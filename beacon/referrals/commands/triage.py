"""What a person decides of a referral: who it is, which rights, and whether we take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import Consent, ContactOutcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel, EnhancedGround, VictimCategory
from beacon.referrals.commands.identity import held, undecided_links
from beacon.referrals.commands.receiving import open_case_of
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place, ReferralState, Waits

REASON_AT_MOST = 500


@dataclass(frozen=True, kw_only=True)
class FirstContact:
    """The first time that somebody reached the victim, or tried to."""

    channel: Channel
    outcome: ContactOutcome
    at: datetime
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Triage:
    """What the officer decides on one page."""

    category: VictimCategory
    grounds: Mapping[EnhancedGround, bool] = field(default_factory=dict)
    reason: str = ""
    consent: Consent
    contact: FirstContact | None = None


def confirm(referral: Referral, triage: Triage, *, version: int, actor: Actor) -> CaseFile:
    """Confirm what the victim is owed and record the first contact; a referral that waited opens
    its case here (contract 3.5).
    """
    with transaction() as session:
        row = held(referral, version)
        if row.state is ReferralState.DECLINED:
            raise RuleBroken("This referral was declined.")
        row.consent = triage.consent
        case = row.case or _accept(row, actor)
        cases.decide_category(
            case,
            category=triage.category,
            grounds=triage.grounds,
            reason=triage.reason,
            version=case.version,
            actor=actor,
        )
        if triage.contact is not None:
            cases.log_contact(
                case,
                channel=triage.contact.channel,
                outcome=triage.contact.outcome,
                notes=triage.contact.notes,
                at=triage.contact.at,
                actor=actor,
            )
        row.waits = None
        _decided(row, actor)
        session.flush()
        audit.record("referral.confirmed", row, actor, case_id=case.id)
    return case


def decline(referral: Referral, *, reason: str, version: int, actor: Actor) -> None:
    """Say that no case comes of this referral, and why."""
    with transaction():
        row = held(referral, version)
        if row.state is not ReferralState.WAITING:
            raise RuleBroken("A case was opened for this referral: close the case instead.")
        if not reason.strip():
            raise RuleBroken("Say why the referral is declined.", field="reason")
        if len(reason) > REASON_AT_MOST:
            raise RuleBroken(
                f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
            )
        row.state = ReferralState.DECLINED
        row.decline_reason = reason.strip()
        _decided(row, actor)
        audit.record("referral.declined", row, actor, fields=("decline_reason",))


def _accept(referral: Referral, actor: Actor) -> CaseFile:
    if referral.consent is Consent.NO:
        raise RuleBroken(
            "They did not agree to be referred. Decline the referral, or ask them again and "
            "record that they agreed.",
            field="consent",
        )
    if referral.waits is Waits.POSSIBLE_MATCH and undecided_links(referral):
        raise RuleBroken("Say first whether this is one of the people shown as possible matches.")
    return open_case_of(referral, referral.crime, referral.victim, None, actor=actor)


def _decided(referral: Referral, actor: Actor) -> None:
    referral.place = Place.DONE
    referral.decided_at, referral.decided_by_id = clock.now(), actor.id
    referral.version += 1
