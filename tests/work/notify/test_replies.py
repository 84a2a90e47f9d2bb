"""What people text to our sender: few words act by themselves, the rest waits for a person."""

from __future__ import annotations

import threading
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock, settings
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.settings import Setting
from beacon.notify import commands, received
from beacon.notify.models import (
    InboundDay,
    InboundReply,
    NumberDecision,
    OutboundText,
    SuppressedNumber,
)
from beacon.notify.terms import REPLY_LINE, NumberFlag, NumberVerdict, ReplyKind, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.factories import TEST
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider

ROBIN = "+447700900500"


@pytest.fixture(autouse=True)
def evening(app: Flask):
    kind.register()
    with clock.fixed(EVENING):
        yield


@pytest.fixture
def two_way(app: Flask, twilio: Provider) -> Provider:
    """People can reply to our texts, and who cannot come is answered by one line."""
    kind.send_through(app, twilio, two_way=True)
    with transaction() as session:
        session.add(Setting(name="texts.answer_cannot_come", text="yes"))
    a_text()
    commands.send_due()
    return twilio


def replies() -> list[InboundReply]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(InboundReply).order_by(InboundReply.id)))


def the_reply() -> InboundReply:
    (reply,) = replies()
    return reply


def said(words: str, sid: str = "", sender: str = ROBIN) -> ReplyKind:
    return commands.take_reply(sender, words, sid=sid)


def flags() -> list[NumberFlag]:
    db.session.rollback()
    query = sa.select(SuppressedNumber.flag).where(SuppressedNumber.lifted_at.is_(None))
    return list(db.session.scalars(query.order_by(SuppressedNumber.id)))


def lines() -> list[OutboundText]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText).filter_by(kind=REPLY_LINE)))


@pytest.mark.proves("W-07")
def test_a_long_reply_is_kept_as_it_was_and_linked_to_the_text_it_answers(twilio: Provider):
    a_text()
    commands.send_due()
    words = "<script>alert(1)</script>\r\n" + "😀" * 1_570
    said(words)
    reply = the_reply()
    assert reply.words == words
    assert reply.text is not None
    assert (reply.text.about_id, reply.masked) == (500, "+44 77•• •••500")
    assert reply.handled_at is None
    assert lines() == []


@pytest.mark.proves("W-07")
def test_the_words_and_the_number_lie_sealed_in_the_database():
    said("I am at 12 Orchard Road")
    row = db.session.execute(sa.text("SELECT * FROM inbound_reply")).mappings().one()
    stored = " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for v in row.values())
    assert "Orchard" not in stored
    assert "900500" not in stored


@pytest.mark.proves("W-08")
def test_of_a_flood_the_first_twenty_of_a_day_are_kept_and_the_rest_counted():
    for n in range(60):
        said(f"hello {n}", f"SM{n}")
    assert len(replies()) == 20
    assert db.session.scalar(sa.select(InboundDay.count)) == 60
    assert received.not_kept(replies()[0]) == 40
    said("STOP", "SM-stop")
    assert flags() == [NumberFlag.OPTED_OUT]
    assert len(replies()) == 21
    with clock.fixed(EVENING + timedelta(days=1)):
        said("hello again", "SM-next")
    assert len(replies()) == 22


@pytest.mark.proves("W-09")
@pytest.mark.parametrize("words", ["STOP", " stop. ", "Unsubscribe", "\uff33\uff34\uff2f\uff30"])
def test_an_exact_word_opts_out_and_needs_nobody(words: str):
    a_text()
    said(words)
    assert flags() == [NumberFlag.OPTED_OUT]
    assert (the_reply().kind, the_reply().handled_by) == (ReplyKind.STOP, "By itself")
    text = db.session.scalars(sa.select(OutboundText)).one()
    assert (text.state, text.reason) == (TextState.SUPPRESSED, "opted_out")


