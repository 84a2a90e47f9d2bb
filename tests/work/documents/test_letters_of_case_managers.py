"""A case manager's letter: only where post is safe, in the print run, taken back, erased."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.documents import commands, jobs, queries
from beacon.documents.models import CaseLetter
from beacon.documents.terms import LetterTemplate
from beacon.notices import commands as notices
from beacon.notices import jobs as notice_jobs
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind, NoticeState
from beacon.people.terms import Preferred, Safe
from tests.factories import a_case, a_member_of_staff, a_victim, an_actor
from tests.work.notices.conftest import answered, the_notice

WORDS = "I look forward to meeting you on Tuesday at ten, at the library.\n\nPlease ring me."
KIND = NoticeKind.CASE_LETTER


@pytest.fixture
def officer(monday):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def case(manager, officer):
    """A case of somebody who agreed to letters, and would rather have an email."""
    victim = a_victim(
        email="robin.marsh@example.org", address="4 Example Road, St Albans", postcode="AL1 3LB"
    )
    case = a_case(victim=victim, manager=manager)
    answered(victim, officer, Preferred.EMAIL)
    return case


@pytest.fixture
def letter(case, actor):
    made = commands.begin(case, LetterTemplate.APPOINTMENT, actor=actor)
    commands.write(made, WORDS, version=1, actor=actor)
    return made


def now_of(letter) -> CaseLetter:
    db.session.rollback()
    return db.session.get_one(CaseLetter, letter.id)


def test_a_letter_begins_with_the_words_of_its_template(case, actor):
    letter = commands.begin(case, LetterTemplate.INTRODUCTION, actor=actor)
    assert "My name is Priya Shah." in letter.words
    with pytest.raises(RuleBroken, match=r"Fill in what still stands in brackets: \[when"):
        commands.queue(letter, version=1, actor=actor)


def test_it_goes_by_post_whatever_they_would_rather_have_and_says_its_words(
    case, letter, actor, officer
):
    commands.queue(letter, version=2, actor=actor)
    notice = the_notice(KIND)
    assert (notice.state, notice.way.value) == (NoticeState.FOR_PRINT, "letter")
    run = notices.make_run(actor=officer)
    (printed,) = notices.print_run(run, reason="", actor=officer)
    assert printed.address == ("4 Example Road, St Albans", "AL1 3LB")
    assert printed.paragraphs == (
        f"Dear {case.victim.full_name},",
        "I look forward to meeting you on Tuesday at ten, at the library.",
        "Please ring me.",
        f"Our reference is {case.reference}.",
        "Yours sincerely,",
        "Priya Shah",
    )
    notices.mark_posted(run, actor=officer)
    (row,) = queries.letters_of(actor, case)
    assert (row.words, row.is_draft, row.may_be_taken_back) == ("Sent", False, False)


@pytest.mark.proves("P-04")
@pytest.mark.parametrize(
    ("known", "because"),
    [
        ({"letter_ok": Safe.NO}, HeldBecause.NO_SAFE_WAY),
        ({"overall": Safe.NO}, HeldBecause.NOT_SAFE),
        ({"overall": Safe.ASK}, HeldBecause.ASK_FIRST),
        ({"overall": Safe.NOT_ASKED}, HeldBecause.NOT_ASKED),
        ({"preferred": Preferred.NONE}, HeldBecause.NO_CONTACT),
    ],
)
def test_where_post_is_not_safe_no_letter_is_queued_and_the_words_stay(
    case, letter, actor, officer, known, because
):
    answered(case.victim, officer, **{"preferred": Preferred.POST} | known)
    assert queries.letter_hindrance(case) is because
    with pytest.raises(RuleBroken, match="No letter may go"):
        commands.queue(letter, version=2, actor=actor)
    assert now_of(letter).words == WORDS
    assert db.session.scalars(sa.select(VictimNotice)).all() == []


@pytest.mark.proves("P-04")
def test_a_letter_that_waits_is_held_when_post_is_no_longer_safe(case, letter, actor, officer):
    commands.queue(letter, version=2, actor=actor)
    answered(case.victim, officer, Preferred.POST, letter_ok=Safe.NO)
    assert notice_jobs.ask_notices_again() == 1
    (row,) = queries.letters_of(actor, case)
    assert (row.words, row.held_because) == ("Held", HeldBecause.NO_SAFE_WAY)
    assert the_notice(KIND).letter.startswith("Dear ")  # let go later, it says the same
    answered(case.victim, officer, Preferred.POST)
    assert notice_jobs.ask_notices_again() == 1
    assert the_notice(KIND).state is NoticeState.FOR_PRINT


def test_where_domestic_abuse_is_known_only_one_of_us_may_have_asked(manager, actor):
    victim = a_victim(address="4 Example Road, St Albans", postcode="AL1 3LB")
    case = a_case(victim=victim, manager=manager, domestic_abuse=True)
    assert queries.letter_hindrance(case) is HeldBecause.NOT_ASKED


def test_a_queued_letter_is_taken_back_until_it_is_in_a_run(case, letter, actor, officer):
    commands.queue(letter, version=2, actor=actor)
    commands.take_back(letter, actor=actor)
    assert the_notice(KIND).state is NoticeState.NOT_NEEDED
    with pytest.raises(RuleBroken, match="No letter waits"):
        notices.make_run(actor=officer)
    with pytest.raises(RuleBroken, match="does not wait any more"):
        commands.take_back(letter, actor=actor)


def test_what_is_in_a_run_is_not_taken_back(case, letter, actor, officer):
    commands.queue(letter, version=2, actor=actor)
    notices.make_run(actor=officer)
    with pytest.raises(RuleBroken, match="Ask whoever prints"):
        commands.take_back(letter, actor=actor)


@pytest.mark.proves("L-05")
def test_a_letter_is_queued_once(letter, actor):
    commands.queue(letter, version=2, actor=actor)
    with pytest.raises(RuleBroken, match="finished"):
        commands.queue(letter, version=2, actor=actor)
    with pytest.raises(RuleBroken, match="finished"):
        commands.write(letter, "Other words", version=3, actor=actor)
    assert len(db.session.scalars(sa.select(VictimNotice)).all()) == 1


def test_a_letter_is_queued_as_it_was_looked_at(letter, actor):
    commands.write(letter, "Other words.", version=2, actor=actor)
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        commands.queue(letter, version=2, actor=actor)
    with pytest.raises(Stale):
        commands.write(letter, "Mine.", version=2, actor=actor)
    assert now_of(letter).words == "Other words."


def test_a_letter_that_is_thrown_away_leaves_no_word(letter, actor):
    commands.drop(letter, actor=actor)
    commands.drop(letter, actor=actor)
    assert (now_of(letter).words, now_of(letter).dropped_at) == ("", clock.now())


def test_only_who_may_work_on_the_case_writes_its_letters(case, letter):
    stranger = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    with pytest.raises(NotFound):
        commands.begin(case, LetterTemplate.EMPTY, actor=stranger)
    with pytest.raises(NotFound):
        commands.queue(letter, version=2, actor=stranger)


@pytest.mark.proves("P-11")
def test_the_letters_of_an_erased_case_are_erased_and_what_was_printed_of_them(
    case, letter, actor, officer
):
    commands.queue(letter, version=2, actor=actor)
    with transaction():
        case.erased_at = clock.now()
    assert jobs.erase_documents() == 1
    assert now_of(letter).words == ""
    assert the_notice(KIND).letter == ""
    assert jobs.erase_documents() == 0


@pytest.mark.proves("P-05")
def test_no_word_of_a_letter_stands_readable_in_any_table(letter, actor):
    commands.queue(letter, version=2, actor=actor)
    db.session.rollback()
    for name in ("case_letter", "victim_notice", "timeline_entry", "audit_entry", "audit_object"):
        rows = db.session.execute(sa.text(f"SELECT * FROM {name}")).all()
        assert rows
        assert "library" not in repr(rows), name
