"""Answers: by a link that works once, on the telephone, and by one figure; then the box."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseTask
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, TooMany
from beacon.notify import commands as notify
from beacon.notify.models import InboundReply, OutboundText
from beacon.notify.terms import TextState
from beacon.surveys import commands, jobs, queries
from beacon.surveys.models import (
    SurveyConcern,
    SurveyCount,
    SurveyDraft,
    SurveySlip,
    SurveyTry,
    SurveyWords,
)
from beacon.surveys.terms import Dimension, InvitationState, Measure, Page, Score, Way
from tests.factories import TEST, a_case
from tests.surveys import (
    a_closed_case,
    answer,
    in_the_box,
    invite,
    said,
    set_to,
    somebody,
    token_of,
)
from tests.work.plans.conftest import MONDAY

DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
HERE = "192.0.2.1"


def a_mobile(number: int) -> str:
    """A number of a made-up person."""
    return f"07700 900{number:03}"


def answered(number: int = 5, **changed: str) -> None:
    """So many people answer, all alike."""
    for _ in range(number):
        answer(invite(a_closed_case()), **changed)


def counts(dimension: Dimension = Dimension.ALL) -> dict[str, SurveyCount]:
    """What was counted, by group."""
    db.session.rollback()
    query = sa.select(SurveyCount).where(SurveyCount.dimension == dimension)
    return {row.group_name: row for row in db.session.scalars(query)}


def test_an_answer_goes_into_the_box_and_spends_the_link():
    row = invite(a_closed_case())
    answer(row, safer=Score.ONE.value)
    db.session.refresh(row)
    assert (row.state, row.token_hash) == (InvitationState.ANSWERED, None)
    (slip,) = in_the_box()
    assert slip["scores"] == {
        "satisfied": "5", "easy": "5", "informed": "5", "confident": "5", "safer": "1"
    }  # fmt: skip
    assert slip["month"] == "2026-11-01"
    assert db.session.scalars(sa.select(SurveyDraft)).all() == []


def test_a_link_works_once():
    row = invite(a_closed_case())
    token = token_of(row)
    answer(row)
    with pytest.raises(NotFound):
        commands.begin(token, ip=HERE)
    assert len(in_the_box()) == 1


def test_of_two_browsers_with_one_link_only_one_sends():
    token = token_of(invite(a_closed_case()))
    drafts = [commands.begin(token, ip=HERE) for _ in range(2)]
    for draft in drafts:
        for page, text in said().said.items():
            commands.keep(draft, Page(page), text)
    commands.send(token, drafts[0])
    with pytest.raises(NotFound):
        commands.send(token, drafts[1])
    assert len(in_the_box()) == 1


def test_used_expired_guessed_and_malformed_links_are_refused_alike():
    row = invite(a_closed_case())
    late, used = token_of(row), token_of(used_row := invite(a_closed_case()))
    answer(used_row)
    said_of = set()
    with clock.fixed(MONDAY + timedelta(days=21)):
        for token in (late, used, "2" * 28, "../etc", "é" * 300, ""):
            with pytest.raises(NotFound) as refusal:
                commands.begin(token, ip=f"192.0.2.{len(said_of)}")
            said_of.add(refusal.value.message)
    assert len(said_of) == 1


def test_after_many_wrong_links_even_a_good_one_waits():
    set_to("surveys.guesses_in_an_hour", "3")
    token = token_of(invite(a_closed_case()))
    for _ in range(3):
        with pytest.raises(NotFound):
            commands.begin("3" * 28, ip=HERE)
    with pytest.raises(TooMany):
        commands.begin(token, ip=HERE)
    assert commands.begin(token, ip="192.0.2.77")
    with clock.fixed(MONDAY + timedelta(hours=1)):
        assert commands.begin(token, ip=HERE)
    with clock.fixed(MONDAY + timedelta(days=2)):
        assert jobs.sweep_surveys() == 3  # two drafts, and the count of the hour
    assert db.session.scalars(sa.select(SurveyTry)).all() == []


def test_nothing_is_sent_before_every_page_is_answered():
    token = token_of(invite(a_closed_case()))
    draft = commands.begin(token, ip=HERE)
    commands.keep(draft, Page.SATISFIED, Score.FIVE.value)
    with pytest.raises(RuleBroken, match="Answer each question"):
        commands.send(token, draft)


def test_without_the_call_back_box_no_case_is_known():
    answer(invite(a_closed_case()), words="I am afraid that he will kill me")
    (concern,) = db.session.scalars(sa.select(SurveyConcern)).all()
    assert concern.case_id is None
    assert concern.found == "Harm by somebody|Fear"
    assert concern.words == "I am afraid that he will kill me"
    assert concern.scores == ""


def test_the_database_refuses_a_case_that_nobody_asked_for():
    case = a_closed_case()
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.add(SurveyConcern(raised_on=clock.today(), case_id=case.id, wants_call=False))


def test_with_the_box_it_is_joined_and_the_team_is_asked_to_ring():
    case = a_case(victim=somebody())
    commands.answer_by_phone(case.id, said(call="yes", words="Thank you"), actor=TEST)
    (concern,) = db.session.scalars(sa.select(SurveyConcern)).all()
    assert (concern.case_id, concern.wants_call) == (case.id, True)
    assert '"satisfied": "5"' in concern.scores
    (task,) = db.session.scalars(sa.select(CaseTask).where(CaseTask.case_id == case.id)).all()
    assert task.words.startswith("Ring them back")
    commands.look_at(concern, note="Rang them", actor=TEST)
    db.session.refresh(task)
    assert task.done_at is not None
    with pytest.raises(RuleBroken, match="meanwhile"):
        commands.look_at(concern, note="Again", actor=TEST)


def test_on_the_telephone_the_log_says_only_that_they_were_asked():
    case = a_case(victim=somebody(agrees=False))
    commands.answer_by_phone(case.id, said(words="The kettle was on"), actor=TEST)
    (row,) = queries.invitations_of(TEST, case)
    assert (row.state, row.way) == (InvitationState.ANSWERED, Way.PHONE)
    (entry,) = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "survey.by_phone")
    ).all()
    assert "kettle" not in str(entry.facts)
    assert "satisfied" not in str(entry.facts)
    with pytest.raises(RuleBroken, match="answered already"):
        commands.answer_by_phone(case.id, said(), actor=TEST)


def asked_by_number(number: int) -> None:
    """Somebody was texted for a figure, and the text has left."""
    row = invite(a_closed_case(mobile=a_mobile(number)))
    with transaction() as session:
        stored = session.merge(row)
        stored.way, stored.token_hash = Way.NUMBER, None
        text = session.scalars(sa.select(OutboundText).where(OutboundText.about_id == row.id)).one()
        text.state, text.claimed_at = TextState.SENT, clock.now()
        text.may_have_left = True


def test_a_figure_that_is_texted_is_an_answer_and_no_reply():
    asked_by_number(301)
    notify.take_reply("+447700900301", " 4. ", sid="SM1")
    notify.take_reply("+447700900301", " 4. ", sid="SM1")
    notify.take_reply("+447700900301", "2", sid="SM2")
    (slip,) = in_the_box()
    assert slip["scores"] == {"satisfied": "4"}
    assert db.session.scalars(sa.select(InboundReply)).all() == []


@pytest.mark.parametrize("words", ["6", "0", "55", "4 but he is back", "STOP", "five"])
def test_anything_else_stays_a_reply_to_be_read(words):
    asked_by_number(302)
    notify.take_reply("+447700900302", words)
    assert in_the_box() == []
    assert len(db.session.scalars(sa.select(InboundReply)).all()) == 1


def test_a_figure_from_somebody_whom_we_did_not_ask_stays_a_reply():
    notify.take_reply("+447700900303", "5")
    assert in_the_box() == []
    assert len(db.session.scalars(sa.select(InboundReply)).all()) == 1


def test_the_box_stays_shut_while_the_month_lasts_and_under_five():
    answered(4)
    assert commands.empty_box(actor=TEST) == 0
    with clock.fixed(DECEMBER):
        assert commands.empty_box(actor=TEST) == 0
    assert len(in_the_box()) == 4
    answered(1)
    assert commands.empty_box(actor=TEST) == 0
    with clock.fixed(DECEMBER):
        assert commands.empty_box(actor=TEST) == 5
        assert commands.empty_box(actor=TEST) == 0
    assert in_the_box() == []


def test_what_the_box_held_is_counted_by_each_thing_alone():
    answered(3, safer=Score.TWO.value)
    answered(3, safer=Score.NONE.value, words="Thank you all")
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
    everybody = counts()[""]
    assert everybody.people == 6
    assert everybody.month == FIRST
    assert (everybody.answers(Measure.SAFER), everybody.positive(Measure.SAFER)) == (3, 0)
    assert (everybody.answers(Measure.EASY), everybody.positive(Measure.EASY)) == (6, 6)
    for dimension in Dimension:
        assert sum(row.people for row in counts(dimension).values()) == 6
    words = db.session.scalars(sa.select(SurveyWords)).all()
    assert [one.words for one in words] == ["Thank you all"] * 3


def test_the_measures_of_a_period_equal_a_count_by_hand():
    answered(6, satisfied=Score.FOUR.value)
    answered(2, satisfied=Score.ONE.value)
    invite(a_closed_case())
    invite(a_closed_case(agrees=False))
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
        found = queries.measured(FIRST, LAST)
        before = queries.measured(FIRST, LAST, as_at=DECEMBER - timedelta(seconds=1))
    everybody = found.everybody
    assert (everybody.invited, everybody.answered, found.not_invited) == (9, 8, 1)
    assert (everybody.said[Measure.SATISFIED].answers) == 8
    assert (everybody.said[Measure.SATISFIED].positive) == 6
    assert everybody.silent == 1
    (district,) = found.by[Dimension.DISTRICT]
    assert (district.name, district.invited, district.silent) == ("Dacorum", 9, 1)
    assert district.answered == 8
    assert (before.everybody.invited, before.everybody.answered) == (9, 0)
    plain = db.session.execute(
        sa.text(
            "SELECT sum(people), sum(satisfied_answers), sum(satisfied_positive) "
            "FROM survey_count WHERE dimension = 'all' AND month = '2026-11-01'"
        )
    ).one()
    assert tuple(map(int, plain)) == (8, 8, 6)
    assert queries.measured(date(2026, 11, 2), date(2026, 11, 29)).everybody.answered == 0


def test_a_period_asks_the_same_number_of_statements_however_much_is_counted(count_queries):
    queries.measured(FIRST, LAST)
    few = len(count_queries)
    answered(12)
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
        db.session.rollback()
        count_queries.clear()
        queries.measured(FIRST, LAST)
    assert len(count_queries) == few


def test_words_are_read_before_they_are_shown():
    answered(5, words="Priya was kind")
    with clock.fixed(DECEMBER):
        commands.empty_box(actor=TEST)
    rows = db.session.scalars(sa.select(SurveyWords).order_by(SurveyWords.id)).all()
    assert queries.comments(FIRST, LAST) == []
    commands.moderate(rows[0], "[name] was kind", may_show=True, actor=TEST)
    commands.moderate(rows[1], "anything", may_show=False, actor=TEST)
    assert [one.shown for one in queries.comments(FIRST, LAST)] == ["[name] was kind"]
    with pytest.raises(RuleBroken, match="read these words meanwhile"):
        commands.moderate(rows[0], "Priya", may_show=True, actor=TEST)
    with pytest.raises(RuleBroken, match="Leave some words"):
        commands.moderate(rows[2], "  ", may_show=True, actor=TEST)


def test_an_empty_box_is_opened_without_harm():
    with clock.fixed(DECEMBER):
        assert jobs.open_survey_box() == 0
    assert db.session.scalars(sa.select(SurveySlip)).all() == []
