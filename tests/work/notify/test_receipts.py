"""What the provider reports moves a text forward and never back."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.commands import Receipt, Taken
from beacon.notify.commands.claiming import claim
from beacon.notify.commands.recording import record
from beacon.notify.gateway import Answer
from beacon.notify.models import OutboundText, SuppressedNumber, TextEvent
from beacon.notify.terms import AttemptEnd, NumberFlag, TextState
from tests.provider.kind import a_text
from tests.provider.process import Provider

S = TextState


@pytest.fixture
def token(twilio: Provider) -> str:
    """The token of a text that the provider has accepted."""
    a_text()
    commands.send_due()
    found = the_text().token
    assert found
    return found


def the_text() -> OutboundText:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboundText)).one()


def told(token: str, *statuses: str, code: int | None = None) -> list[Taken]:
    sid = the_text().provider_sid or "SM1"
    return [commands.record_receipt(Receipt(token, sid, status, code)) for status in statuses]


def number_of_events() -> int:
    return db.session.scalar(sa.select(sa.func.count(TextEvent.id))) or 0


@pytest.mark.proves("W-05")
def test_reports_out_of_order_are_all_kept_and_the_furthest_counts(token: str):
    assert told(token, "delivered", "sent", "queued") == [Taken.APPLIED, Taken.KEPT, Taken.KEPT]
    assert the_text().state is S.DELIVERED
    assert number_of_events() == 3


@pytest.mark.proves("W-06")
def test_an_end_that_contradicts_the_first_is_marked_and_does_not_replace_it(token: str):
    told(token, "delivered", "undelivered")
    assert the_text().state is S.DELIVERED
    assert the_text().is_disputed
    marks = db.session.scalars(sa.select(TextEvent.is_conflict).order_by(TextEvent.id)).all()
    assert marks == [False, True]


@pytest.mark.proves("W-04", "W-19")
def test_the_same_report_fifty_times_from_eight_threads_is_one(app: Flask, token: str):
    sid = the_text().provider_sid or ""
    db.session.remove()
    took: list[Taken] = []

    def tell() -> None:
        for _ in range(6):
            with app.app_context():
                took.append(commands.record_receipt(Receipt(token, sid, "delivered")))
                db.session.remove()

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert took.count(Taken.APPLIED) == 1
    assert took.count(Taken.SEEN_BEFORE) == 47
    assert number_of_events() == 1


@pytest.mark.proves("W-11")
def test_a_report_that_comes_before_our_own_answer_is_matched_by_its_token(twilio: Provider):
    a_text()
    letter = claim(the_text().id)
    assert letter
    assert commands.record_receipt(Receipt(letter.token, "SM7", "sent")) is Taken.APPLIED
    assert (the_text().state, the_text().provider_sid) == (S.SENT, "SM7")
    record(letter.token, Answer(AttemptEnd.ACCEPTED, sid="SM7"))
    assert (the_text().state, the_text().provider_sid) == (S.SENT, "SM7")
    assert not the_text().is_disputed


@pytest.mark.proves("W-12")
def test_a_report_about_nothing_of_ours_makes_nothing(token: str):
    assert commands.record_receipt(Receipt("0" * 32, "SM1", "delivered")) is Taken.NOT_OURS
    assert number_of_events() == 0


@pytest.mark.parametrize(
    ("status", "code", "state", "flag"),
    [
        ("undelivered", 30003, S.UNDELIVERED, None),
        ("undelivered", 30005, S.UNDELIVERED, NumberFlag.BAD_NUMBER),
        ("undelivered", 30006, S.UNDELIVERED, NumberFlag.BAD_NUMBER),
        ("undelivered", 30007, S.UNDELIVERED, None),
        ("failed", 21610, S.FAILED, NumberFlag.OPTED_OUT),
        ("failed", 30008, S.FAILED, None),
        ("canceled", None, S.FAILED, None),
        ("read", None, S.DELIVERED, None),
        ("a-new-word", None, S.ACCEPTED, None),
    ],
)
def test_each_report_has_its_state_and_marks_numbers_that_cannot_be_texted(
    token: str, status: str, code: int | None, state: TextState, flag: NumberFlag | None
):
    told(token, status, code=code)
    assert the_text().state is state
    assert db.session.scalar(sa.select(SuppressedNumber.flag)) is flag


def test_a_report_about_a_text_we_held_unsent_stops_it_from_being_sent(twilio: Provider):
    a_text()
    letter = claim(the_text().id)
    assert letter
    record(letter.token, Answer(AttemptEnd.NOT_SENT))
    assert the_text().state is S.PLANNED
    commands.record_receipt(Receipt(letter.token, "SM9", "delivered"))
    assert (the_text().state, the_text().is_disputed) == (S.DELIVERED, True)
    assert commands.send_due() == 0
