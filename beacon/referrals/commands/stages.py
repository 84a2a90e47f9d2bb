"""The decisions of triage, written down one after another: initial, screening, final."""

from __future__ import annotations

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.referrals.commands.holding import in_hand_of
from beacon.referrals.models import Referral, TriageDecision
from beacon.referrals.queries.deciding import decisions, stage_of
from beacon.referrals.terms import (
    Ending,
    ReferralPermission,
    Route,
    TriageStage,
    Verdict,
)

REASON_AT_MOST = 500


def held(referral: Referral, version: int, actor: Actor) -> Referral:
    """The referral as it is now and in the actor's hands, if nobody changed it since the page was
    opened. Called in the transaction of the order.
    """
    with transaction() as session:
        # Only this row: its page read its case with it, which may be none (PostgreSQL refuses).
        session.refresh(referral, with_for_update={"of": Referral, "key_share": True})
        if referral.version != version:
            raise RuleBroken(
                "Somebody else changed this referral while you had the page open. "
                "Look at what it says now, and decide again."
            )
        in_hand_of(referral, actor)
    return referral


def go_on(
    referral: Referral, stage: TriageStage, *, version: int, reason: str = "", actor: Actor
) -> TriageDecision:
    """Decide that a referral goes on from its initial decision, or from screening."""
    with transaction():
        still_may(actor, ReferralPermission.TRIAGE)
        row = held(referral, version, actor)
        if row.is_done:
            raise RuleBroken("This referral is decided. Nothing is left to go on to.")
        if stage_of(row) is not stage or stage is TriageStage.FINAL:
            raise RuleBroken("That was decided already. Look at the decisions on the page.")
        made = keep_decision(row, stage, Verdict.GO_ON, reason=reason, actor=actor)
        row.version += 1
        audit.record("referral.screened", row, actor, stage=stage.value)
    return made


def decide_finally(
    referral: Referral,
    verdict: Verdict,
    *,
    route: Route | None = None,
    proposed: Route | None = None,
    ending: Ending | None = None,
    handed_to: str = "",
    reason: str = "",
    actor: Actor,
) -> TriageDecision:
    """Write the final decision; whoever takes it without the earlier ones has taken those too."""
    with transaction():
        made = {one.stage for one in decisions(referral)}
        for stage in (TriageStage.INITIAL, TriageStage.SCREENING):
            if stage not in made and verdict is Verdict.TAKEN:
                keep_decision(referral, stage, Verdict.GO_ON, actor=actor)
        return keep_decision(
            referral,
            TriageStage.FINAL,
            verdict,
            route=route,
            proposed=proposed,
            ending=ending,
            handed_to=handed_to,
            reason=reason,
            actor=actor,
        )


def keep_decision(
    referral: Referral,
    stage: TriageStage,
    verdict: Verdict,
    *,
    route: Route | None = None,
    proposed: Route | None = None,
    ending: Ending | None = None,
    handed_to: str = "",
    reason: str = "",
    actor: Actor,
) -> TriageDecision:
    """Add one decision: its day, its person, and why."""
    if len(reason) > REASON_AT_MOST:
        raise RuleBroken(
            f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
        )
    with transaction() as session:
        made = TriageDecision(
            referral_id=referral.id,
            stage=stage,
            verdict=verdict,
            decided_at=clock.now(),
            by_id=actor.id,
            by_name=actor.name,
            route=route,
            proposed_route=proposed,
            ending=ending,
            handed_to=handed_to,
        )
        made.reason = reason.strip()
        session.add(made)
        session.flush()
    return made
