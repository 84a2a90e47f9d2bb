"""What is planned, held back and taken out again: once for each intent."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.sealed import new_seal_key
from beacon.notify import commands, outbox, queries
from beacon.notify.messages import Recipient, Victim
from beacon.notify.models import OutboundText
from beacon.notify.terms import Audience, Reason, ReplyKind, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.provider.kind import KIND, TEST, TOMORROW, Reminder, a_text, number, register


@pytest.fixture(autouse=True)
def kind(app: Flask) -> None:
    register()


def this(n: int = 500) -> OutboundText:
    return db.session.scalars(sa.select(OutboundText).where(OutboundText.about_id == n)).one()


def same(n: int = 500) -> dict[str, object]:
    return {"kind": KIND, "about_id": n, "on": TOMORROW, "actor": TEST}


def test_a_text_is_planned_once_for_its_kind_subject_and_day():
    assert a_text()
    assert a_text() is None
    assert this().state is TextState.PLANNED


@pytest.mark.proves("T-14")
def test_a_second_row_of_the_same_intent_is_refused_by_the_database():
    a_text()
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(
            OutboundText(
                kind=KIND,
                about_id=500,
                on_day=TOMORROW,
                audience=Audience.DEFENDANT,
                seal_key=new_seal_key(),
            )
        )


def test_number_and_words_do_not_lie_open_in_the_row():
    a_text()
    row = db.session.execute(sa.text("SELECT to_sealed, body_sealed FROM outbound_text")).one()
    assert b"900500" not in bytes(row.to_sealed)
    assert b"Court" not in bytes(row.body_sealed)
    assert (this().to, this().masked) == ("+447700900500", "+44 77•• •••500")


def test_a_text_written_for_one_audience_is_not_planned_for_another():
    with pytest.raises(RuleBroken, match="somebody else"):
        a_text(recipient=Recipient(Victim, number(500)))


def test_a_kind_that_nobody_answers_for_cannot_be_planned():
    with pytest.raises(LookupError):
        a_text(kind="nobody-knows")


def test_what_is_not_texted_keeps_its_reason():
    assert outbox.suppress(**same(), reason="in_custody")
    assert outbox.suppress(**same(), reason="in_custody") is None
    row = queries.texts_about(KIND, [500])[500]
    assert (row.state, row.reason, row.reason_words) == (
        TextState.SUPPRESSED,
        "in_custody",
        "In custody",
    )


def test_what_was_not_texted_for_want_of_a_number_is_planned_once_there_is_one():
    outbox.suppress(**same(), reason="no_number")
    assert a_text()
    assert this().state is TextState.PLANNED


def test_a_cancelled_text_is_planned_again_when_the_hearing_is_listed_again():
    a_text()
    assert outbox.cancel(**same(), reason="vacated")
    assert outbox.cancel(**same(), reason="vacated") is None
    assert a_text(body=Reminder(room="7"))
    assert "court 7" in this().body


def test_a_text_that_has_left_is_neither_cancelled_nor_suppressed_nor_planned_again():
    a_text()
    with transaction():
        text = this()
        text.state, text.may_have_left = TextState.ACCEPTED, True
    assert outbox.cancel(**same(), reason="vacated") is None
    assert outbox.suppress(**same(), reason="in_custody") is None
    assert a_text() is None


@pytest.mark.proves("T-12")
@pytest.mark.parametrize("written", ["07700 900500", "+44 (0)7700 900500", "00447700900500"])
def test_a_number_held_for_a_victim_is_never_planned(written: str):
    numbers.hold(written, Owner.VICTIM, 1)
    text = a_text()
    assert text
    assert (text.state, text.reason) == (TextState.SUPPRESSED, Reason.VICTIM_NUMBER)
    assert a_text() is None


@pytest.mark.proves("T-27")
def test_a_number_that_said_stop_is_not_planned_until_it_says_start():
    commands.take_reply("+447700900500", " Stop. ")
    text = a_text()
    assert text
    assert (text.state, text.reason) == (TextState.SUPPRESSED, Reason.OPTED_OUT)
    commands.take_reply("+447700900500", "START")
    assert a_text()
    assert this().state is TextState.PLANNED


def test_stop_takes_back_what_waits():
    a_text()
    commands.take_reply("+447700900500", "STOP")
    assert (this().state, this().reason) == (TextState.SUPPRESSED, Reason.OPTED_OUT)


def test_stop_please_is_for_a_person():
    a_text()
    assert commands.take_reply("+447700900500", "stop please") is ReplyKind.OTHER
    assert this().state is TextState.PLANNED