@pytest.mark.proves("W-09")
@pytest.mark.parametrize(
    "words", ["stop please", "STOP?", "توقف", "please stop texting me", "don't stop", "", "cancel?"]
)
def test_any_other_words_wait_for_a_person(words: str):
    said(words)
    assert flags() == []
    assert the_reply().kind is ReplyKind.OTHER
    assert the_reply().handled_at is None


@pytest.mark.proves("W-09")
def test_start_lets_texts_come_again():
    said("STOP", "SM1")
    said("START", "SM2")
    assert flags() == []
    assert [reply.kind for reply in replies()] == [ReplyKind.STOP, ReplyKind.START]


@pytest.mark.proves("W-19")
def test_an_old_stop_that_comes_again_after_start_changes_nothing():
    said("STOP", "SM1")
    said("START", "SM2")
    with clock.fixed(EVENING + timedelta(days=3)):
        said("STOP", "SM1")
    assert flags() == []
    assert len(replies()) == 2


@pytest.mark.parametrize(
    "words", ["Wrong number", "sorry, wrong number!", "You've got the wrong number"]
)
def test_the_wrong_person_is_texted_no_more_and_a_person_must_correct_the_number(words: str):
    a_text()
    said(words)
    assert flags() == [NumberFlag.WRONG_PERSON]
    assert the_reply().kind is ReplyKind.WRONG_PERSON
    assert the_reply().handled_at is None
    assert received.waiting_counts(TEST) == (1, 0)


def test_perhaps_the_wrong_person_is_for_a_person():
    said("who is this? i think its the wrong number, my son moved out")
    assert (the_reply().kind, flags()) == (ReplyKind.SEEMS_WRONG, [])


@pytest.mark.parametrize(
    "words",
    [
        "i will KILL him",
        "cant go on any more",
        "I know where she lives",
        "i'm going to end it all",
        "stop or ill hurt you",
    ],
)
def test_words_of_harm_stand_first(words: str):
    said("hello", "SM1", "+447700900501")
    said(words, "SM2")
    assert [reply.is_urgent for reply in received.waiting(TEST)] == [True, False]
    assert received.waiting_counts(TEST) == (2, 1)


def test_a_reply_from_a_number_we_protect_is_urgent_even_where_it_says_stop():
    numbers.hold(ROBIN, Owner.VICTIM, 1)
    said("STOP")
    assert flags() == [NumberFlag.OPTED_OUT]
    assert the_reply().is_protected
    assert the_reply().handled_at is None
    assert received.waiting_counts(TEST) == (1, 1)


@pytest.mark.proves("W-04", "W-08")
def test_one_reply_posted_from_eight_threads_is_one(app: Flask):
    db.session.remove()

    def tell() -> None:
        for n in range(6):
            with app.app_context(), clock.fixed(EVENING):
                said(f"words {n}", f"SM{n}")
                db.session.remove()

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies()) == 6
    assert db.session.scalar(sa.select(InboundDay.count)) == 6


def test_a_person_deals_with_a_reply_once():
    said("can I ask about parking")
    commands.handle_reply(the_reply().id, note="Rang them.", actor=TEST)
    assert (the_reply().note, the_reply().handled_by) == ("Rang them.", TEST.name)
    with pytest.raises(RuleBroken, match="has dealt with this reply"):
        commands.handle_reply(the_reply().id, note="Again.", actor=TEST)


def test_there_is_no_reply_of_that_number_to_deal_with():
    with pytest.raises(NotFound):
        commands.handle_reply(999, note="Rang them.", actor=TEST)


@pytest.mark.parametrize("flag", [NumberFlag.OPTED_OUT, NumberFlag.WRONG_PERSON])
def test_a_person_who_read_it_can_stop_texts_to_the_number(flag: NumberFlag):
    a_text()
    said("توقف")
    commands.handle_reply(the_reply().id, note="Asks not to be texted.", flag=flag, actor=TEST)
    assert flags() == [flag]
    decision = db.session.scalars(sa.select(NumberDecision)).one()
    assert (decision.verdict, decision.because) == (
        NumberVerdict.MARKED,
        "Asks not to be texted.",
    )
    (row,) = received.numbers(TEST)
    assert (row.flag, row.source_words) == (flag, "By a person here")


