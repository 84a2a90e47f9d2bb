"""Texts in doubt: settled by the journal, by the provider, or by a person. Never sent blindly."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.notify import commands, queries
from beacon.notify.commands.claiming import claim
from beacon.notify.gateway import Found
from beacon.notify.models import OutboundText, SuppressedNumber, TextAttempt
from beacon.notify.post import Post
from beacon.notify.terms import NumberFlag, TextState
from tests.provider.kind import CLOSES, EVENING, TEST, Reminder, a_text
from tests.provider.process import Provider

S = TextState
LATER = EVENING + timedelta(minutes=16)


@pytest.fixture(autouse=True)
def through_the_provider(twilio: Provider) -> None:
    """Every test here sends through the stand-in."""


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText)).one()


def doubtful(twilio: Provider, fault: str) -> None:
    """A text of which nobody knows whether it left."""
    a_text()
    twilio.fault(fault, status=500)
    commands.send_due()
    twilio.behave()
    assert the_text().state is S.UNKNOWN


@pytest.mark.proves("T-23")
def test_a_message_that_the_provider_has_is_accepted_with_its_sid(twilio: Provider):
    doubtful(twilio, "accept_then_drop")
    with clock.fixed(LATER):
        settled = commands.reconcile()
    assert (settled.unknown, settled.settled_sent) == (1, 1)
    assert the_text().provider_sid == twilio.accepted()[0]["sid"]
    assert the_text().state is S.QUEUED


def test_what_the_provider_says_of_the_number_is_kept(here: Post, twilio: Provider, monkeypatch):
    doubtful(twilio, "drop")
    found = Found("SM1", "undelivered", the_text().body, None, 30005)
    monkeypatch.setattr(here.gateway, "find", lambda to: [found])
    with clock.fixed(LATER):
        commands.reconcile()
    assert the_text().state is S.UNDELIVERED
    flags = [row.flag for row in db.session.scalars(sa.select(SuppressedNumber))]
    assert flags == [NumberFlag.BAD_NUMBER]


@pytest.mark.proves("T-24")
def test_what_the_provider_does_not_have_needs_a_person(twilio: Provider):
    doubtful(twilio, "drop")
    with clock.fixed(LATER):
        assert commands.reconcile().needs_a_person == 1
        assert commands.reconcile().unknown == 0
    assert the_text().state is S.NEEDS_A_PERSON
    assert len(twilio.accepted()) == 0


def test_nobody_is_asked_before_fifteen_minutes_have_been_quiet(twilio: Provider):
    doubtful(twilio, "drop")
    with clock.fixed(EVENING + timedelta(minutes=14)):
        assert commands.reconcile().unknown == 0


def test_a_provider_that_cannot_be_asked_is_asked_again_later(twilio: Provider):
    doubtful(twilio, "accept_then_drop")
    twilio.fault("status", status=503)
    with clock.fixed(LATER):
        assert commands.reconcile().done == 0
        assert the_text().state is S.UNKNOWN
        twilio.behave()
        assert commands.reconcile().settled_sent == 1


def test_a_message_to_the_same_number_with_other_words_is_not_taken_for_ours(twilio: Provider):
    a_text(500)
    commands.send_due()
    with transaction() as session:
        session.execute(sa.delete(TextAttempt))
        session.execute(sa.delete(OutboundText))
    a_text(500, about_id=501, body=Reminder(room="9"))
    twilio.fault("drop")
    commands.send_due()
    twilio.behave()
    with clock.fixed(LATER):
        assert commands.reconcile().needs_a_person == 1


@pytest.mark.proves("B-05", "T-21")
def test_after_a_restore_the_journal_and_the_provider_settle_what_had_left(twilio: Provider):
    a_text(500)
    commands.send_due()
    sent = twilio.accepted()[0]
    with transaction() as session:  # yesterday's backup: planned, and nothing claimed
        session.execute(sa.delete(TextAttempt))
        session.execute(sa.delete(OutboundText))
    a_text(500)
    with clock.fixed(LATER):
        assert commands.send_due() == 0
        assert the_text().state is S.UNKNOWN
        assert commands.reconcile().settled_sent == 1
    assert (the_text().token, the_text().provider_sid) == (sent["token"], sent["sid"])
    assert len(twilio.accepted()) == 1


def test_a_call_that_the_journal_says_sent_nothing_is_planned_again(here: Post, twilio: Provider):
    a_text()
    letter = claim(the_text().id)
    assert letter
    here.journal.about_to_send(letter.token, letter.key, EVENING)
    here.journal.not_sent(letter.token, EVENING)
    with clock.fixed(LATER):
        commands.sweep()
        assert commands.reconcile().settled_not_sent == 1
        assert commands.send_due() == 1
    assert len(twilio.accepted()) == 1


@pytest.mark.proves("T-24")
def test_a_person_may_send_it_again_and_the_log_says_who_and_why(twilio: Provider):
    doubtful(twilio, "drop")
    with clock.fixed(LATER):
        commands.reconcile()
        commands.send_again(the_text().id, reason="rang the provider", actor=TEST)
        assert commands.send_due() == 1
    assert the_text().state is S.ACCEPTED
    assert db.session.scalar(sa.select(sa.func.count(TextAttempt.id))) == 2
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "text.sent_again")
    ).one()
    assert (entry.actor_name, entry.reason) == (TEST.name, "")
    assert the_text().decided_because == "rang the provider"


def test_a_person_may_leave_it(twilio: Provider):
    doubtful(twilio, "drop")
    with clock.fixed(LATER):
        commands.reconcile()
        commands.leave(the_text().id, reason="court rang him", actor=TEST)
        with pytest.raises(RuleBroken):
            commands.send_again(the_text().id, reason="no", actor=TEST)
        assert commands.send_due() == 0
    assert the_text().state is S.CANCELLED


def test_it_is_not_sent_again_when_its_time_has_passed(twilio: Provider):
    doubtful(twilio, "drop")
    with clock.fixed(CLOSES):
        commands.reconcile()
        with pytest.raises(RuleBroken, match="too late"):
            commands.send_again(the_text().id, reason="late", actor=TEST)


@pytest.mark.proves("T-25")
def test_a_report_about_the_first_call_after_a_second_says_it_may_have_gone_twice(
    twilio: Provider,
):
    doubtful(twilio, "accept_then_drop")
    first = twilio.accepted()[0]
    with transaction():
        the_text_now = db.session.scalars(sa.select(OutboundText)).one()
        the_text_now.state = S.NEEDS_A_PERSON
    commands.send_again(the_text().id, reason="not found", actor=TEST)
    commands.send_due()
    commands.record_receipt(commands.Receipt(first["token"], first["sid"], "delivered"))
    assert the_text().is_disputed
    assert the_text().state is S.ACCEPTED


def test_the_terminal_lists_settles_and_pauses(app: Flask, twilio: Provider):
    doubtful(twilio, "accept_then_drop")
    run = app.test_cli_runner()

    def said(*words: str) -> object:
        answer = run.invoke(args=["notify", *words, "--json"])
        assert answer.exit_code == 0
        return json.loads(answer.output)

    assert [row["state"] for row in said("outbox", "--state", "unknown")] == ["unknown"]
    assert said("reconcile") == {
        "unknown": 1,
        "settled_sent": 1,
        "settled_not_sent": 0,
        "needs_a_person": 0,
    }
    assert said("pause")["paused"] is True
    assert said("resume")["paused"] is False
    row = said("outbox")[0]
    assert set(row) == {
        "key", "kind", "state", "reason", "hearing", "send_after", "expires_at", "attempts",
        "provider_sid",
    }  # fmt: skip
    assert "900500" not in json.dumps(row)


def test_an_unknown_state_at_the_terminal_is_one_clear_line(app: Flask):
    answer = app.test_cli_runner().invoke(args=["notify", "outbox", "--state", "lost"])
    assert answer.exit_code == 2
    assert len(answer.stderr.splitlines()) == 1
    assert answer.stdout == ""


def test_texts_about_gives_the_one_for_the_latest_day(twilio: Provider):
    a_text()
    a_text(on=EVENING.date() + timedelta(days=8))
    assert queries.texts_about("test-reminder", [500, 501])[500].on.day == 1
