"""Ending a referral without a case, or with its new case: each a decision, with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.terms import Consent
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.notices import commands as notices
from beacon.notices.terms import NoticeKind
from beacon.people import commands as people
from beacon.people.terms import Purpose
from beacon.referrals.commands.stages import REASON_AT_MOST, decide_finally, held
from beacon.referrals.commands.triage import settle
from beacon.referrals.commands.writing import write_about
from beacon.referrals.forces import FORCES
from beacon.referrals.models import Referral
from beacon.referrals.queries.deciding import tries
from beacon.referrals.terms import Ending, ReferralPermission, ReferralState, Verdict

LETTERS: dict[Ending, NoticeKind] = {
    Ending.DECLINED: NoticeKind.DECLINED,
    Ending.WITHDRAWN: NoticeKind.WITHDRAWN,
    Ending.OUT_OF_AREA: NoticeKind.OUT_OF_AREA,
    Ending.NO_CONSENT: NoticeKind.NO_CONSENT,
    Ending.NO_REPLY: NoticeKind.NO_REPLY,
}
WORDS = {
    Ending.DECLINED: "referral.declined",
    Ending.WITHDRAWN: "referral.withdrawn",
    Ending.OUT_OF_AREA: "referral.handed_on",
    Ending.NO_CONSENT: "referral.not_consented",
    Ending.NO_REPLY: "referral.not_reached",
}


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a referral ends, and why."""

    ending: Ending
    reason: str
    handed_to: str = ""  # the force that answers for them
    overriding: bool = False  # handed on without their consent, to keep somebody from harm


def end(referral: Referral, ended: Ended, *, version: int, actor: Actor) -> None:
    """End a referral; its new case ends with it, where nothing but the first contact is owed.

    The person is written to by their safe way, or it is held; what was to acknowledge the referral
    and has not left is no longer sent.
    """
    with transaction():
        still_may(actor, ReferralPermission.TRIAGE)
        row = held(referral, version, actor)
        if row.is_done:
            raise RuleBroken("This referral is decided. Close its case instead.")
        reason = _reason(ended)
        _check(row, ended, actor)
        if row.case is not None:
            cases.end_at_triage(row.case, note=f"{ended.ending.label}: {reason}", actor=actor)
        row.state, row.ending, row.waits = ReferralState.DECLINED, ended.ending, None
        row.decline_reason = reason
        if ended.ending in {Ending.NO_CONSENT, Ending.WITHDRAWN}:
            row.consent = Consent.NO
        decide_finally(
            row,
            Verdict.ENDED,
            ending=ended.ending,
            handed_to=ended.handed_to,
            reason=reason,
            actor=actor,
        )
        settle(row, actor)
        _written_to(row, ended, actor)
        audit.record(
            WORDS[ended.ending],
            row,
            actor,
            operation=_operation(ended.ending),
            fields=("decline_reason",),
        )


def decline(referral: Referral, *, reason: str, version: int, actor: Actor) -> None:
    """Say that no case comes of this referral, and why."""
    ended = Ended(ending=Ending.DECLINED, reason=reason)
    end(referral, ended, version=version, actor=actor)


def _reason(ended: Ended) -> str:
    reason = ended.reason.strip()
    if not reason:
        raise RuleBroken("Say why the referral is ended.", field="reason")
    if len(reason) > REASON_AT_MOST:
        raise RuleBroken(
            f"The reason must be {REASON_AT_MOST} characters or fewer.", field="reason"
        )
    return reason


def _check(row: Referral, ended: Ended, actor: Actor) -> None:
    """What each ending needs beside its reason."""
    if ended.ending is Ending.NO_REPLY and not tries(row).are_over:
        raise RuleBroken(
            f"They were tried {tries(row).unanswered} times of {tries(row).at_most}. Try them "
            "again before you end it for this.",
            field="ending",
        )
    if ended.ending is not Ending.OUT_OF_AREA:
        if ended.handed_to:
            raise RuleBroken("Only what is out of area is handed on.", field="handed_to")
        return
    if ended.handed_to not in FORCES:
        raise RuleBroken("Choose the force that it is handed to.", field="handed_to")
    if not ended.overriding:
        people.ask_consent(row.victim, Purpose.REFER_ON, ended.handed_to, field="overriding")


def _operation(ending: Ending) -> Operation:
    return Operation.DISCLOSURE if ending is Ending.OUT_OF_AREA else Operation.ALTERATION


def _written_to(row: Referral, ended: Ended, actor: Actor) -> None:
    notices.no_longer(
        row.id,
        (NoticeKind.ACKNOWLEDGED, NoticeKind.TRIED_TO_REACH),
        because=f"The referral ended: {ended.ending.label.lower()}.",
        actor=actor,
    )
    write_about(row, LETTERS[ended.ending], passed_to=ended.handed_to, actor=actor)
