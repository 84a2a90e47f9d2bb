"""A letter about a claim: begun from its template, written, marked as sent, thrown away."""

from __future__ import annotations

from datetime import date

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.letters import gaps, normal_words
from beacon.fraud_hub import rules
from beacon.fraud_hub.commands.claims import Said, held_claim, say
from beacon.fraud_hub.commands.once import made_before, not_yet
from beacon.fraud_hub.commands.warnings import keep_warnings
from beacon.fraud_hub.models import BankClaim, ClaimLetter
from beacon.fraud_hub.rules import LetterFacts
from beacon.fraud_hub.terms import Channel, EventKind, LetterKind

WORDS_AT_MOST = 5_000
STALE = "Somebody else has saved this letter since you opened it. Both versions are below."


def begin_letter(claim: BankClaim, kind: LetterKind, *, token: str, actor: Actor) -> ClaimLetter:
    """Begin a letter with the words of its template, filled from the claim and its payment."""
    with transaction() as session:
        row = held_claim(claim)
        case = session.get_one(CaseFile, row.case_id)
        before = made_before(ClaimLetter, case, token)
        if before is not None:
            return before
        letter = ClaimLetter(
            case_id=case.id,
            claim_id=row.id,
            kind=kind,
            by_id=actor.id,
            by_name=actor.name,
            token=token,
        )
        letter.words = rules.words_to_begin(kind, facts_of(case, row))
        session.add(letter)
        _record("fraud.letter_begun", letter, actor, Operation.COLLECTION)
        return letter


def write_letter(letter: ClaimLetter, words: str, *, version: int, actor: Actor) -> None:
    """Write on a letter that was not sent. Raises Stale where somebody else did meanwhile."""
    with transaction():
        row = _held_draft(letter)
        if row.version != version:
            raise Stale(STALE)
        said = normal_words(words)
        if not said:
            raise RuleBroken("Enter the words of the letter.", field="words")
        if len(said) > WORDS_AT_MOST:
            raise RuleBroken(f"Use {WORDS_AT_MOST:,} characters or fewer.", field="words")
        if said == row.words:
            return
        row.words = said
        row.version += 1
        _record("fraud.letter_changed", row, actor, Operation.ALTERATION)


def send_letter(letter: ClaimLetter, *, on: date, version: int, actor: Actor) -> None:
    """Write into the claim's log that a letter went; no letter goes with a gap in it.

    A complaint starts the clock of a complaint; an appeal is written down as the answer it is to.
    """
    with transaction() as session:
        row = _held_draft(letter)
        claim = session.get_one(BankClaim, row.claim_id)
        if row.version != version:
            raise RuleBroken("The letter has changed meanwhile. Look at it again.")
        left = gaps(row.words)
        if left:
            raise RuleBroken(f"Fill in what still stands in brackets: {', '.join(left)}.")
        not_yet(on, "on")
        if on < claim.made_on and row.kind is not LetterKind.CLAIM:
            raise RuleBroken("The date cannot be earlier than the claim.", field="on")
        row.sent_on = on
        row.version += 1
        if row.kind is LetterKind.COMPLAINT and claim.complained_on is None:
            claim.complained_on = on
        said = Said(
            kind=EventKind.LETTER,
            on=on,
            words=row.kind.label,
            channel=Channel.LETTER_OUT,
            letter_id=row.id,
        )
        say(claim, said, actor)
        _record("fraud.letter_sent", row, actor, Operation.DISCLOSURE)
        keep_warnings(claim.case_id, actor=actor)


def drop_letter(letter: ClaimLetter, *, actor: Actor) -> None:
    """Throw away a letter that was never sent, with its words. Again it changes nothing."""
    with transaction():
        row = _held(letter)
        if row.dropped_at is not None:
            return
        if row.sent_on is not None:
            raise RuleBroken("This letter was sent. It stays in the log of the claim.")
        row.dropped_at, row.words = clock.now(), ""
        row.version += 1
        _record("fraud.letter_dropped", row, actor, Operation.ERASURE)


def facts_of(case: CaseFile, claim: BankClaim) -> LetterFacts:
    """What a letter may say: of the victim the name, and of the payment what the firm needs."""
    loss = claim.loss
    to = " ".join(filter(None, (loss.receiving_bank, loss.receiving_account)))
    return LetterFacts(
        customer=case.victim.full_name,
        firm=claim.firm,
        payment=loss.payment,
        account=loss.sending_account,
        receiving=to,
        scheme=claim.scheme,
        made_on=claim.made_on,
        amount_pence=claim.amount_pence,
        expected_on=claim.reply_expected_on,
        replied_on=claim.final_response_on,
        ground=claim.refusal_ground,
        reference=case.reference,
    )


def _held(letter: ClaimLetter) -> ClaimLetter:
    held_claim(db.session.get_one(BankClaim, letter.claim_id))
    row = db.session.get(ClaimLetter, letter.id, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _held_draft(letter: ClaimLetter) -> ClaimLetter:
    row = _held(letter)
    if not row.is_draft:
        raise RuleBroken("This letter is finished. Begin a new one.")
    return row


def _record(action: str, letter: ClaimLetter, actor: Actor, operation: Operation) -> None:
    audit.record(action, letter, actor, operation=operation, case_id=letter.case_id)
