"""Sending through a provider in another process: once, or not at all (security.md 3.8)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.settings import Environment, Setting
from beacon.notify import commands, jobs
from beacon.notify.commands import recording, sending
from beacon.notify.commands.claiming import claim
from beacon.notify.gateway import Answer, Letter
from beacon.notify.models import OutboundText, SuppressedNumber, TextAttempt
from beacon.notify.outbox import Recheck
from beacon.notify.post import Post
from beacon.notify.readiness import why_stopped
from beacon.notify.terms import AttemptEnd, NumberFlag, Reason, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.provider.kind import (
    ANSWERS,
    CLOSES,
    EVENING,
    KIND,
    TEST,
    Reminder,
    a_text,
)
from tests.provider.process import Provider

S = TextState
AFTERNOON = datetime(2026, 11, 23, 14, tzinfo=UTC)


@pytest.fixture(autouse=True)
def through_the_provider(twilio: Provider) -> None:
    """Every test here sends through the stand-in."""


def states() -> list[TextState]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText.state).order_by(OutboundText.id)))


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)).first()


def change(name: str, text: str) -> None:
    with transaction() as session:
        session.add(Setting(name=name, text=text))


@pytest.mark.proves("T-01", "T-02")
def test_a_hundred_texts_go_once_each_and_no_more_however_often_it_runs(twilio: Provider):
    for n in range(500, 600):
        a_text(n)
    assert commands.send_due() == 100
    assert [commands.send_due() for _ in range(10)] == [0] * 10
    assert len(twilio.accepted()) == 100
    assert twilio.twice() == []
    assert set(states()) == {S.ACCEPTED}
    assert all(db.session.scalars(sa.select(OutboundText.provider_sid)))


def test_what_the_provider_got_is_what_was_planned(twilio: Provider):
    a_text()
    commands.send_due()
    sent = twilio.accepted()[0]
    token = db.session.scalar(sa.select(OutboundText.token))
    assert (sent["to"], sent["form"]["From"]) == ("+447700900500", "HERTSCOURT")
    assert sent["body"] == "Court reminder: you must be in court 500 TOMORROW at 9.30am."
    assert sent["callback"] == f"https://beacon.example.org/hooks/twilio/status/{token}"


@pytest.mark.proves("T-18")
def test_the_provider_may_try_until_eight_and_no_longer(twilio: Provider):
    a_text()
    with clock.fixed(datetime(2026, 11, 23, 18, 30, tzinfo=UTC)):
        commands.send_due()
    assert twilio.accepted()[0]["validity"] == "5400"


@pytest.mark.proves("T-17")
@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(16, 59, S.PLANNED), (17, 0, S.ACCEPTED), (19, 59, S.ACCEPTED), (20, 0, S.EXPIRED)],
)
@pytest.mark.parametrize("summer", [False, True])
def test_texts_leave_between_five_and_eight_in_london(
    twilio: Provider, hour: int, minute: int, state: TextState, summer: bool
):
    day = datetime(2026, 7, 14).date() if summer else EVENING.date()
    from_london = lambda h, m=0: clock.from_london(day, datetime(2026, 1, 1, h, m).time())  # noqa: E731
    a_text(send_after=from_london(17), expires_at=from_london(20), on=day + timedelta(days=1))
    with clock.fixed(from_london(hour, minute)):
        jobs.send_texts()
    assert states() == [state]
    assert len(twilio.accepted()) == (state is S.ACCEPTED)


@pytest.mark.proves("T-05", "T-06", "T-09")
@pytest.mark.parametrize(
    ("fault", "taken"),
    [
        ({"do": "accept_then_hang", "seconds": 3}, 1),
        ({"do": "hang", "seconds": 3}, 0),
        ({"do": "status", "status": 503}, 0),
        ({"do": "accept_then_status", "status": 500}, 1),
        ({"do": "accept_then_drop"}, 1),
        ({"do": "drop"}, 0),
        ({"do": "accept_then_garbage"}, 1),
        ({"do": "accept_then_half"}, 1),
        ({"do": "accept_200"}, 1),
        ({"do": "redirect"}, 0),
    ],
)
def test_what_cannot_be_known_is_unknown_and_not_sent_again(
    twilio: Provider, fault: dict[str, object], taken: int
):
    change("texts.call_seconds", "1")
    a_text()
    twilio.behave(always=fault)
    commands.send_due()
    assert states() == [S.UNKNOWN]
    twilio.behave()
    assert [commands.send_due() for _ in range(3)] == [0, 0, 0]
    assert len(twilio.accepted()) == taken
    assert twilio.calls() == 1


@pytest.mark.proves("T-05")
def test_a_receipt_with_the_claims_token_settles_what_was_unknown(twilio: Provider):
    change("texts.call_seconds", "1")
    a_text()
    twilio.fault("accept_then_hang", seconds=2)
    commands.send_due()
    sent = twilio.accepted()[0]
    commands.record_receipt(commands.Receipt(sent["token"], sent["sid"], "sent"))
    assert (the_text().state, the_text().provider_sid) == (S.SENT, sent["sid"])


@pytest.mark.proves("T-07")
def test_told_to_slow_down_it_waits_and_then_sends_each_once(twilio: Provider):
    for n in range(500, 520):
        a_text(n)
    slow = {"do": "status", "status": 429, "code": 20429, "headers": {"Retry-After": "90"}}
    twilio.behave(share=0.5, among=[slow], seed=3)
    for minutes in range(0, 170, 5):
        with clock.fixed(EVENING + timedelta(minutes=minutes)):
            commands.send_due()
    assert set(states()) == {S.ACCEPTED}
    assert twilio.twice() == []
    assert len(twilio.accepted()) == 20
    tries = db.session.scalars(sa.select(TextAttempt.ended)).all()
    assert tries.count(AttemptEnd.NOT_SENT) == twilio.calls() - 20 > 0


@pytest.mark.proves("T-07")
def test_it_does_not_try_again_before_the_provider_said(twilio: Provider):
    a_text()
    twilio.fault("status", status=429, code=20429, headers={"Retry-After": "600"})
    commands.send_due()
    assert the_text().state is S.PLANNED
    assert the_text().send_after >= EVENING + timedelta(seconds=600)


@pytest.mark.proves("T-08")
def test_where_no_connection_was_made_it_is_sent_when_healed(
    app: Flask, here: Post, twilio: Provider
):
    a_text(500)
    a_text(501)
    app.extensions["beacon_post"] = at_address(here, "http://127.0.0.1:9")
    assert commands.send_due() == 1  # the other is not even tried
    assert states() == [S.PLANNED, S.PLANNED]
    app.extensions["beacon_post"] = here
    with clock.fixed(EVENING + timedelta(minutes=30)):
        assert commands.send_due() == 2
    assert len(twilio.accepted()) == 2


@pytest.mark.proves("T-08")
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9", "http://no-such-host.invalid", "https://127.0.0.1:{port}"]
)
def test_refused_unnamed_or_without_a_handshake_nothing_was_sent(
    here: Post, twilio: Provider, address: str
):
    letter = Letter("+447700900500", "Come.", "0" * 32, "a:1:b", 60, call_seconds=2)
    answer = at_address(here, address.format(port=twilio.port)).gateway.send(letter)
    assert (answer.end, answer.is_down) == (AttemptEnd.NOT_SENT, True)
    assert twilio.calls() == 0


def at_address(here: Post, address: str) -> Post:
    """The same way out, to another address."""
    return Post.of(replace(here.config, twilio_api_base_url=address))


@pytest.mark.proves("T-10")
@pytest.mark.parametrize(
    ("code", "flag"),
    [
        (21211, NumberFlag.BAD_NUMBER),
        (21614, NumberFlag.BAD_NUMBER),
        (21635, NumberFlag.BAD_NUMBER),
        (21610, NumberFlag.OPTED_OUT),
        (21408, None),
        (99999, None),
    ],
)
def test_a_refused_text_is_never_tried_again(
    twilio: Provider, code: int, flag: NumberFlag | None, caplog: pytest.LogCaptureFixture
):
    a_text()
    twilio.fault("status", status=400, code=code)
    commands.send_due()
    commands.send_due()
    assert (the_text().state, the_text().error_code) == (S.REJECTED, code)
    assert the_text().reason == (flag.value if flag else Reason.REFUSED)
    assert db.session.scalar(sa.select(SuppressedNumber.flag)) is flag
    assert twilio.calls() == 1
    assert bool(flag) != any("refused a text" in line for line in caplog.messages)


@pytest.mark.proves("T-11")
@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_stop_the_sender_after_one_call(twilio: Provider, status: int):
    for n in range(500, 530):
        a_text(n)
    twilio.fault("status", status=status, code=20003)
    assert commands.send_due() == 1
    assert commands.send_due() == 0
    assert twilio.calls() == 1
    assert set(states()) == {S.PLANNED}
    assert db.session.scalar(sa.select(sa.func.max(OutboundText.attempts))) == 0
    assert "refused" in why_stopped()
    twilio.behave()
    commands.resume(actor=TEST)
    assert commands.send_due() == 30
    assert twilio.twice() == []


@pytest.mark.proves("T-12")
def test_a_number_that_becomes_a_victims_before_the_claim_is_not_texted(twilio: Provider):
    a_text()
    numbers.hold("07700900500", Owner.WITNESS, 7)
    commands.send_due()
    assert (the_text().state, the_text().reason) == (S.SUPPRESSED, Reason.VICTIM_NUMBER)
    assert twilio.calls() == 0


@pytest.mark.proves("T-15", "T-16")
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Recheck.cancel("vacated"), S.CANCELLED),
        (Recheck.suppress("in_custody"), S.SUPPRESSED),
    ],
)
def test_the_owner_is_asked_again_inside_the_claim(
    twilio: Provider, answer: Recheck, state: TextState
):
    a_text()
    ANSWERS[500] = answer
    commands.send_due()
    assert (the_text().state, the_text().reason) == (state, answer.reason)
    assert twilio.calls() == 0


@pytest.mark.proves("T-15")
def test_the_time_that_is_true_at_the_claim_is_the_time_that_is_sent(twilio: Provider):
    a_text()
    ANSWERS[500] = Recheck.send(body=Reminder(room="3", time="2pm"))
    commands.send_due()
    assert twilio.accepted()[0]["body"].endswith("court 3 TOMORROW at 2pm.")


def test_one_text_that_cannot_be_prepared_does_not_stop_the_others(twilio: Provider):
    for n in (500, 501, 502):
        a_text(n)
    with transaction() as session:
        session.execute(
            sa.update(OutboundText)
            .where(OutboundText.about_id == 500)
            .values(body_sealed=b"d1:" + b"0" * 40)
        )
    with pytest.raises(sending.SomeCouldNotBeClaimed):
        commands.send_due()
    assert states() == [S.PLANNED, S.ACCEPTED, S.ACCEPTED]


@pytest.mark.proves("T-19", "T-28")
@pytest.mark.parametrize(("seconds", "state"), [(299, S.CLAIMED), (301, S.UNKNOWN)])
def test_a_claim_that_was_never_recorded_becomes_unknown_after_five_minutes(
    twilio: Provider, seconds: int, state: TextState
):
    a_text()
    claim(the_text().id)
    with clock.fixed(EVENING + timedelta(seconds=seconds)):
        jobs.settle_texts()
        assert states() == [state]
        assert commands.send_due() == 0
    assert twilio.calls() == 0


@pytest.mark.proves("T-20")
def test_a_late_worker_changes_nothing_once_the_text_has_been_claimed_anew(
    here: Post, twilio: Provider
):
    a_text()
    first = claim(the_text().id)
    assert first
    later = EVENING + timedelta(minutes=40)
    with clock.fixed(later):
        commands.sweep()
        commands.reconcile()
        assert states() == [S.NEEDS_A_PERSON]
        commands.send_again(the_text().id, reason="asked the court", actor=TEST)
        commands.send_due()
        again = the_text().token
        assert recording.record(first.token, Answer(AttemptEnd.ACCEPTED, sid="SMlate")) is False
    assert (the_text().token, the_text().state) == (again, S.ACCEPTED)
    assert the_text().provider_sid != "SMlate"
    assert the_text().is_disputed


@pytest.mark.proves("T-20")
def test_a_late_worker_that_was_not_overtaken_still_brings_its_answer(twilio: Provider):
    a_text()
    letter = claim(the_text().id)
    assert letter
    with clock.fixed(EVENING + timedelta(minutes=10)):
        commands.sweep()
        recording.record(letter.token, Answer(AttemptEnd.ACCEPTED, sid="SM1"))
    assert (the_text().state, the_text().provider_sid) == (S.ACCEPTED, "SM1")


@pytest.mark.proves("T-21")
def test_the_journal_has_the_key_before_the_call(here: Post, twilio: Provider):
    a_text()
    letter = claim(the_text().id)
    assert letter
    seen: list[str] = []

    class Watching:
        def send(self, letter: Letter) -> Answer:
            seen.append(here.journal.path.read_text())
            return Answer(AttemptEnd.NOT_SENT)

    sending.deliver(replace(here, gateway=Watching()), letter)  # type: ignore[arg-type]
    assert f"{letter.token},{KIND}:500:2026-11-24," in seen[0]
    assert f"{letter.token},not-sent," in here.journal.path.read_text()


@pytest.mark.proves("T-21", "B-05")
def test_what_the_journal_knows_and_the_database_does_not_is_not_sent_again(
    here: Post, twilio: Provider
):
    a_text()
    here.journal.about_to_send("f" * 32, f"{KIND}:500:2026-11-24", EVENING)
    commands.send_due()
    assert (the_text().state, the_text().reason) == (S.UNKNOWN, Reason.IN_THE_JOURNAL)
    assert twilio.calls() == 0


@pytest.mark.proves("T-22")
def test_nothing_is_sent_while_the_journal_cannot_be_written(here: Post, twilio: Provider):
    a_text()
    here.journal.path.unlink(missing_ok=True)
    os.mkdir(here.journal.path)
    try:
        assert commands.send_due() == 0
        assert "journal" in why_stopped()
    finally:
        os.rmdir(here.journal.path)
    assert twilio.calls() == 0
    assert states() == [S.PLANNED]


@pytest.mark.proves("T-22")
def test_a_journal_that_fails_between_claim_and_call_sends_nothing_and_burns_no_try(
    here: Post, twilio: Provider
):
    a_text()
    letter = claim(the_text().id)
    assert letter
    os.mkdir(here.journal.path)
    try:
        recording.record(letter.token, sending.deliver(here, letter))
    finally:
        os.rmdir(here.journal.path)
    assert (the_text().state, the_text().attempts) == (S.PLANNED, 0)
    assert twilio.calls() == 0


@pytest.mark.proves("T-30")
def test_no_more_than_the_days_most_are_sent(twilio: Provider):
    change("texts.daily_cap", "20")
    for n in range(500, 521):
        a_text(n)
    commands.send_due()
    commands.send_due()
    assert len(twilio.accepted()) == 20
    assert states().count(S.PLANNED) == 1


@pytest.mark.proves("T-31")
def test_a_flood_for_one_number_is_one_an_hour_and_three_a_day(twilio: Provider):
    for about in range(20):
        a_text(500, about_id=about, body=Reminder(room=str(about)), send_after=AFTERNOON)
    counted = []
    for hour in (14, 15, 16, 17):
        for minute in (0, 1, 30):
            with clock.fixed(datetime(2026, 11, 23, hour, minute, tzinfo=UTC)):
                commands.send_due()
        counted.append(len(twilio.accepted()))
    assert counted == [1, 2, 3, 3]
    with clock.fixed(CLOSES - timedelta(seconds=1)):
        commands.send_due()
    assert len(twilio.accepted()) == 3


@pytest.mark.proves("T-33")
def test_no_connection_to_the_database_is_held_during_a_call(
    here: Post, twilio: Provider, app: Flask
):
    a_text()
    held: list[int] = []

    class Watching:
        def send(self, letter: Letter) -> Answer:
            held.append(engine.pool.checkedout())
            return Answer(AttemptEnd.ACCEPTED, sid="SM1")

    engine = db.engine
    app.extensions["beacon_post"] = replace(here, gateway=Watching())  # type: ignore[arg-type]
    commands.send_due()
    assert held == [0]


def test_sixteen_calls_at_most_are_under_way_at_once(twilio: Provider):
    for n in range(500, 540):
        a_text(n)
    twilio.fault("accept", delay=0.2)
    started = datetime.now(UTC)
    commands.send_due()
    took = (datetime.now(UTC) - started).total_seconds()
    assert len(twilio.accepted()) == 40
    assert took >= 0.2 * (1 + 39 / 16)


@pytest.mark.proves("E-02")
def test_nothing_leaves_while_the_database_belongs_to_another_environment(twilio: Provider):
    a_text()
    with transaction() as session:
        session.execute(sa.update(Environment).values(name="production"))
    assert commands.send_due() == 0
    assert "belongs to production" in why_stopped()
    assert states() == [S.PLANNED]


@pytest.mark.proves("E-03")
def test_a_real_number_is_blocked_outside_production(twilio: Provider):
    from beacon.core.phone import UkMobile
    from beacon.notify.messages import Defendant, Recipient

    text = a_text(recipient=Recipient(Defendant, UkMobile.parse("07911 123456")))
    assert text
    assert (text.state, text.reason) == (S.SUPPRESSED, Reason.ENVIRONMENT)
    assert commands.send_due() == 0


def test_paused_by_a_person_nothing_leaves_until_resumed(twilio: Provider):
    a_text()
    commands.pause(reason="wrong list", actor=TEST)
    assert commands.send_due() == 0
    assert "wrong list" in why_stopped()
    commands.resume(actor=TEST)
    assert commands.send_due() == 1


def test_asked_to_stop_it_finishes_what_is_under_way_and_starts_no_more(twilio: Provider):
    for n in range(500, 505):
        a_text(n)
    commands.stopping.set()
    try:
        assert commands.send_due() == 0
    finally:
        commands.stopping.clear()
    assert states() == [S.PLANNED] * 5


def test_what_waits_too_long_expires_with_its_reason(twilio: Provider):
    a_text()
    with clock.fixed(CLOSES):
        assert commands.expire_overdue() == 1
        assert commands.expire_overdue() == 0
    assert (the_text().state, the_text().reason) == (S.EXPIRED, Reason.WINDOW_PASSED)


def test_the_job_is_safe_to_run_twice(twilio: Provider):
    a_text()
    assert (jobs.send_texts(), jobs.send_texts()) == (1, 0)
    assert (jobs.settle_texts(), jobs.settle_texts()) == (0, 0)
