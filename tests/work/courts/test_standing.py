"""The morning's figures: every listed hearing stands at one place, and the parts make the whole."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.courts import commands, queries
from beacon.courts.commands import plan_texts
from beacon.courts.models import Hearing
from beacon.courts.terms import NotTexted, Remand, Standing
from beacon.notify.models import OutboundText
from beacon.notify.terms import Reason, TextState
from beacon.numbers import commands as numbers
from beacon.numbers.terms import Owner
from tests.factories import TEST
from tests.hearings import MONDAY_MORNING, TUESDAY, a_hearing

S = TextState
TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app):
    with clock.fixed(MONDAY_MORNING):
        yield


def marked(hearing: Hearing, state: TextState, reason: str = "") -> None:
    """The text about the hearing, as it stands after the provider has had it."""
    with transaction() as session:
        text = session.query(OutboundText).filter_by(about_id=hearing.id).one()
        text.state, text.reason = state, reason


def figures(day: date = TUESDAY) -> dict[Standing, int]:
    db.session.rollback()
    return dict(queries.day_figures(TEST, day).by_standing)


def stands(hearing: Hearing) -> Standing | None:
    db.session.rollback()
    found = queries.standing_now(TEST, hearing.id, hearing.held_on)
    return found.standing if found else None


def a_full_day() -> None:
    """A day with something at every place."""
    sent = [a_hearing() for _ in range(3)]
    waits, missed = a_hearing(), [a_hearing() for _ in range(2)]
    plan_texts(TUESDAY, actor=TEST)
    for hearing, state in zip(sent, (S.DELIVERED, S.SENT, S.QUEUED), strict=True):
        marked(hearing, state)
    marked(waits, S.NEEDS_A_PERSON)
    for hearing, state in zip(missed, (S.UNDELIVERED, S.FAILED), strict=True):
        marked(hearing, state)
    a_hearing()
    a_hearing(mobile="01632 960512")
    a_hearing(remand=Remand.CUSTODY)
    a_hearing(mobile="")


def test_the_parts_make_the_whole_before_and_after_the_planner_has_run():
    a_full_day()
    wanted = {
        Standing.TEXTED: 3,
        Standing.TO_BE_TEXTED: 1,
        Standing.WAITS: 1,
        Standing.CALL_LIST: 3,
        Standing.NOT_ELIGIBLE: 2,
    }
    assert figures() == wanted
    plan_texts(TUESDAY, actor=TEST)
    assert figures() == wanted
    assert queries.day_figures(TEST, TUESDAY).hearings == 10


def test_each_figure_leads_to_exactly_the_hearings_it_counts():
    a_full_day()
    listed = Counter({one: len(queries.standing_at(TEST, TUESDAY, one)) for one in Standing})
    assert dict(listed) == figures()


def test_what_is_off_the_list_is_no_hearing_of_the_day():
    hearing = a_hearing()
    commands.vacate_hearing(hearing.id, version=1, actor=TEST)
    assert figures() == {}
    assert stands(hearing) is None


def test_two_hearings_of_one_text_are_two_hearings_that_are_texted():
    first = a_hearing(last_name="Twice", mobile="07700 900700")
    a_hearing(last_name="Twice", mobile="07700 900700", type_code="GAP")
    plan_texts(TUESDAY, actor=TEST)
    marked(first, S.DELIVERED)
    assert figures() == {Standing.TEXTED: 2}


@pytest.mark.parametrize("mobile", ["01632 960512", "07700 900601"])
def test_a_number_of_somebody_we_protect_is_never_on_the_call_list(mobile: str):
    hearing = a_hearing(mobile=mobile)
    plan_texts(TUESDAY, actor=TEST)
    if mobile.startswith("07"):
        marked(hearing, S.UNDELIVERED)
    assert stands(hearing) is Standing.CALL_LIST
    with transaction():
        numbers.hold(mobile, Owner.VICTIM, 1)
    assert stands(hearing) is Standing.NOT_ELIGIBLE
    (shown,) = queries.standing_at(TEST, TUESDAY, Standing.NOT_ELIGIBLE)
    assert shown.reason == NotTexted.VICTIM_NUMBER.label
    with clock.fixed(TUESDAY_MORNING):
        assert stands(hearing) is Standing.NOT_ELIGIBLE


def test_whoever_is_taken_into_custody_is_off_the_call_list():
    hearing = a_hearing()
    plan_texts(TUESDAY, actor=TEST)
    marked(hearing, S.FAILED)
    with transaction() as session:
        session.get_one(Hearing, hearing.id).remand = Remand.CUSTODY
    assert stands(hearing) is Standing.NOT_ELIGIBLE


@pytest.mark.parametrize("known", [{"remand": Remand.CUSTODY}, {"do_not_text": True}])
def test_whoever_is_held_back_for_another_matter_is_not_to_be_texted(known: dict):
    person = {"first_name": "Robin", "last_name": "Accused", "mobile": "07700 900601"}
    hearing = a_hearing(**person)
    a_hearing(**person, **known, held_on=TUESDAY + timedelta(days=1))
    assert (stands(hearing), figures()) == (Standing.NOT_ELIGIBLE, {Standing.NOT_ELIGIBLE: 1})
    plan_texts(TUESDAY, actor=TEST)
    assert (stands(hearing), figures()) == (Standing.NOT_ELIGIBLE, {Standing.NOT_ELIGIBLE: 1})


def test_a_text_left_as_it_is_by_a_person_leaves_the_defendant_to_be_rung():
    hearing = a_hearing()
    plan_texts(TUESDAY, actor=TEST)
    marked(hearing, S.CANCELLED, Reason.LEFT_BY_PERSON)
    assert stands(hearing) is Standing.CALL_LIST


def test_the_reasons_are_counted_with_the_figures():
    a_full_day()
    reasons = dict(queries.day_figures(TEST, TUESDAY).why_not)
    assert reasons["In custody"] == 1
    assert reasons["Landline: cannot be texted"] == 1
    assert reasons["The text was not delivered"] == 1
    assert sum(reasons.values()) == 5


def test_a_day_without_hearings_has_noughts():
    empty = queries.day_figures(TEST, TUESDAY + timedelta(days=3))
    assert empty.hearings == 0
    assert [number for _, number in empty.parts] == [0, 0, 0]


def test_the_figures_take_as_many_statements_for_sixty_hearings_as_for_ten(count_queries):
    sent = []
    for more in (10, 50):
        for _ in range(more // 10):
            a_full_day()
        db.session.rollback()
        count_queries.clear()
        queries.day_figures(TEST, TUESDAY)
        sent.append(len(count_queries))
    assert sent[0] == sent[1] <= 6


@pytest.mark.parametrize("known", [{"mobile": "01632 960512"}, {"interpreter_language": "Polish"}])
def test_no_page_says_to_ring_a_number_of_somebody_we_protect(known: dict):
    hearing = a_hearing(**known)
    numbers.hold(hearing.defendant.mobile, Owner.VICTIM, 1)
    for at in (MONDAY_MORNING, TUESDAY_MORNING):
        with clock.fixed(at):
            (row,) = queries.hearings_on(TEST, TUESDAY).rows
            assert (row.text.reason, row.text.call) == (NotTexted.VICTIM_NUMBER.label, False)
        plan_texts(TUESDAY, actor=TEST)


def test_a_landline_of_somebody_we_protect_is_held_back_as_theirs():
    hearing = a_hearing(mobile="01632 960512")
    numbers.hold("01632 960512", Owner.VICTIM, 1)
    plan_texts(TUESDAY, actor=TEST)
    db.session.rollback()
    text = db.session.query(OutboundText).filter_by(about_id=hearing.id).one()
    assert text.reason == NotTexted.VICTIM_NUMBER


def test_a_number_that_is_held_only_later_is_not_shown_for_ringing():
    hearing = a_hearing(mobile="01632 960512")
    plan_texts(TUESDAY, actor=TEST)
    numbers.hold(hearing.defendant.mobile, Owner.VICTIM, 1)
    with clock.fixed(TUESDAY_MORNING):
        (row,) = queries.hearings_on(TEST, TUESDAY).rows
    assert not row.text.call
