"""A person holds a text, or all of a day, and it does not leave until somebody lets it go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.notify import commands, outbox
from beacon.notify.commands.claiming import claim
from beacon.notify.models import OutboundText, TextHold
from beacon.notify.terms import Reason, TextState
from tests.provider.kind import CLOSES, EVENING, KIND, TEST, TOMORROW, a_text
from tests.provider.process import Provider

pytestmark = pytest.mark.on_both

S = TextState


@pytest.fixture(autouse=True)
def through_the_provider(twilio: Provider) -> None:
    """Every test here sends through the stand-in."""


def texts() -> list[OutboundText]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)))


def states() -> list[TextState]:
    return [text.state for text in texts()]


def suppress(n: int = 500) -> None:
    outbox.suppress(kind=KIND, about_id=n, on=TOMORROW, reason="in_custody", actor=TEST)


def logged(action: str) -> int:
    query = sa.select(sa.func.count()).where(AuditEntry.action == action)
    return db.session.scalar(query) or 0


def test_a_held_text_does_not_leave_until_it_is_let_go(twilio: Provider):
    a_text(500)
    a_text(501)
    commands.hold(texts()[0].id, actor=TEST)
    assert commands.send_due() == 1
    assert states() == [S.HELD, S.ACCEPTED]
    assert texts()[0].reason == Reason.HELD
    commands.release(texts()[0].id, actor=TEST)
    assert commands.send_due() == 1
    assert [one["to"] for one in twilio.accepted()] == ["+447700900501", "+447700900500"]
    assert (logged("text.held"), logged("text.released")) == (1, 1)


def test_what_is_claimed_can_be_held_no_more(twilio: Provider):
    a_text()
    text_id = texts()[0].id
    assert claim(text_id)
    with pytest.raises(RuleBroken, match="too late to hold"):
        commands.hold(text_id, actor=TEST)


def test_a_text_that_is_not_there_cannot_be_held(twilio: Provider):
    with pytest.raises(NotFound):
        commands.hold(7, actor=TEST)


def test_a_text_that_is_not_held_cannot_be_let_go(twilio: Provider):
    a_text()
    with pytest.raises(RuleBroken, match="not held any more"):
        commands.release(texts()[0].id, actor=TEST)


def test_a_held_text_that_nobody_lets_go_expires_with_its_own_reason(twilio: Provider):
    a_text()
    text_id = texts()[0].id
    commands.hold(text_id, actor=TEST)
    with clock.fixed(CLOSES):
        assert commands.expire_overdue() == 1
        assert (texts()[0].state, texts()[0].reason) == (S.EXPIRED, Reason.HELD_TOO_LONG)
        with pytest.raises(RuleBroken, match="not held any more"):
            commands.release(text_id, actor=TEST)


def test_too_late_to_leave_is_too_late_to_let_go(twilio: Provider):
    a_text()
    commands.hold(texts()[0].id, actor=TEST)
    with clock.fixed(CLOSES), pytest.raises(RuleBroken, match="Ring the person"):
        commands.release(texts()[0].id, actor=TEST)


def test_a_hold_outlives_what_is_held_back_and_planned_again(twilio: Provider):
    a_text()
    commands.hold(texts()[0].id, actor=TEST)
    suppress()
    assert states() == [S.SUPPRESSED]
    a_text()
    assert states() == [S.HELD]
    assert commands.send_due() == 0


def test_a_day_is_held_whole_with_what_is_planned_later(twilio: Provider):
    a_text(500)
    assert commands.hold_day(TOMORROW, actor=TEST) == 1
    a_text(501)
    a_text(502, on=TOMORROW + timedelta(days=1))
    assert states() == [S.HELD, S.HELD, S.PLANNED]
    assert commands.send_due() == 1
    assert commands.release_day(TOMORROW, actor=TEST) == 2
    assert commands.send_due() == 2
    assert (logged("texts.held"), logged("texts.released")) == (1, 1)


def test_one_text_is_let_go_from_a_day_that_stays_held(twilio: Provider):
    a_text(500)
    a_text(501)
    commands.hold_day(TOMORROW, actor=TEST)
    commands.release(texts()[0].id, actor=TEST)
    assert commands.send_due() == 1
    assert states() == [S.ACCEPTED, S.HELD]


def test_holding_a_day_again_holds_what_was_let_go_from_it(twilio: Provider):
    a_text()
    commands.hold_day(TOMORROW, actor=TEST)
    commands.release(texts()[0].id, actor=TEST)
    commands.hold_day(TOMORROW, actor=TEST)
    assert states() == [S.HELD]
    assert db.session.scalar(sa.select(sa.func.count(TextHold.id))) == 1
    assert commands.release_day(TOMORROW, actor=TEST) == 1
    assert states() == [S.PLANNED]


def test_one_held_by_itself_stays_held_when_its_day_is_let_go(twilio: Provider):
    a_text(500)
    a_text(501)
    commands.hold(texts()[0].id, actor=TEST)
    commands.hold_day(TOMORROW, actor=TEST)
    assert commands.release_day(TOMORROW, actor=TEST) == 1
    assert states() == [S.HELD, S.PLANNED]


def test_a_day_that_is_not_held_cannot_be_let_go(twilio: Provider):
    with pytest.raises(RuleBroken, match="not held any more"):
        commands.release_day(TOMORROW, actor=TEST)
    commands.hold_day(TOMORROW, actor=TEST)
    commands.release_day(TOMORROW, actor=TEST)
    with pytest.raises(RuleBroken, match="not held any more"):
        commands.release_day(TOMORROW, actor=TEST)


def test_a_text_planned_at_the_moment_its_day_is_held_is_caught_by_its_claim(twilio: Provider):
    """As when the planner's transaction began before the hold's, and ended after it."""
    a_text()
    with transaction() as session:
        session.add(TextHold(on_day=TOMORROW, held_at=EVENING, held_by="Sam"))
    assert states() == [S.PLANNED]
    assert commands.send_due() == 0
    assert states() == [S.HELD]
    assert twilio.calls() == 0


def test_while_a_day_is_being_held_and_sent_at_once_each_text_is_held_or_sent(
    app: Flask, twilio: Provider
):
    for n in range(500, 530):
        a_text(n)
    db.session.rollback()

    def send() -> int:
        with app.app_context():
            return commands.send_due()

    def hold() -> int:
        with app.app_context():
            return commands.hold_day(TOMORROW, actor=TEST)

    with ThreadPoolExecutor(2) as pool:
        sending, holding = pool.submit(send), pool.submit(hold)
        sending.result()
        assert holding.result() == states().count(S.HELD)
    assert set(states()) <= {S.HELD, S.ACCEPTED}
    assert len(twilio.accepted()) == states().count(S.ACCEPTED)
    assert commands.send_due() == 0


def test_a_person_in_doubt_sends_again_only_what_is_not_held(twilio: Provider):
    a_text()
    twilio.fault("drop")
    commands.send_due()
    twilio.behave()
    with clock.fixed(EVENING + timedelta(minutes=16)):
        commands.reconcile()
        commands.hold_day(TOMORROW, actor=TEST)
        commands.send_again(texts()[0].id, reason="asked the court", actor=TEST)
        assert commands.send_due() == 0
    assert states() == [S.HELD]
