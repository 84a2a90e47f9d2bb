"""How urgent a referral is: proposed from what the feed says, decided by a person."""

from __future__ import annotations

import json
from collections.abc import Iterable

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.referrals import rules
from beacon.referrals.commands.stages import REASON_AT_MOST, held
from beacon.referrals.intake import Intake
from beacon.referrals.models import Referral, UrgentMark
from beacon.referrals.rules import UrgencyFacts
from beacon.referrals.terms import ReferralPermission, Urgent


def propose_urgency(referral: Referral, intake: Intake) -> None:
    """Take over what speaks for urgency. A person's word stands until something new speaks for it.

    A proposal counts until a person decides, as a proposed category does (contract 3.5).
    """
    grounds = frozenset(ground for ground, _ in intake.proposals)
    facts = UrgencyFacts(
        grounds=grounds,
        suspect=intake.crime.suspect_status,
        still_paying=bool(intake.fraud and intake.fraud.still_paying),
        remote_access=bool(intake.fraud and intake.fraud.remote_access),
    )
    found = rules.urgent_reasons(facts)
    known = referral.urgent_reasons if referral.urgent_because else ()
    new = [reason for reason in found if reason not in known]
    if not new:  # what the feed no longer says is not taken back by silence
        return
    _write(referral, (*known, *new), is_urgent=True)
    referral.urgency_decided_at = None


def mark_urgent(
    referral: Referral,
    because: Iterable[Urgent],
    *,
    reason: str,
    version: int,
    actor: Actor,
) -> UrgentMark:
    """Say why a referral is urgent, or with no reason chosen that it is not."""
    chosen, words = tuple(dict.fromkeys(because)), reason.strip()
    with transaction() as session:
        still_may(actor, ReferralPermission.TRIAGE)
        row = held(referral, version, actor)
        if Urgent.OTHER in chosen and not words:
            raise RuleBroken("Say what the other reason is.", field="reason")
        if not chosen and row.is_urgent and not words:
            raise RuleBroken("Say why it is not urgent.", field="reason")
        if len(words) > REASON_AT_MOST:
            raise RuleBroken(
                f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
            )
        mark = UrgentMark(
            referral_id=row.id,
            is_urgent=bool(chosen),
            because=_as_json(chosen),
            by_id=actor.id,
            by_name=actor.name,
        )
        mark.reason = words
        session.add(mark)
        # What was proposed and is not urgent stays known, so that only something new proposes it.
        _write(row, chosen or row.urgent_reasons, is_urgent=bool(chosen))
        row.urgency_decided_at = clock.now()
        row.version += 1
        audit.record("referral.urgency_decided", row, actor, urgent=bool(chosen))
    return mark


def _write(referral: Referral, because: Iterable[Urgent], *, is_urgent: bool) -> None:
    referral.urgent_because = _as_json(because)
    referral.urgency = 0 if is_urgent else 1


def _as_json(because: Iterable[Urgent]) -> str:
    return json.dumps([reason.value for reason in because])
