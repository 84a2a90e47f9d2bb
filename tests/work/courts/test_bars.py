"""Why a defendant is marked not to be texted, each with its own reason and advice."""

from datetime import date

import pytest
import sqlalchemy as sa

from beacon.core import clock
from beacon.core.db import db
from beacon.courts import commands
from beacon.courts.jobs import plan_court_texts
from beacon.courts.models import Defendant, Hearing
from beacon.courts.terms import Attendance, HearingOutcome, NotTexted, TextBar
from beacon.notify.models import OutboundText
from tests.factories import TEST
from tests.hearings import MONDAY_EVENING, MONDAY_MORNING, TUESDAY, a_hearing, a_row, take_list

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def person() -> Defendant:
    db.session.rollback()
    return db.session.scalars(sa.select(Defendant)).one()


def mark(*, do_not_text: bool = True, bar: TextBar | None = None) -> None:
    one = person()
    commands.correct_mobile(
        one.id, None, do_not_text=do_not_text, text_bar=bar, version=one.version, actor=TEST
    )


def why() -> str:
    with clock.fixed(MONDAY_EVENING):
        plan_court_texts()
    db.session.rollback()
    query = sa.select(OutboundText.reason).where(OutboundText.on_day == TUESDAY)
    return db.session.scalars(query).one()


def came(hearing: Hearing, outcome: HearingOutcome, attendance: Attendance) -> None:
    commands.record_outcome(
        hearing.id,
        outcome=outcome,
        attendance=attendance,
        version=db.session.get_one(Hearing, hearing.id).version,
        actor=TEST,
    )


@pytest.mark.parametrize("bar", list(TextBar))
def test_each_mark_has_its_own_reason(bar: TextBar):
    a_hearing()
    mark(bar=bar)
    assert why() == NotTexted(bar.value)


def test_a_mark_without_a_reason_is_kept_as_one():
    a_hearing()
    mark()
    assert why() == NotTexted.DO_NOT_TEXT


def test_who_may_be_texted_again_has_no_reason_left():
    a_hearing()
    mark(bar=TextBar.RISK)
    mark(do_not_text=False, bar=TextBar.RISK)
    assert person().text_bar is None
    assert why() == ""


def test_another_reason_alone_is_a_change():
    a_hearing()
    mark(bar=TextBar.RISK)
    mark(bar=TextBar.WISH)
    assert why() == NotTexted.WISH


def test_a_list_does_not_take_a_persons_mark_away():
    take_list(a_row())
    mark(bar=TextBar.RISK)
    take_list(a_row(do_not_text="no", hearing_time="10:30"))
    assert why() == NotTexted.RISK


def test_somebody_for_whom_a_warrant_was_issued_is_not_texted_about_another_hearing():
    first = a_hearing(held_on=MONDAY)
    a_hearing(defendant=first.defendant, type_code="GAP")
    came(first, HearingOutcome.WARRANT, Attendance.DID_NOT_ATTEND)
    assert person().text_bar is TextBar.WANTED
    assert why() == NotTexted.WANTED


@pytest.mark.parametrize("is_same", [True, False])
def test_a_warrant_that_has_ended_or_never_was_bars_no_text(is_same: bool):
    first = a_hearing(held_on=MONDAY)
    other = a_hearing(defendant=first.defendant, type_code="PTR", held_on=MONDAY)
    came(first, HearingOutcome.WARRANT, Attendance.DID_NOT_ATTEND)
    came(first if is_same else other, HearingOutcome.HELD, Attendance.ATTENDED)
    assert (person().do_not_text, person().text_bar) == (False, None)


def test_a_warrant_does_not_write_over_a_mark_that_was_there():
    first = a_hearing(held_on=MONDAY, do_not_text=True)
    came(first, HearingOutcome.WARRANT, Attendance.DID_NOT_ATTEND)
    came(first, HearingOutcome.HELD, Attendance.ATTENDED)
    assert (person().do_not_text, person().text_bar) == (True, None)
