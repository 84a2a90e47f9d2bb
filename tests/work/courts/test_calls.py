"""The call list: whom to ring, what came of it, and what a wrong number does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.audit.models import AuditEntry
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.courts import commands, queries
from beacon.courts.commands import plan_texts
from beacon.courts.models import CourtCall, Defendant, Hearing
from beacon.courts.terms import CallOutcome, Standing
from beacon.notify.models import OutboundText, SuppressedNumber
from beacon.notify.terms import NumberFlag, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.factories import TEST
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing

LANDLINE = "01632 960512"
TUESDAY_LATE = datetime(2026, 11, 24, 20, tzinfo=UTC)
C = CallOutcome


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def ring(hearing: Hearing, outcome: CallOutcome, *, seen: int = 0, note: str = "") -> CourtCall:
    return commands.record_call(hearing.id, outcome=outcome, note=note, seen=seen, actor=TEST)


def the_list() -> queries.CallList:
    db.session.rollback()
    return queries.call_list(TEST, TUESDAY)


def names(entries) -> list[str]:
    return [one.hearing.defendant.last_name for one in entries]


def flags() -> list[NumberFlag]:
    return list(db.session.scalars(sa.select(SuppressedNumber.flag)))


def test_whoever_must_come_and_cannot_be_texted_is_to_be_rung():
    a_hearing(last_name="Landline", mobile=LANDLINE)
    a_hearing(last_name="Interpreter", interpreter_language="Polish")
    a_hearing(last_name="Texted")
    a_hearing(last_name="Numberless", mobile="")
    assert sorted(names(the_list().to_ring)) == ["Interpreter", "Landline"]


def test_a_text_that_did_not_arrive_leaves_its_defendant_to_be_rung():
    for name, state in (("Failed", "failed"), ("Expired", "expired"), ("Sent", "sent")):
        hearing = a_hearing(last_name=name)
        plan_texts(TUESDAY, actor=TEST)
        with transaction() as session:
            text = session.query(OutboundText).filter_by(about_id=hearing.id).one()
            text.state = TextState(state)
    assert sorted(names(the_list().to_ring)) == ["Expired", "Failed"]


def test_several_hearings_of_one_person_are_one_call():
    for code in ("FH", "GAP"):
        a_hearing(last_name="Twice", mobile=LANDLINE, type_code=code)
    found = the_list()
    (entry,) = found.to_ring
    assert (len(entry.hearing_ids), found.hearings) == (2, 2)


def test_who_was_tried_comes_after_who_was_not_and_who_was_reached_is_done():
    tried = a_hearing(last_name="Tried", mobile=LANDLINE)
    a_hearing(last_name="Untried", mobile="01632 960513")
    reached = a_hearing(last_name="Reached", mobile="01632 960514")
    ring(tried, C.NO_ANSWER)
    ring(reached, C.REACHED)
    found = the_list()
    assert names(found.to_ring) == ["Untried", "Tried"]
    assert names(found.done) == ["Reached"]


def test_several_tries_are_kept_with_their_words_sealed():
    hearing = a_hearing(mobile=LANDLINE)
    ring(hearing, C.NO_ANSWER, note="Rang out at ten")
    ring(hearing, C.REFUSED, seen=1)
    (entry,) = the_list().done
    assert [call.outcome for call in entry.calls] == [C.NO_ANSWER, C.REFUSED]
    first = entry.calls[0]
    assert (first.note, first.by_name, first.rung_at) == (
        "Rang out at ten",
        TEST.name,
        MONDAY_MORNING,
    )
    assert b"Rang out" not in first.note_sealed


@pytest.mark.parametrize(
    ("outcome", "flag"),
    [(C.WRONG_NUMBER, NumberFlag.WRONG_PERSON), (C.NOT_IN_USE, NumberFlag.BAD_NUMBER)],
)
def test_a_number_that_proved_wrong_is_marked_and_a_new_one_is_asked_for(outcome, flag):
    hearing = a_hearing(last_name="Wrong", mobile=LANDLINE)
    ring(hearing, outcome)
    found = the_list()
    assert (names(found.to_ring), names(found.without_number)) == ([], ["Wrong"])
    assert flags() == [flag]


def test_a_new_landline_brings_the_defendant_back_to_the_list():
    hearing = a_hearing(last_name="Again", mobile=LANDLINE)
    ring(hearing, C.WRONG_NUMBER)
    person = db.session.get_one(Defendant, hearing.defendant_id)
    commands.correct_mobile(
        person.id, "01632 960599", do_not_text=False, version=person.version, actor=TEST
    )
    assert names(the_list().to_ring) == ["Again"]


def test_a_new_mobile_is_texted_instead():
    hearing = a_hearing(mobile=LANDLINE)
    ring(hearing, C.NOT_IN_USE)
    person = db.session.get_one(Defendant, hearing.defendant_id)
    commands.correct_mobile(
        person.id, "07700 900777", do_not_text=False, version=person.version, actor=TEST
    )
    assert the_list().everybody == []
    assert queries.day_figures(TEST, TUESDAY).of(Standing.TO_BE_TEXTED) == 1


def test_a_number_that_somebody_else_answers_is_not_texted_later():
    first = a_hearing(mobile="07700 900601", interpreter_language="Polish")
    ring(first, C.WRONG_NUMBER)
    other = a_hearing(mobile="07700 900601")
    plan_texts(TUESDAY, actor=TEST)
    text = db.session.query(OutboundText).filter_by(about_id=other.id).one()
    assert (text.state, text.reason) == (TextState.SUPPRESSED, "wrong_person")


def test_a_call_is_written_in_the_log_without_its_words():
    hearing = a_hearing(mobile=LANDLINE)
    ring(hearing, C.NO_ANSWER, note="His mother's voice on the machine")
    db.session.rollback()
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "hearing.rung")
    ).one()
    assert "no_answer" in entry.facts
    assert "mother" not in entry.facts


def test_nobody_is_rung_who_is_not_on_the_list():
    with pytest.raises(RuleBroken, match="To be texted"):
        ring(a_hearing(), C.REACHED)
    with pytest.raises(RuleBroken, match="No number"):
        ring(a_hearing(mobile=""), C.REACHED)


def test_nobody_is_rung_on_a_number_of_somebody_we_protect():
    hearing = a_hearing(mobile=LANDLINE)
    numbers.hold(LANDLINE, Owner.VICTIM, 1)
    with pytest.raises(RuleBroken, match="someone we protect"):
        ring(hearing, C.REACHED)


def test_nobody_is_rung_about_a_hearing_that_is_over_or_off_the_list():
    hearing, other = a_hearing(mobile=LANDLINE), a_hearing(mobile="01632 960513")
    commands.vacate_hearing(other.id, version=1, actor=TEST)
    with pytest.raises(RuleBroken, match="not listed"):
        ring(other, C.REACHED)
    with clock.fixed(TUESDAY_LATE.replace(day=25)), pytest.raises(RuleBroken, match="over"):
        ring(hearing, C.REACHED)
    with pytest.raises(NotFound):
        commands.record_call(999_999, outcome=C.REACHED, seen=0, actor=TEST)


def test_a_page_that_has_not_seen_the_last_call_writes_none():
    hearing = a_hearing(mobile=LANDLINE)
    ring(hearing, C.NO_ANSWER)
    with pytest.raises(RuleBroken, match="just rung"):
        ring(hearing, C.REACHED)


def test_two_who_ring_at_once_write_one_call(app: Flask):
    hearing_id = a_hearing(mobile=LANDLINE).id
    db.session.rollback()

    def write(_: int) -> bool:
        with app.app_context(), clock.fixed(MONDAY_MORNING):
            try:
                commands.record_call(hearing_id, outcome=C.REACHED, seen=0, actor=TEST)
            except RuleBroken:
                return False
            return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(write, range(4))) == [False, False, False, True]
    assert db.session.scalar(sa.select(sa.func.count(CourtCall.id))) == 1


def test_the_list_takes_as_many_statements_for_forty_as_for_four(count_queries):
    sent = []
    for more in (4, 36):
        for number in range(more):
            a_hearing(mobile=f"01632 960{100 + more + number}")
        db.session.rollback()
        count_queries.clear()
        queries.call_list(TEST, TUESDAY)
        sent.append(len(count_queries))
    assert sent[0] == sent[1] <= 7
