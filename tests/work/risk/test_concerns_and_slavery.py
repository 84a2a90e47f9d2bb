"""Safeguarding concerns and modern slavery: consent or a ground, each step in its order, kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases import ends
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.actor import reader
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.risk import commands, queries
from beacon.risk.commands import CheckGiven, SlaveryStepGiven
from beacon.risk.models import ConcernCheck, SafeguardingConcern, SlaveryReferral, SlaveryStep
from beacon.risk.terms import (
    ConcernConsent,
    ConcernKind,
    ConcernOutcome,
    OverrideGround,
    SlaveryConsent,
    SlaveryRoute,
    SlaveryStage,
    SlaveryVerdict,
)
from tests.factories import TEST, a_case, a_member_of_staff, a_victim, an_actor
from tests.work.risk.builders import (
    MONDAY,
    a_concern,
    a_slavery_referral,
    concern_given,
    tasks_of,
)

TODAY = MONDAY.date()
DAY = timedelta(days=1)
WAITING, ENQUIRY, ENDED = ConcernOutcome.WAITING, ConcernOutcome.ENQUIRY, ConcernOutcome.ENDED
WITHOUT = {
    "kind": ConcernKind.CHILD_47,
    "consent": ConcernConsent.NOT_ASKED,
    "override": OverrideGround.GREATER_RISK,
    "override_reason": "He reads her phone.",
}


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


def checks(case: CaseFile) -> list[tuple[date, bool]]:
    return [(one.due_on, one.done_at is not None) for one in tasks_of(case, TaskKind.CHECK_CONCERN)]


def test_a_concern_is_kept_sealed_with_whom_it_was_made_to(case, manager):
    made = a_concern(case, about="Kit", reference="CS-41", actor=an_actor(manager))
    stored = db.session.execute(
        sa.select(SafeguardingConcern.reason_sealed, SafeguardingConcern.made_to_sealed)
    ).one()
    assert not [one for one in stored if b"boy" in one or b"Children" in one]
    assert (made.about, made.made_to, made.outcome) == ("Kit", "Children's Services", WAITING)
    assert (made.by_name, made.reference) == ("Priya Shah", "CS-41")


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"made_to": ""}, "made_to"),
        ({"made_at": MONDAY + timedelta(minutes=1)}, "made_at"),
        ({"next_check_on": None}, "next_check_on"),
        ({"next_check_on": TODAY - DAY}, "next_check_on"),
        ({"consent": ConcernConsent.REFUSED}, "override"),
        ({"consent": ConcernConsent.NOT_ASKED}, "override"),
        ({"override": OverrideGround.VITAL, "override_reason": "x"}, "override"),
        ({"override_reason": "x"}, "override_reason"),
        (WITHOUT | {"override_reason": " "}, "override_reason"),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_box(case, known, field):
    with pytest.raises(RuleBroken) as refusal:
        a_concern(case, **known)
    assert refusal.value.field == field
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SafeguardingConcern)) == 0


def test_without_consent_it_is_passed_on_by_a_ground_with_a_reason(case):
    made = a_concern(case, **WITHOUT)
    assert (made.override_ground, made.override_reason) == (
        OverrideGround.GREATER_RISK,
        "He reads her phone.",
    )


def test_the_next_check_is_a_task_of_its_day_and_the_one_before_is_done(case):
    concern = a_concern(case)
    assert checks(case) == [(date(2026, 11, 30), False)]
    given = CheckGiven(outcome=ENQUIRY, on=TODAY, next_check_on=date(2026, 12, 7))
    commands.check_concern(case, concern, given, actor=TEST)
    assert checks(case) == [(date(2026, 11, 30), True), (date(2026, 12, 7), False)]
    over = CheckGiven(outcome=ENDED, on=TODAY, words="They have moved.")
    commands.check_concern(case, concern, over, actor=TEST)
    assert [done for _, done in checks(case)] == [True, True]


@pytest.mark.proves("L-05")
def test_a_look_that_is_sent_twice_is_one_and_leaves_its_task(case):
    concern = a_concern(case)
    given = CheckGiven(outcome=ENQUIRY, on=TODAY, next_check_on=date(2026, 12, 7))
    first, again = (commands.check_concern(case, concern, given, actor=TEST) for _ in range(2))
    assert first.id == again.id
    assert checks(case) == [(date(2026, 11, 30), True), (date(2026, 12, 7), False)]


def test_a_look_that_leaves_the_day_of_the_next_leaves_a_task_for_it(case):
    concern = a_concern(case)
    given = CheckGiven(
        outcome=ENQUIRY, on=TODAY, words="They ring back.", next_check_on=date(2026, 11, 30)
    )
    commands.check_concern(case, concern, given, actor=TEST)
    assert sorted(checks(case)) == [(date(2026, 11, 30), False), (date(2026, 11, 30), True)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (CheckGiven(outcome=ENQUIRY, on=TODAY), "next_check_on"),
        (CheckGiven(outcome=ENDED, on=TODAY), "words"),
        (CheckGiven(outcome=ENQUIRY, on=TODAY + DAY, next_check_on=TODAY), "on"),
        (CheckGiven(outcome=ENQUIRY, on=TODAY - DAY, next_check_on=TODAY), "on"),
    ],
)
def test_a_check_that_cannot_be_so_is_refused(case, given, field):
    with pytest.raises(RuleBroken) as refusal:
        commands.check_concern(case, a_concern(case), given, actor=TEST)
    assert refusal.value.field == field


def test_a_concern_that_is_over_is_shown_all_the_same_and_each_look_is_kept(case, manager):
    concern = a_concern(case)
    over = CheckGiven(outcome=ENDED, on=TODAY, words="They have moved.")
    commands.check_concern(case, concern, over, actor=TEST)
    db.session.rollback()
    top = queries.on_top(reader(an_actor(manager)), CaseFile.id == case.id)
    assert [one.concern.outcome for one in top] == [ENDED]
    assert db.session.scalar(sa.select(ConcernCheck)).words == "They have moved."


def test_concerns_that_go_on_stand_before_those_that_are_over(case, manager):
    first = a_concern(case)
    a_concern(case, kind=ConcernKind.ADULT_42)
    over = CheckGiven(outcome=ENDED, on=TODAY, words="They have moved.")
    commands.check_concern(case, first, over, actor=TEST)
    db.session.rollback()
    found = queries.concerns_of(an_actor(manager), case)
    assert [one.kind for one in found] == [ConcernKind.ADULT_42, ConcernKind.CHILD_17]


def test_a_form_that_was_sent_twice_is_one_concern(case):
    assert a_concern(case).id == a_concern(case).id


def test_a_concern_of_another_case_is_not_found(case, manager):
    other = a_case(manager=manager)
    concern = a_concern(case)
    given = CheckGiven(outcome=ENQUIRY, on=TODAY, next_check_on=TODAY)
    with pytest.raises(NotFound):
        commands.check_concern(other, concern, given, actor=TEST)


def test_nobody_who_may_not_open_the_case_learns_of_its_concern(case):
    a_concern(case)
    stranger = an_actor(a_member_of_staff(team="South"))
    assert queries.on_top(reader(stranger), CaseFile.id == case.id) == []
    with pytest.raises(NotFound):
        commands.raise_concern(case, concern_given(), actor=stranger)


def test_an_adult_who_agrees_is_referred_and_one_who_does_not_is_only_notified(case):
    agreed = a_slavery_referral(case)
    refused = a_slavery_referral(case, agrees=False)
    assert (agreed.consent, agreed.route) == (SlaveryConsent.GIVEN, SlaveryRoute.NRM)
    assert refused.consent is SlaveryConsent.REFUSED
    assert refused.route is SlaveryRoute.DUTY_TO_NOTIFY


@pytest.mark.parametrize("known", [{"claimed_age": 17}, {"claimed_age": 19, "assessed_age": 17}])
def test_under_18_is_always_referred_and_never_asked(case, known):
    made = a_slavery_referral(case, agrees=None, **known)
    assert (made.under_18, made.consent) == (True, SlaveryConsent.UNDER_18)
    assert made.route is SlaveryRoute.NRM
    with pytest.raises(RuleBroken, match="is not asked") as refusal:
        a_slavery_referral(case, agrees=False, **known)
    assert refusal.value.field == "agrees"


def test_a_child_by_the_date_of_birth_is_a_child(manager):
    case = a_case(victim=a_victim(date_of_birth=date(2008, 11, 24)), manager=manager)
    assert a_slavery_referral(case, agrees=None).under_18 is True
    grown = a_case(victim=a_victim(date_of_birth=date(2008, 11, 23)), manager=manager)
    assert a_slavery_referral(grown).under_18 is False


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"agrees": None}, "agrees"),
        ({"indicators": ""}, "indicators"),
        ({"claimed_age": 121}, "claimed_age"),
        ({"assessed_age": -1}, "assessed_age"),
    ],
)
def test_facts_that_cannot_be_so_are_refused(case, known, field):
    with pytest.raises(RuleBroken) as refusal:
        a_slavery_referral(case, **known)
    assert refusal.value.field == field


def step(case: CaseFile, row: SlaveryReferral, stage: SlaveryStage, on: date, **known) -> None:
    given = SlaveryStepGiven(stage=stage, on=on, **known)
    commands.take_slavery_step(case, row, given, actor=TEST)


def test_the_dates_to_expect_follow_from_what_happened(case, manager):
    row = a_slavery_referral(case)
    step(case, row, SlaveryStage.SENT, date(2026, 11, 9), reference="NRM-1")
    line = queries.slavery_of(an_actor(manager), case)[0]
    assert line.expected.on == date(2026, 11, 16)
    positive = {"verdict": SlaveryVerdict.POSITIVE}
    step(case, row, SlaveryStage.REASONABLE, date(2026, 11, 13), **positive)
    db.session.rollback()
    line = queries.slavery_of(an_actor(manager), case)[0]
    assert line.expected is None
    assert line.recovery.on == date(2026, 12, 13)


@pytest.mark.parametrize(
    ("stage", "known", "field"),
    [
        (SlaveryStage.REASONABLE, {"verdict": SlaveryVerdict.POSITIVE}, "stage"),
        (SlaveryStage.CONCLUSIVE, {"verdict": SlaveryVerdict.POSITIVE}, "stage"),
        (SlaveryStage.REASONABLE, {}, "verdict"),
        (SlaveryStage.SENT, {"verdict": SlaveryVerdict.POSITIVE}, "verdict"),
        (SlaveryStage.SENT, {"on": TODAY + DAY}, "on"),
    ],
)
def test_a_step_out_of_its_order_is_refused(case, stage, known, field):
    with pytest.raises(RuleBroken) as refusal:
        step(case, a_slavery_referral(case), stage, **{"on": TODAY} | known)
    assert refusal.value.field == field


def test_for_a_child_the_local_authority_is_told_first(case):
    row = a_slavery_referral(case, agrees=None, claimed_age=15)
    with pytest.raises(RuleBroken, match="local authority told"):
        step(case, row, SlaveryStage.SENT, TODAY)
    step(case, row, SlaveryStage.AUTHORITY_TOLD, TODAY)
    with pytest.raises(RuleBroken, match="Check both dates"):
        step(case, row, SlaveryStage.SENT, TODAY - DAY)
    step(case, row, SlaveryStage.SENT, TODAY)
    assert set(row.taken) == {SlaveryStage.AUTHORITY_TOLD, SlaveryStage.SENT}


def test_what_is_only_notified_is_not_decided_about(case):
    row = a_slavery_referral(case, agrees=False)
    step(case, row, SlaveryStage.SENT, TODAY)
    with pytest.raises(RuleBroken, match="only notified"):
        step(case, row, SlaveryStage.REASONABLE, TODAY, verdict=SlaveryVerdict.POSITIVE)


def test_a_step_that_is_put_right_keeps_what_it_said_before(case):
    row = a_slavery_referral(case)
    step(case, row, SlaveryStage.SENT, TODAY - DAY)
    step(case, row, SlaveryStage.SENT, TODAY)
    db.session.rollback()
    rows = db.session.scalars(sa.select(SlaveryStep).order_by(SlaveryStep.id)).all()
    assert [(one.happened_on, one.replaced_at is None) for one in rows] == [
        (TODAY - DAY, False),
        (TODAY, True),
    ]
    assert db.session.get_one(SlaveryReferral, row.id).taken[SlaveryStage.SENT].happened_on == TODAY


def test_indicators_are_kept_sealed(case):
    a_slavery_referral(case)
    stored = db.session.scalar(sa.select(SlaveryReferral.indicators_sealed))
    assert b"passport" not in stored


def test_a_concern_that_goes_on_is_named_to_whoever_closes_the_case_and_does_not_hold_it(case):
    made = a_concern(case, **WITHOUT)
    (end,) = [one for one in ends.of(case) if one.endpoint == "risk.check_concern"]
    assert (end.args["concern_id"], end.waits) == (made.id, False)
    assert ConcernKind.CHILD_47.label in end.words
    with transaction():
        made.outcome = ENDED
    assert [one for one in ends.of(case) if one.endpoint == "risk.check_concern"] == []
