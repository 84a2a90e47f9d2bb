"""What the provider does not say by itself is asked of it; what it need not keep is wiped there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.notify import commands, queries
from beacon.notify.commands import Receipt
from beacon.notify.models import OutboundText, SuppressedNumber, TextEvent
from beacon.notify.terms import AttemptEnd, NumberFlag, TextState
from tests.factories import TEST
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

S = TextState
HOURS = timedelta(hours=1)


@pytest.fixture
def sent(twilio: Provider) -> Provider:
    """The provider has accepted one text, and has said nothing since."""
    a_text()
    commands.send_due()
    return twilio


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText)).one()


def after(hours: float, do: Callable[[], int]) -> int:
    with clock.fixed(EVENING + hours * HOURS):
        return do()


@pytest.mark.proves("W-17")
def test_without_a_receipt_for_two_hours_the_provider_is_asked(sent: Provider):
    sent.become("delivered")
    assert after(1.9, commands.ask_for_receipts) == 0
    assert sent.asked() == []
    assert after(2, commands.ask_for_receipts) == 1
    assert the_text().state is S.DELIVERED
    assert db.session.scalars(sa.select(TextEvent.status)).all() == ["delivered"]
    assert after(5, commands.ask_for_receipts) == 0
    assert len(sent.asked()) == 1


@pytest.mark.proves("W-16", "W-17")
def test_it_is_asked_again_every_two_hours_until_three_days_have_passed(sent: Provider):
    sent.become("sent")
    assert [after(h, commands.ask_for_receipts) for h in (2, 3, 4)] == [1, 0, 0]
    assert len(sent.asked()) == 2
    assert the_text().state is S.SENT
    after(73, commands.ask_for_receipts)
    assert len(sent.asked()) == 2


@pytest.mark.proves("W-17")
def test_what_the_provider_answers_counts_like_a_receipt(sent: Provider):
    sent.become("undelivered", 30005)
    assert after(2, commands.ask_for_receipts) == 1
    assert (the_text().state, the_text().error_code) == (S.UNDELIVERED, 30005)
    assert db.session.scalar(sa.select(SuppressedNumber.flag)) is NumberFlag.BAD_NUMBER


@pytest.mark.proves("W-17")
def test_a_receipt_that_comes_after_all_is_the_same_report(sent: Provider):
    sent.become("delivered")
    after(2, commands.ask_for_receipts)
    text = the_text()
    receipt = Receipt(text.token or "", text.provider_sid or "", "delivered")
    assert commands.record_receipt(receipt) is commands.Taken.SEEN_BEFORE
    assert not the_text().is_disputed


@pytest.mark.proves("W-17")
def test_a_provider_that_cannot_be_asked_is_asked_again(sent: Provider):
    sent.fault("status", status=503)
    assert after(2, commands.ask_for_receipts) == 0
    sent.behave()
    sent.become("delivered")
    assert after(2, commands.ask_for_receipts) == 1


@pytest.mark.proves("W-17")
def test_a_text_that_the_provider_does_not_know_stays_as_it_is(sent: Provider):
    sent.behave(forget=True)
    assert after(2, commands.ask_for_receipts) == 0
    assert the_text().state is S.ACCEPTED
    assert the_text().asked_at is not None


@pytest.mark.proves("W-17")
def test_on_the_day_of_the_hearing_the_row_reads_no_receipt(sent: Provider):
    assert queries.one(TEST, the_text().id).words == "Accepted by the provider"
    with clock.fixed(EVENING + 16 * HOURS):
        assert queries.one(TEST, the_text().id).words == "No receipt"


@pytest.mark.proves("T-32")
def test_a_day_after_it_ended_the_words_are_wiped_at_the_provider_once(sent: Provider):
    text = the_text()
    sid = text.provider_sid or ""
    commands.record_receipt(Receipt(text.token or "", sid, "delivered"))
    assert after(23.9, commands.redact) == 0
    assert after(24, commands.redact) == 1
    assert after(48, commands.redact) == 0
    assert sent.asked() == [{"sid": sid, "changes": {"Body": ""}}]
    assert the_text().redacted_at == EVENING + 24 * HOURS
    assert (the_text().template, the_text().body[:14]) == ("Reminder", "Court reminder")


@pytest.mark.proves("T-32")
def test_what_has_not_ended_is_not_wiped_and_a_paused_sender_wipes_nothing(sent: Provider):
    assert after(30, commands.redact) == 0
    text = the_text()
    commands.record_receipt(Receipt(text.token or "", text.provider_sid or "", "failed"))
    commands.pause(reason="a test", actor=TEST)
    assert after(30, commands.redact) == 0
    assert sent.asked() == []


@pytest.mark.proves("T-32")
def test_where_it_is_set_the_provider_keeps_neither_words_nor_number(app: Flask, twilio: Provider):
    kind.send_through(app, twilio, forgetful=True)
    a_text()
    commands.send_due()
    form = twilio.accepted()[0]["form"]
    assert (form["ContentRetention"], form["AddressRetention"]) == ("discard", "obfuscate")


@pytest.mark.proves("T-32")
def test_by_itself_it_asks_for_neither(sent: Provider):
    assert {"ContentRetention", "AddressRetention"}.isdisjoint(sent.accepted()[0]["form"])


@pytest.mark.proves("T-25")
def test_a_text_that_a_person_sent_again_and_that_was_accepted_late_is_shown_twice(
    twilio: Provider,
):
    a_text()
    twilio.fault("accept_then_drop")
    commands.send_due()
    first = the_text().token or ""
    twilio.behave(forget=True)  # asked too early, the provider has no such message
    with clock.fixed(EVENING + timedelta(minutes=16)):
        commands.reconcile()
        assert the_text().state is S.NEEDS_A_PERSON
        commands.send_again(the_text().id, reason="Rang, no answer.", actor=TEST)
        assert commands.send_due() == 1
        commands.record_receipt(Receipt(first, "SM-late", "delivered"))
    text = the_text()
    assert (text.state, text.is_disputed) == (S.ACCEPTED, True)
    assert [call.token == first for call in text.calls] == [True, False]
    assert [event.token for event in queries.events(text.id)] == [first]
    assert [row.id for row in queries.for_a_person(TEST)] == [text.id]
    again = EVENING + timedelta(minutes=16)
    made = [(call.claimed_at, call.ended) for call in queries.calls(text.id)]
    assert made == [(EVENING, AttemptEnd.ACCEPTED), (again, AttemptEnd.ACCEPTED)]
