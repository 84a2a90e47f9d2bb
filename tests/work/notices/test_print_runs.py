"""The day's letters as one print run: only where a letter was agreed to, each printing traced."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.notices import commands, jobs, queries
from beacon.notices.models import Printing, VictimNotice
from beacon.notices.terms import HeldBecause, NoticeState
from beacon.people import commands as people
from beacon.people.commands import ContactAnswers
from beacon.people.terms import Preferred, Safe
from tests.factories import a_member_of_staff, an_actor
from tests.work.notices.conftest import answered, the_notice

S = NoticeState
AGAIN = "The printer jammed on the second sheet."


@pytest.fixture
def waiting(somebody, write):
    victim = somebody(Preferred.POST)
    write(victim)
    return victim


def test_the_letters_of_the_day_are_one_run_each_with_its_address(
    somebody, write, waiting, officer
):
    write(somebody(Preferred.POST, facts={"address": "9 Other Lane", "postcode": "SG1 1AA"}))
    run = commands.make_run(actor=officer)
    letters = commands.print_run(run, reason="", actor=officer)
    assert [one.address for one in letters] == [
        ("4 Example Road, St Albans", "AL1 3LB"),
        ("9 Other Lane", "SG1 1AA"),
    ]
    assert letters[0].paragraphs[0] == f"Dear {waiting.full_name},"
    assert the_notice().state is S.IN_RUN
    commands.mark_posted(run, actor=officer)
    assert {one.state for one in db.session.scalars(sa.select(VictimNotice))} == {S.SENT}


@pytest.mark.proves("P-01")
def test_that_an_address_was_seen_is_written_down_for_each_letter(waiting, officer):
    run = commands.make_run(actor=officer)
    commands.print_run(run, reason="", actor=officer)
    shown = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "address.shown")
    ).one()
    assert (shown.actor_id, shown.object_id) == (officer.id, str(waiting.addresses[0].id))
    assert "Example Road" not in shown.facts


def test_printing_again_asks_why_says_the_same_and_is_traced(waiting, officer):
    run = commands.make_run(actor=officer)
    first = commands.print_run(run, reason="", actor=officer)
    with pytest.raises(RuleBroken, match="printed already"):
        commands.print_run(run, reason="again", actor=officer)
    other = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    assert commands.print_run(run, reason=AGAIN, actor=other) == first
    traced = [(one.number, one.by_name, one.reason) for one in queries.printings(run)]
    assert traced == [(1, officer.name, ""), (2, other.name, AGAIN)]


def test_a_letter_that_is_no_longer_safe_is_not_put_in_a_run(waiting, officer):
    answered(waiting, officer, Preferred.POST, overall=Safe.ASK)
    with pytest.raises(RuleBroken, match="No letter waits"):
        commands.make_run(actor=officer)
    assert the_notice().state is S.FOR_PRINT  # what was refused changed nothing
    assert jobs.ask_notices_again() == 1
    assert the_notice().held_because is HeldBecause.ASK_FIRST


def test_a_letter_that_is_no_longer_safe_is_left_out_when_it_is_printed(waiting, officer):
    run = commands.make_run(actor=officer)
    answered(waiting, officer, Preferred.POST, letter_ok=Safe.NO)
    assert commands.print_run(run, reason="", actor=officer) == []
    assert (the_notice().state, the_notice().held_because) == (S.HELD, HeldBecause.NO_SAFE_WAY)


def test_a_letter_does_not_follow_to_an_address_that_nobody_agreed_to(waiting, officer):
    run = commands.make_run(actor=officer)
    people.confirm_contact(
        waiting,
        ContactAnswers(
            overall=Safe.YES,
            preferred=Preferred.POST,
            address="7 New Street",
            postcode="AL1 4AA",
            letter_ok=Safe.YES,
        ),
        version=waiting.version,
        actor=officer,
    )
    assert commands.print_run(run, reason="", actor=officer) == []
    assert (the_notice().state, the_notice().run_id) == (S.FOR_PRINT, None)
    again = commands.make_run(actor=officer)
    (letter,) = commands.print_run(again, reason="", actor=officer)
    assert letter.address == ("7 New Street", "AL1 4AA")


def test_a_letter_of_the_feed_alone_is_never_printed(somebody, write, officer):
    victim = somebody(Preferred.POST, letter_ok=Safe.NOT_ASKED)
    assert write(victim).held_because is HeldBecause.NO_SAFE_WAY


def test_a_posted_letter_is_left_as_it_is_when_it_may_no_longer_go(waiting, officer):
    run = commands.make_run(actor=officer)
    commands.print_run(run, reason="", actor=officer)
    commands.mark_posted(run, actor=officer)
    answered(waiting, officer, Preferred.POST, letter_ok=Safe.NO)
    assert commands.print_run(run, reason=AGAIN, actor=officer) == []
    assert the_notice().state is S.SENT


def test_nothing_is_in_the_post_that_was_not_printed(waiting, officer):
    run = commands.make_run(actor=officer)
    with pytest.raises(RuleBroken, match="Print the letters first"):
        commands.mark_posted(run, actor=officer)


def test_a_letter_is_settled_by_a_person_before_it_is_printed_and_not_after(waiting, officer):
    notice = the_notice()
    run = commands.make_run(actor=officer)
    with pytest.raises(RuleBroken, match="changed meanwhile"):
        commands.told(the_notice(), words="Rang.", version=the_notice().version, actor=officer)
    assert run.id == the_notice().run_id
    assert notice.id == the_notice().id


def test_nobody_prints_whose_role_is_gone(waiting, app):
    manager = an_actor(a_member_of_staff(Role.CASE_MANAGER))
    with pytest.raises(RuleBroken):
        commands.make_run(actor=manager)


def test_the_words_of_a_run_stay_as_they_were_printed(waiting, officer):
    run = commands.make_run(actor=officer)
    first = commands.print_run(run, reason="", actor=officer)
    with transaction() as session:
        session.add(Setting(name="notices.telephone", text="01632 960123"))
    assert commands.print_run(run, reason=AGAIN, actor=officer) == first
    assert db.session.scalar(sa.select(sa.func.count(Printing.id))) == 2