@pytest.mark.proves("T-27")
def test_a_person_lifts_an_opt_out_with_a_reason_and_the_text_is_planned_again():
    said("STOP")
    text = a_text()
    assert text
    assert text.state is TextState.SUPPRESSED
    (row,) = received.numbers(TEST)
    commands.lift_number(row.id, because="Rang and asked for texts.", actor=TEST)
    (row,) = received.numbers(TEST)
    assert row.lifted_at == EVENING
    assert [one.because for one in row.decisions] == ["Rang and asked for texts."]
    assert a_text()
    with pytest.raises(RuleBroken, match="texted again already"):
        commands.lift_number(row.id, because="Twice.", actor=TEST)


def test_whoever_opts_out_anew_is_listed_since_then():
    said("STOP", "SM1")
    said("START", "SM2")
    with clock.fixed(EVENING + timedelta(days=2)):
        said("STOP", "SM3")
    (row,) = received.numbers(TEST)
    assert (row.since, row.lifted_at) == (EVENING + timedelta(days=2), None)


def test_a_number_is_shown_masked_where_a_text_or_a_reply_knows_it():
    said("STOP")
    (row,) = received.numbers(TEST)
    assert row.masked == "+44 77•• •••500"


def test_whoever_cannot_come_is_answered_by_one_line_once_a_day(two_way: Provider):
    said("im ill and cant come", "SM1")
    said("did you get that? i am ill", "SM2")
    (line,) = lines()
    assert line.body == (
        "This number cannot change your hearing. Call your solicitor or the court."
    )
    closes = time.fromisoformat(settings.value("texts.window_to"))
    assert line.state is TextState.PLANNED
    assert line.expires_at == clock.from_london(clock.today(), closes)
    with clock.fixed(EVENING + timedelta(minutes=61)):
        assert commands.send_due() == 1
        assert commands.send_due() == 0
    assert [sent["body"] for sent in two_way.accepted()][1:] == [lines()[0].body]


def test_the_line_does_not_leave_once_a_person_has_dealt_with_the_reply(two_way: Provider):
    said("i am ill", "SM1")
    commands.handle_reply(the_reply().id, note="Rang them.", actor=TEST)
    with clock.fixed(EVENING + timedelta(minutes=61)):
        assert commands.send_due() == 0
    assert lines()[0].state is TextState.CANCELLED


@pytest.mark.parametrize(
    "words", ["hello", "i am ill, i will kill him", "wrong number", "STOP", "توقف"]
)
def test_nothing_else_is_answered(two_way: Provider, words: str):
    said(words)
    assert lines() == []


def test_nobody_is_answered_whom_we_had_not_texted_or_out_of_hours(two_way: Provider):
    said("i am ill", "SM1", "+447700900777")
    with clock.fixed(EVENING.replace(hour=23)):
        said("i am ill", "SM2")
    assert lines() == []


def test_a_one_way_sender_answers_nobody(app: Flask, two_way: Provider):
    kind.send_through(app, two_way, two_way=False)
    said("i am ill")
    assert lines() == []


def test_nobody_is_answered_unless_it_is_switched_on(app: Flask, two_way: Provider):
    with transaction() as session:
        session.execute(sa.delete(Setting))
    said("i am ill")
    assert (the_reply().kind, lines()) == (ReplyKind.CANNOT_COME, [])


@pytest.mark.parametrize("sender", ["12345", "HERTSCOURT", "", "+1 202 555 0100"])
def test_a_reply_from_what_is_no_uk_mobile_is_kept(two_way: Provider, sender: str):
    said("i am ill", "SM1", sender)
    assert the_reply().masked
    assert lines() == []
