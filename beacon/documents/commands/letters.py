"""A case manager's letter: begun from a template, written, queued for the print run, taken back."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import CasePermission, CrimeKind, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.documents import queries
from beacon.documents.models import CaseLetter
from beacon.documents.rules import gaps, normal_words, words_to_begin
from beacon.documents.terms import LetterTemplate
from beacon.notices import commands as notices
from beacon.notices.commands import Asked
from beacon.notices.models import VictimNotice
from beacon.notices.queries import PARTED
from beacon.notices.rules import age_of
from beacon.notices.terms import Matter, NoticeKind, NoticeState

WORDS_AT_MOST = 5_000
STALE = "Somebody else has saved this letter since you opened it. Both versions are below."
MATTERS = {
    CrimeKind.CRIME: Matter.CRIME,
    CrimeKind.FRAUD: Matter.FRAUD,
    CrimeKind.ASB: Matter.ASB,
}


def begin(case: CaseFile, template: LetterTemplate, *, actor: Actor) -> CaseLetter:
    """Begin a letter with the words of a template."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        letter = CaseLetter(case_id=row.id, template=template, by_id=actor.id, by_name=actor.name)
        letter.words = words_to_begin(template, manager=actor.name)
        session.add(letter)
        _record("case_letter.begun", letter, actor, Operation.COLLECTION)
    return letter


def write(letter: CaseLetter, words: str, *, version: int, actor: Actor) -> None:
    """Write on a letter that has not been queued."""
    with transaction():
        row = _held_draft(letter, actor)
        if row.version != version:
            raise Stale(STALE)
        said = normal_words(words)
        if not said:
            raise RuleBroken("Enter the words of the letter.", "words")
        if len(said) > WORDS_AT_MOST:
            raise RuleBroken(f"Use {WORDS_AT_MOST:,} characters or fewer.", "words")
        if said == row.words:
            return
        row.words = said
        row.version += 1
        _record("case_letter.changed", row, actor, Operation.ALTERATION)


def queue(letter: CaseLetter, *, version: int, actor: Actor) -> VictimNotice:
    """Put a letter among those that are printed; only where a letter is safe (RULE 7.1).

    The print run asks once more when it is made, and when it is printed.
    """
    with transaction() as session:
        row = _held_draft(letter, actor)
        case = session.get_one(CaseFile, row.case_id)
        if row.version != version:
            raise RuleBroken("The letter has changed meanwhile. Look at it again.")
        left = gaps(row.words)
        if left:
            raise RuleBroken(f"Fill in what still stands in brackets: {', '.join(left)}.")
        hindrance = queries.letter_hindrance(case)
        if hindrance is not None:
            raise RuleBroken(f"No letter may go. {hindrance.label} {hindrance.advice}")
        notice = notices.write(_asked(case, row), actor=actor)
        assert notice is not None  # a letter is queued once, and held here
        row.notice_id, row.queued_at = notice.id, clock.now()
        row.version += 1
        _record("case_letter.queued", row, actor, Operation.DISCLOSURE)
        words = f"wrote a letter: {row.template.label.lower()}"
        keep_history(case.id, TimelineEvent.PAPER, actor, words=words)
    return notice


def take_back(letter: CaseLetter, *, actor: Actor) -> None:
    """Take a letter out of those that wait; what is in a print run is with whoever prints."""
    with transaction() as session:
        row = _held(letter, actor)
        notice = session.get(VictimNotice, row.notice_id) if row.notice_id else None
        if notice is None or notice.state not in {NoticeState.HELD, NoticeState.FOR_PRINT}:
            raise RuleBroken("This letter does not wait any more. Ask whoever prints the letters.")
        notices.no_longer(
            row.id, [NoticeKind.CASE_LETTER], because="Taken back by its author", actor=actor
        )
        _record("case_letter.taken_back", row, actor, Operation.ALTERATION)


def drop(letter: CaseLetter, *, actor: Actor) -> None:
    """Throw away a letter that was never queued, with its words. A second time changes nothing."""
    with transaction():
        row = _held(letter, actor)
        if row.dropped_at is not None:
            return
        if row.notice_id is not None:
            raise RuleBroken("This letter is queued. Take it back instead.")
        row.dropped_at, row.words = clock.now(), ""
        row.version += 1
        _record("case_letter.dropped", row, actor, Operation.ERASURE)


def _held(letter: CaseLetter, actor: Actor) -> CaseLetter:
    case = db.session.get_one(CaseFile, letter.case_id)
    held_for(case, actor, CasePermission.WORK)
    row = db.session.get(CaseLetter, letter.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _held_draft(letter: CaseLetter, actor: Actor) -> CaseLetter:
    row = _held(letter, actor)
    if not row.is_draft:
        raise RuleBroken("This letter is finished. Begin a new one.")
    return row


def _asked(case: CaseFile, letter: CaseLetter) -> Asked:
    return Asked(
        kind=NoticeKind.CASE_LETTER,
        about_id=letter.id,
        victim=case.victim,
        matter=MATTERS[case.crime.kind],
        age=age_of(case.victim.date_of_birth, clock.today()),
        reference=case.reference,
        is_careful=case.domestic_abuse,
        letter=PARTED.join(queries.words_on_paper(case, letter)),
    )


def _record(action: str, letter: CaseLetter, actor: Actor, operation: Operation) -> None:
    audit.record(action, letter, actor, operation=operation, case_id=letter.case_id)
