"""A restored database texts nobody again: the journal knows what left, or a person decides."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.notify import commands, jobs, readiness
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.post import Post
from beacon.notify.terms import Reason, TextState
from tests.provider.kind import CLOSES, TEST, TOMORROW, a_text
from tests.provider.process import Provider
from tests.restores import (
    BACKED_UP,
    FIVE,
    LATER,
    RESTORED,
    SENT,
    Vault,
    nobody_is_texted_twice,
    states,
)

S = TextState


@pytest.mark.proves("B-05")
def test_nobody_is_texted_twice_and_the_rest_are_sent(vault: Vault, twilio: Provider):
    nobody_is_texted_twice(vault, twilio, first=5, then=12, last=8)
    assert (twilio.twice(), len(twilio.accepted())) == ([], 25)


def a_few_sent_after_the_backup(vault: Vault, twilio: Provider) -> None:
    """Six texts: one left before the backup, two after it, three are due later."""
    for n in range(6):
        a_text(n, send_after=FIVE + timedelta(minutes=(0, 8, 8, 40, 40, 40)[n]))
    commands.send_due()
    with clock.fixed(BACKED_UP):
        vault.take()
    with clock.fixed(SENT):
        commands.send_due()
    with clock.fixed(RESTORED):
        vault.put_back()
        vault.adopt()


@pytest.mark.proves("B-05")
def test_while_the_provider_cannot_be_asked_texts_stand_still(vault: Vault, twilio: Provider):
    a_few_sent_after_the_backup(vault, twilio)
    twilio.fault("status", status=503)
    with clock.fixed(RESTORED):
        done = commands.reconcile_after_restore(actor=TEST)
        assert (done.unknown_left, readiness.waits_for_journal()) == (2, True)
        twilio.behave()
        assert commands.reconcile_after_restore(actor=TEST).settled.settled_sent == 2
        assert not readiness.waits_for_journal()


@pytest.mark.proves("B-05")
def test_a_hearing_listed_anew_under_another_number_waits_for_a_person(
    vault: Vault, twilio: Provider
):
    a_text(1)
    with clock.fixed(BACKED_UP):
        vault.take()
    a_text(41)
    commands.send_due()
    assert len(twilio.accepted()) == 2
    with clock.fixed(RESTORED):
        vault.put_back()
        vault.adopt()
        a_text(41, about_id=77)  # the same person and day, by another number of the hearing
        a_text(43, on=TOMORROW + timedelta(days=7))
        commands.reconcile_after_restore(actor=TEST)
        commands.send_due()
    assert len(twilio.accepted()) == 3  # of another day: nothing is in doubt there
    assert twilio.twice() == []
    row = db.session.scalars(sa.select(OutboundText).where(OutboundText.about_id == 77)).one()
    assert (row.state, row.reason) == (S.NEEDS_A_PERSON, Reason.AFTER_A_RESTORE)


@pytest.mark.proves("B-05")
def test_a_text_that_left_and_whose_time_has_passed_is_known_to_have_left(
    vault: Vault, twilio: Provider
):
    a_few_sent_after_the_backup(vault, twilio)
    with clock.fixed(CLOSES):
        jobs.send_texts()
        assert states() == {S.ACCEPTED: 1, S.EXPIRED: 5}
        commands.reconcile_after_restore(actor=TEST)
    assert states()[S.EXPIRED] == 3
    assert len(twilio.accepted()) == 3


@pytest.mark.proves("B-05")
def test_a_pause_that_somebody_made_before_the_backup_is_still_one(vault: Vault, twilio: Provider):
    a_text()
    commands.pause(reason="the court rang", actor=TEST)
    vault.take()
    vault.put_back()
    vault.adopt()
    commands.reconcile_after_restore(actor=TEST)
    assert "the court rang" in readiness.why_stopped()
    assert commands.send_due() == 0


@pytest.fixture
def without_journal(vault: Vault, twilio: Provider, here: Post) -> None:
    """The same six texts, and the journal is gone with the disk."""
    a_few_sent_after_the_backup(vault, twilio)
    here.journal.path.unlink()


@pytest.mark.proves("B-06")
@pytest.mark.usefixtures("without_journal")
def test_without_the_journal_texts_stand_still_and_a_person_lists_them(
    app: Flask, twilio: Provider
):
    with clock.fixed(RESTORED):
        answer = app.test_cli_runner().invoke(args=["notify", "reconcile", "--json"])
        assert answer.exit_code == 1
        assert json.loads(answer.stdout)["needs_a_person"] == 5
        assert "--without-journal" in answer.stderr
        jobs.send_texts()
        assert readiness.waits_for_journal()
    assert states() == {S.ACCEPTED: 1, S.NEEDS_A_PERSON: 5}
    assert len(twilio.accepted()) == 3


@pytest.mark.proves("B-06")
@pytest.mark.usefixtures("without_journal")
def test_without_the_journal_what_is_too_late_expires(twilio: Provider):
    with clock.fixed(CLOSES):
        commands.reconcile_after_restore(actor=TEST)
    assert states() == {S.ACCEPTED: 1, S.EXPIRED: 5}


@pytest.mark.proves("B-06")
@pytest.mark.usefixtures("without_journal")
def test_an_empty_journal_in_the_place_of_the_lost_one_is_not_believed(here: Post):
    here.journal.check()  # whatever looks whether it can be written makes the file anew
    with clock.fixed(RESTORED):
        assert not commands.reconcile_after_restore(actor=TEST).journal_is_ours
        assert readiness.waits_for_journal()


@pytest.mark.proves("B-06")
@pytest.mark.usefixtures("without_journal")
def test_a_person_goes_on_and_decides_about_each_text(app: Flask, twilio: Provider):
    run = app.test_cli_runner()
    with clock.fixed(RESTORED):
        refused = run.invoke(args=["notify", "resume", "--without-journal"])
        assert (refused.exit_code, "Say why" in refused.stderr) == (2, True)
        done = run.invoke(
            args=["notify", "resume", "--without-journal", "--reason", "disk burnt", "--json"]
        )
        assert json.loads(done.stdout) == {"paused": False, "why": None}
    with clock.fixed(LATER):
        assert commands.send_due() == 0
        a_text(41)  # listed anew for the same day: it may have left before the restore as well
        commands.send_due()
        assert states() == {S.ACCEPTED: 1, S.NEEDS_A_PERSON: 6}
        decided = db.session.scalars(
            sa.select(OutboundText).where(OutboundText.state == S.NEEDS_A_PERSON)
        ).first()
        assert decided is not None
        commands.send_again(decided.id, reason="rang him: no text came", actor=TEST)
        assert commands.send_due() == 1
    assert len(twilio.accepted()) == 4


@pytest.mark.proves("B-06")
@pytest.mark.usefixtures("without_journal")
def test_what_is_decided_while_texts_stand_still_leaves_when_they_go_on(twilio: Provider):
    with clock.fixed(RESTORED):
        commands.reconcile_after_restore(actor=TEST)
        row = db.session.scalars(
            sa.select(OutboundText).where(OutboundText.state == S.NEEDS_A_PERSON)
        ).all()[-1]
        commands.send_again(row.id, reason="due at 17:40 alone", actor=TEST)
        assert commands.send_due() == 0
        assert commands.resume_without_journal(reason="disk burnt", actor=TEST) == 0
        assert commands.send_due() == 1
    assert twilio.twice() == []


def test_going_on_without_the_journal_is_only_for_after_a_restore(twilio: Provider):
    with pytest.raises(RuleBroken, match="flask notify resume"):
        commands.resume_without_journal(reason="why not", actor=TEST)


@pytest.mark.proves("B-05")
def test_a_database_without_its_rows_of_calls_still_asks_the_journal(
    vault: Vault, twilio: Provider
):
    a_few_sent_after_the_backup(vault, twilio)
    with transaction() as session:
        session.execute(sa.delete(TextAttempt))
    with clock.fixed(RESTORED):
        commands.reconcile_after_restore(actor=TEST)
    with clock.fixed(LATER):
        commands.send_due()
    assert twilio.twice() == []
