"""Assessing a risk: grounds are kept, a score raises the level, a person alone lowers it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.audit.models import AuditEntry
from beacon.caseloads.queries import weigh_one
from beacon.cases.models import CaseFile, TimelineEntry
from beacon.cases.terms import SAME_DAY, CaseStatus, TimelineEvent
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.settings import Setting
from beacon.risk import commands, queries
from beacon.risk.models import CaseRisk, RiskAssessment
from beacon.risk.terms import (
    Answer,
    LevelChange,
    MaracOutcome,
    RiskGround,
    RiskLevel,
    RiskTool,
)
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, a_victim, an_actor
from tests.work.risk.builders import (
    MONDAY,
    WHY,
    a_marac,
    an_assessment,
    judged,
    tasks_of,
    yes_to,
)

STANDARD, MEDIUM, HIGH = RiskLevel
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday(app: Flask):
    with clock.fixed(MONDAY):
        yield


@pytest.fixture
def manager(monday: None) -> Staff:
    return a_member_of_staff(name="Priya Shah")


@pytest.fixture
def case(manager: Staff) -> CaseFile:
    return a_case(manager=manager)


def standing(case: CaseFile) -> RiskLevel | None:
    db.session.rollback()
    return queries.levels([case.id]).get(case.id)


def history(case: CaseFile) -> list[tuple[RiskLevel, LevelChange, str, str]]:
    db.session.rollback()
    query = sa.select(CaseRisk).where(CaseRisk.case_id == case.id).order_by(CaseRisk.id)
    return [(one.level, one.change, one.by_name, one.reason) for one in db.session.scalars(query)]


def test_an_assessment_is_kept_sealed_with_each_answer_and_ground(case, manager):
    made = an_assessment(case, 14, **judged(call_outs=4), actor=an_actor(manager))
    stored = db.session.scalar(sa.select(RiskAssessment.judgement_sealed))
    assert WHY.encode() not in stored
    assert (made.yes, made.level, made.by_name) == (14, HIGH, "Priya Shah")
    assert made.answers == yes_to(14)
    assert [(one.ground, one.figure, one.threshold) for one in made.grounds] == [
        (RiskGround.JUDGEMENT, None, None),
        (RiskGround.VISIBLE_HIGH, 14, 14),
        (RiskGround.CALL_OUTS, 4, 3),
    ]


def test_professional_judgement_at_a_score_of_three_is_high(case):
    made = an_assessment(case, 3, **judged())
    assert [one.ground for one in made.grounds] == [RiskGround.JUDGEMENT]
    assert standing(case) is HIGH


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"judged_high": True}, "judgement"),
        ({"judged_high": True, "judgement": "  "}, "judgement"),
        ({"judgement": WHY}, "judged_high"),
        ({"call_outs": -1}, "call_outs"),
        ({"call_outs": 1_000}, "call_outs"),
        ({"incident_on": TODAY + timedelta(days=1)}, "incident_on"),
        ({"same_parties": True}, "incident_on"),
        ({"same_parties": True, "incident_on": TODAY}, "last_marac_on"),
        ({"tool": RiskTool.DARA, "answers": {}}, "level"),
        ({"tool": RiskTool.VS_DASH, "answers": {1: Answer.YES}}, "level"),
        ({"answers": {25: Answer.YES}}, None),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_box(case, known, field):
    with pytest.raises(RuleBroken) as refusal:
        an_assessment(case, **known)
    assert refusal.value.field == field
    assert standing(case) is None


def test_an_assessment_of_tomorrow_is_refused(case):
    with pytest.raises(RuleBroken, match="not happened yet"):
        an_assessment(case, at=MONDAY + timedelta(minutes=1))


def test_what_was_not_answered_was_not_asked(case):
    made = an_assessment(case, answers={1: Answer.YES})
    assert made.answers == {1: Answer.YES} | dict.fromkeys(range(2, 25), Answer.NOT_ASKED)


def test_a_tool_without_a_band_takes_the_level_from_a_person(case):
    made = an_assessment(
        case, tool=RiskTool.VS_DASH, answers=dict.fromkeys(range(1, 12), Answer.YES), level=MEDIUM
    )
    assert (made.yes, made.level) == (11, MEDIUM)
    an_assessment(case, tool=RiskTool.DARA, answers={}, level=STANDARD)
    assert standing(case) is MEDIUM


def test_high_stays_high_at_thirteen_and_the_assessment_is_kept(case):
    an_assessment(case, 14)
    later = an_assessment(case, 13)
    assert later.level is MEDIUM
    assert standing(case) is HIGH
    assert [level for level, *_ in history(case)] == [HIGH]


def test_a_level_that_a_person_set_is_not_lowered_by_a_score(case, manager):
    commands.set_level(case, HIGH, reason=WHY, actor=an_actor(manager))
    an_assessment(case, 2)
    assert standing(case) is HIGH


def test_a_person_lowers_a_level_with_a_reason_and_all_of_it_is_kept(case, manager):
    an_assessment(case, 14)
    with pytest.raises(RuleBroken, match="Enter why") as refusal:
        commands.set_level(case, MEDIUM, reason=" ", actor=an_actor(manager))
    assert refusal.value.field == "reason"
    commands.set_level(case, MEDIUM, reason="He is in prison.", actor=an_actor(manager))
    assert standing(case) is MEDIUM
    assert history(case) == [
        (HIGH, LevelChange.ASSESSED, "a test", ""),
        (MEDIUM, LevelChange.LOWERED, "Priya Shah", "He is in prison."),
    ]
    said = db.session.scalars(
        sa.select(TimelineEntry).where(TimelineEntry.event == TimelineEvent.RISK)
    ).all()
    assert "medium risk, lowered by a person: He is in prison" in said[-1].sentence


def test_the_same_level_again_is_refused(case):
    an_assessment(case, 14)
    with pytest.raises(RuleBroken, match="already") as refusal:
        commands.set_level(case, HIGH, reason=WHY, actor=TEST)
    assert refusal.value.field == "level"


def test_a_rise_to_high_makes_its_four_tasks_for_today_once(case):
    an_assessment(case, 3, **judged())
    made = tasks_of(case, *SAME_DAY)
    assert [(one.kind, one.due_on, one.done_at) for one in made] == [
        (kind, TODAY, None) for kind in SAME_DAY
    ]
    an_assessment(case, 16)
    assert len(tasks_of(case, *SAME_DAY)) == 4


def test_a_high_risk_weighs_on_its_case_and_a_medium_one_does_not(case):
    assert "high risk" not in weigh_one(case.id).sentence
    an_assessment(case, 12)
    assert "high risk" not in weigh_one(case.id).sentence
    an_assessment(case, 14)
    assert "high risk 3" in weigh_one(case.id).sentence


def test_another_rise_makes_them_anew(case):
    an_assessment(case, 14)
    commands.set_level(case, MEDIUM, reason="He is in prison.", actor=TEST)
    an_assessment(case, 15)
    assert len(tasks_of(case, *SAME_DAY)) == 8


def test_a_level_that_a_person_raises_makes_them_too(case):
    commands.set_level(case, HIGH, reason=WHY, actor=TEST)
    assert [one.kind for one in tasks_of(case, *SAME_DAY)] == list(SAME_DAY)


def test_a_medium_risk_makes_none(case):
    an_assessment(case, 13)
    assert tasks_of(case, *SAME_DAY) == []


def test_a_form_that_was_sent_twice_is_one_assessment(case):
    first = an_assessment(case, 14)
    assert an_assessment(case, 14).id == first.id
    assert len(tasks_of(case, *SAME_DAY)) == 4


def test_the_thresholds_are_settings(case):
    with transaction() as session:
        session.add(Setting(name="risk.call_outs", text="5"))
        session.add(Setting(name="risk.visible_high", text="12"))
    assert an_assessment(case, 3, call_outs=4).level is STANDARD
    assert an_assessment(case, 12).level is HIGH


def test_a_repeat_is_worked_out_of_the_last_marac_of_the_victim_in_whichever_case(case, manager):
    before = a_case(victim=case.victim, crime=a_crime(), manager=manager)
    a_marac(before, referred_on=TODAY - timedelta(days=60), meeting_on=TODAY - timedelta(days=40))
    made = an_assessment(case, 1, incident_on=TODAY, same_parties=True)
    assert [one.ground for one in made.grounds] == [RiskGround.REPEAT]
    assert made.last_marac_on == TODAY - timedelta(days=40)


def test_a_marac_of_other_people_or_one_that_was_not_heard_is_no_repeat(case, manager):
    a_marac(a_case(victim=a_victim(), manager=manager))
    referred = a_marac(case, referred_on=TODAY - timedelta(days=9))
    heard = commands.MaracHeard(outcome=MaracOutcome.NOT_ACCEPTED, meeting_on=None)
    commands.record_marac(case, referred, heard, actor=TEST)
    assert queries.last_marac_on(case) is None


def test_a_meeting_that_is_still_to_come_is_not_the_last_marac(case):
    a_marac(case, referred_on=TODAY - timedelta(days=2), meeting_on=TODAY + timedelta(days=8))
    assert queries.last_marac_on(case) == TODAY - timedelta(days=2)


def test_a_marac_of_which_another_service_told_us_counts(case):
    told = {"incident_on": TODAY, "same_parties": True, "last_marac_on": date(2025, 11, 23)}
    assert an_assessment(case, 1, **told).level is HIGH
    late = told | {"last_marac_on": date(2025, 11, 22)}
    assert an_assessment(case, 2, **late).level is STANDARD


def test_who_may_not_open_the_case_assesses_nothing(case):
    stranger = an_actor(a_member_of_staff(team="South"))
    with pytest.raises(NotFound):
        an_assessment(case, 14, actor=stranger)
    assert standing(case) is None


def test_a_closed_case_is_opened_before_it_is_assessed(case):
    with transaction() as session:
        row = session.get_one(CaseFile, case.id)
        row.status, row.closed_at, row.closing_note = CaseStatus.CLOSED, MONDAY, "All is done"
    with pytest.raises(RuleBroken, match="Reopen it"):
        an_assessment(case, 14)


def test_what_was_assessed_is_written_to_the_log_without_its_content(case):
    an_assessment(case, 14, **judged())
    db.session.rollback()
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "risk.assessed")
    ).one()
    assert WHY not in entry.facts
    assert '"tool":"dash"' in entry.facts
