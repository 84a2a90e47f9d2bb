"""Somebody who needs an interpreter is texted in words that were approved, or else rung."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.courts import commands, languages
from beacon.courts.jobs import correct_court_texts, plan_court_texts
from beacon.courts.terms import NotTexted
from beacon.notify import commands as notify
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from tests.factories import TEST
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, TUESDAY, a_hearing

FILES = Path(__file__).parents[2] / "data" / "translations"
IN_POLISH = (
    "Sąd: musisz stawić się w St Albans Magistrates' Court, AL1 3LB, JUTRO wt. 24 listopada "
    "o 9:30. Zaplanuj drogę. Jeśli nie przyjdziesz, możesz zostać zatrzymany."
)


@pytest.fixture(autouse=True)
def approved(app) -> Iterator[None]:
    languages.configure(FILES)
    with clock.fixed(MONDAY_MORNING):
        yield
    languages.configure(None)


def texts() -> list[OutboundText]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)))


def evening() -> None:
    with clock.fixed(MONDAY_EVENING):
        notify.send_due()


def test_each_is_texted_in_their_own_language():
    a_hearing(interpreter_language="Polski", mobile="07700 900611")
    a_hearing(mobile="07700 900612")
    plan_court_texts()
    evening()
    polish, english = texts()
    assert (polish.body, polish.template) == (IN_POLISH, "BailedPolish")
    assert polish.segments == 3
    assert english.body.startswith("Court reminder: you must be at St Albans")
    assert {polish.state, english.state} == {TextState.ACCEPTED}


def test_who_needs_a_language_that_nobody_approved_is_rung():
    a_hearing(interpreter_language="Romanian")
    plan_court_texts()
    (text,) = texts()
    assert (text.state, text.reason) == (TextState.SUPPRESSED, NotTexted.INTERPRETER)
    assert text.body is None or "Court reminder" not in text.body


def test_words_that_are_no_longer_approved_are_not_sent_although_they_were_planned():
    a_hearing(interpreter_language="Polish")
    plan_court_texts()
    assert [text.state for text in texts()] == [TextState.PLANNED]
    languages.configure(None)
    evening()
    (text,) = texts()
    assert (text.state, text.reason) == (TextState.SUPPRESSED, NotTexted.INTERPRETER)


def test_a_correction_is_in_the_language_of_the_reminder():
    hearing_id = a_hearing(interpreter_language="Polish").id
    plan_court_texts()
    evening()
    with clock.fixed(MONDAY_EVENING):
        commands.move_hearing(
            hearing_id,
            court_code="B41ME00",
            held_on=TUESDAY,
            starts_at=time(14),
            version=1,
            actor=TEST,
        )
        correct_court_texts()
    words = texts()[-1].body
    assert words == (
        "Sąd: rozprawa wt. 24 listopada została zmieniona. Musisz stawić się w St Albans "
        "Magistrates' Court, AL1 3LB, JUTRO wt. 24 listopada o 14:00. W razie wątpliwości "
        "zapytaj prawnika lub sąd."
    )
