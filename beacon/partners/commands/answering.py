"""What an agency answers: by its own user, or by telephone and written down by us."""

from __future__ import annotations

from dataclasses import dataclass

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.partners.commands.steps import (
    STALE,
    held_sharing,
    take,
    tell_manager,
    waits_no_more,
    write,
)
from beacon.partners.models import PartnerReferral
from beacon.partners.terms import Outcome, PartnerPermission, ReferralState, Side, StepKind

WORDS_AT_MOST = 2_000


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What becomes of a referral, in the agency's words."""

    state: ReferralState
    words: str = ""
    outcome: Outcome | None = None


def answer_as_agency(sharing_id: int, answer: Answer, *, version: int, actor: Actor) -> None:
    """An agency's user says what becomes of a referral to their agency; of any other there is
    none (security.md Z-16)."""
    with transaction():
        row = _held_own(sharing_id, actor, version=version)
        _answer(row, answer, Side.THEIRS, actor)


def record_answer(
    case: CaseFile, sharing: PartnerReferral, answer: Answer, *, version: int, actor: Actor
) -> None:
    """Write down what an agency said by telephone or letter."""
    with transaction():
        row = held_sharing(case, sharing, actor, version=version)
        _answer(row, answer, Side.OURS, actor)


def send_message(sharing_id: int, words: str, *, version: int, actor: Actor) -> None:
    """An agency's user writes back to the case manager, while the referral is theirs."""
    with transaction():
        row = _held_own(sharing_id, actor, version=version)
        if not row.state.is_live:
            raise RuleBroken("This referral has ended. Ring us.")
        words = _words(words, "Enter your message.")
        step = write(row, StepKind.MESSAGE, Side.THEIRS, actor, words=words)
        row.version += 1
        tell_manager(row, step, actor)
        audit.record(
            "partner_referral.message",
            row,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.case_id,
        )


def _answer(row: PartnerReferral, answer: Answer, side: Side, actor: Actor) -> None:
    words = answer.words.strip()
    if answer.state is ReferralState.DECLINED:
        words = _words(words, "Enter why it is declined.")
    if answer.state is ReferralState.FINISHED and answer.outcome is None:
        raise RuleBroken("Choose how it ended.", field="outcome")
    if len(words) > WORDS_AT_MOST:
        raise RuleBroken(f"The words must be {WORDS_AT_MOST:,} characters or fewer.", "words")
    step = take(row, answer.state, side, actor, words=words)
    if answer.state is ReferralState.FINISHED:
        row.outcome = answer.outcome
    waits_no_more(row, actor)
    if side is Side.THEIRS:
        tell_manager(row, step, actor)
    audit.record(
        "partner_referral.answered", row, actor, case_id=row.case_id, state=answer.state.value
    )


def _held_own(sharing_id: int, actor: Actor, *, version: int) -> PartnerReferral:
    """The referral, held, where it is this moment's agency's own and still open to it."""
    now = still_may(actor, PartnerPermission.OWN)
    query = scope.visible(now, PartnerReferral).where(PartnerReferral.id == sharing_id)
    query = query.with_for_update(of=PartnerReferral).execution_options(populate_existing=True)
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale(STALE)
    return row


def _words(words: str, sentence: str) -> str:
    words = words.strip()
    if not words:
        raise RuleBroken(sentence, field="words")
    if len(words) > WORDS_AT_MOST:
        raise RuleBroken(f"The words must be {WORDS_AT_MOST:,} characters or fewer.", "words")
    return words
