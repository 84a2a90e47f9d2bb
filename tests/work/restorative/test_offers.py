"""An offer step by step: who informs, what it meets, what is refused, what is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.models import TimelineEntry
from beacon.cases.terms import SuspectStatus, TimelineEvent
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.roles import Role
from beacon.entitlements import commands as entitlements
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from beacon.people.terms import Agreed
from beacon.restorative import commands, queries
from beacon.restorative.models import RestorativeOffer, RestorativeStep
from beacon.restorative.terms import (
    AgeGroup,
    InformedBy,
    OfferOutcome,
    Satisfaction,
    StepKind,
    VictimAnswer,
    Waiting,
    Whose,
)
from tests.factories import TEST, a_case, a_crime, a_member_of_staff, an_actor
from tests.work.partners.builders import agree
from tests.work.restorative.builders import an_order, explain, take

CENTRE = "Hertfordshire Centre for Restorative Justice"


def owed(case) -> Duty:
    return db.session.scalars(
        sa.select(Duty).where(Duty.case_id == case.id, Duty.rule == "R3_RJ")
    ).one()


def the_offer(case) -> RestorativeOffer:
    return db.session.scalars(sa.select(RestorativeOffer).filter_by(case_id=case.id)).one()


def waiting(actor, **known) -> list[str]:
    page = queries.WaitingList(viewer=actor, **known).page()
    return [row.reference for row in page]


@pytest.fixture
def reported(known):
    """The same, with the duty to tell the victim about it, as a take-on may bring it."""
    entitlements.open_duty(
        case_id=known.id,
        rule="R3_RJ",
        about="crime",
        event_at=clock.now(),
        clock_started_at=clock.now(),
        enhanced=False,
        actor=TEST,
    )
    return known


def test_information_by_the_police_meets_the_duty_of_the_code_once(reported):
    assert owed(reported).state is DutyState.OPEN
    take(reported, StepKind.INFORMED)
    duty = owed(reported)
    assert (duty.state, duty.channel) == (DutyState.MET, Channel.LETTER)
    offers = queries.offers_of(an_actor(reported.manager), reported)
    assert offers.parts[0].offer.informed_on == clock.today()


def test_a_duty_met_on_the_case_is_read_here_and_not_recorded_again(reported, actor):
    cases.tell_victim(reported, owed(reported), at=clock.now(), channel=Channel.PHONE, actor=actor)
    assert queries.offers_of(actor, reported).informed_on == clock.today()


@pytest.mark.parametrize(
    ("age", "by", "is_right"),
    [
        (AgeGroup.ADULT, InformedBy.POLICE, True),
        (AgeGroup.ADULT, InformedBy.YOUTH_TEAM, False),
        (AgeGroup.UNDER_18, InformedBy.YOUTH_TEAM, True),
        (AgeGroup.UNDER_18, InformedBy.POLICE, False),
    ],
)
def test_the_police_inform_of_an_adult_and_the_youth_team_of_a_child(known, age, by, is_right):
    if is_right:
        take(known, StepKind.INFORMED, age=age, informed_by=by)
        assert the_offer(known).age is age
        return
    with pytest.raises(RuleBroken, match="informs the victim"):
        take(known, StepKind.INFORMED, age=age, informed_by=by)


def test_nothing_is_offered_where_no_offender_is_known(case):
    with pytest.raises(RuleBroken, match="No offender is known"):
        explain(case)
    commands.add_offender(case, who="The driver", age=AgeGroup.ADULT, actor=TEST)
    explain(case)
    assert the_offer(case).who == "The driver"


def test_a_fraud_of_unknown_hands_is_not_applicable(manager, actor):
    case = a_case(manager=manager, crime=a_crime(suspect_status=SuspectStatus.NONE))
    assert waiting(actor) == []
    assert not queries.offers_of(actor, case).is_known


@pytest.mark.parametrize("status", [s for s in SuspectStatus if s.value not in {"none", "nfa"}])
def test_the_feed_names_somebody_and_the_case_waits(manager, actor, status):
    case = a_case(manager=manager, crime=a_crime(suspect_status=status))
    assert waiting(actor) == [case.reference]


def test_a_decision_to_charge_nobody_takes_the_case_off_the_list(known, actor):
    assert waiting(actor) == [known.reference]
    cases.record_milestone(known.crime, kind=Milestone.NOT_CHARGED, at=clock.now(), actor=TEST)
    assert waiting(actor) == []
    cases.record_milestone(known.crime, kind=Milestone.CHARGED, at=clock.now(), actor=TEST)
    assert waiting(actor) == [known.reference]


def test_the_list_is_worked_to_empty(manager, actor):
    many = [
        a_case(manager=manager, crime=a_crime(suspect_status=SuspectStatus.CHARGED))
        for _ in range(4)
    ]
    assert waiting(actor) == [case.reference for case in many]
    order = an_order(many[1])
    assert waiting(actor) == [case.reference for case in many]  # blocked ones stay, and are marked
    explain(many[0])
    take(many[2], StepKind.NOT_KNOWN)
    cases.end_order(many[1], order, on=clock.today(), reason="Lifted.", actor=TEST)
    explain(many[1])
    explain(many[3])
    assert waiting(actor) == []


def test_a_second_offender_puts_the_case_back(known, actor):
    explain(known)
    assert waiting(actor) == []
    second = commands.add_offender(known, who="The one who held the door", actor=TEST)
    assert waiting(actor) == [known.reference]
    explain(known, offer=second)
    assert waiting(actor) == []


def test_pages_follow_each_other_by_key(manager, actor):
    many = [
        a_case(manager=manager, crime=a_crime(suspect_status=SuspectStatus.ARRESTED)).reference
        for _ in range(5)
    ]
    asked = queries.WaitingList(viewer=actor)
    first = asked.page(size=2)
    second = asked.page(first.next, size=2)
    third = asked.page(second.next, size=2)
    seen = [row.reference for page in (first, second, third) for row in page]
    assert seen == many
    assert third.next is None


def test_whose_and_scope(known, actor):
    other = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    mate = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="North"))
    assert waiting(actor, whose=Whose.MINE) == [known.reference]
    assert waiting(mate, whose=Whose.MINE) == []
    assert waiting(mate, whose=Whose.TEAM) == [known.reference]
    assert waiting(other) == []


def test_who_wants_to_think_is_asked_again_on_the_day(known, actor):
    explain(known)
    day = clock.today() + timedelta(days=14)
    take(known, StepKind.ANSWERED, answer=VictimAnswer.THINKING, ask_on=day)
    assert waiting(actor, waiting=Waiting.ASK_AGAIN) == []
    with clock.fixed(clock.now() + timedelta(days=14)):
        assert waiting(actor, waiting=Waiting.ASK_AGAIN) == [known.reference]
        take(known, StepKind.ANSWERED, answer=VictimAnswer.YES)
        assert waiting(actor, waiting=Waiting.ASK_AGAIN) == []


def test_answers_need_an_explanation_and_a_day_only_where_it_is_open(known):
    with pytest.raises(RuleBroken, match="explained to them first"):
        take(known, StepKind.ANSWERED)
    explain(known)
    with pytest.raises(RuleBroken, match="no day to ask again"):
        take(known, StepKind.ANSWERED, answer=VictimAnswer.NO, ask_on=clock.today())
    with pytest.raises(RuleBroken, match="today or later"):
        take(
            known,
            StepKind.ANSWERED,
            answer=VictimAnswer.NOT_NOW,
            ask_on=clock.today() - timedelta(days=1),
        )


def test_a_referral_needs_the_consent_to_that_agency(known):
    with pytest.raises(RuleBroken, match="have not been asked"):
        take(known, StepKind.REFERRED)
    agree(known, CENTRE, answer=Agreed.REFUSED)
    with pytest.raises(RuleBroken, match="did not agree"):
        take(known, StepKind.REFERRED)
    agree(known, CENTRE)
    take(known, StepKind.REFERRED)
    assert the_offer(known).referred_on == clock.today()


def test_to_the_end_and_what_they_thought_of_it(known):
    explain(known)
    with pytest.raises(RuleBroken, match="outcome first"):
        take(known, StepKind.SATISFACTION)
    take(known, StepKind.OUTCOME, outcome=OfferOutcome.SHUTTLE)
    take(known, StepKind.SATISFACTION, satisfaction=Satisfaction.VERY_SATISFIED)
    offer = the_offer(known)
    assert offer.outcome is OfferOutcome.SHUTTLE
    assert offer.satisfaction is Satisfaction.VERY_SATISFIED


def test_the_same_form_twice_is_one_step_and_the_history_says_it_once(known):
    first = explain(known)
    assert explain(known).id == first.id
    lines = db.session.scalars(
        sa.select(TimelineEntry).where(TimelineEntry.event == TimelineEvent.RESTORATIVE)
    ).all()
    assert [line.words for line in lines] == ["explained, Priya Shah"]
    entries = sa.select(AuditEntry).where(AuditEntry.action == "restorative.explained")
    assert len(db.session.scalars(entries).all()) == 1


def test_a_step_taken_back_counts_no_more_and_stays(known, actor):
    step = explain(known)
    with pytest.raises(RuleBroken, match="Enter why"):
        commands.take_step_back(known, step, reason=" ", actor=TEST)
    commands.take_step_back(known, step, reason="It was the other victim.", actor=TEST)
    assert the_offer(known).explained_on is None
    assert waiting(actor) == [known.reference]
    with pytest.raises(RuleBroken, match="already"):
        commands.take_step_back(known, step, reason="Again.", actor=TEST)
    kinds = [row.kind for row in queries.steps_held(the_offer(known).id)]
    assert kinds == [StepKind.EXPLAINED, StepKind.TAKEN_BACK]


def test_steps_only_grow(known):
    explain(known)
    for order in (
        sa.update(RestorativeStep).values(by_name="Somebody else"),
        sa.delete(RestorativeStep),
    ):
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(order)
        db.session.rollback()


def test_a_day_to_come_and_a_closed_case_are_refused(known):
    with pytest.raises(RuleBroken, match="not happened yet"):
        explain(known, on=clock.today() + timedelta(days=1))


def test_somebody_elses_case_and_offer_are_not_there(known):
    other = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    with pytest.raises(NotFound):
        explain(known, actor=other)
    elsewhere = a_case(crime=a_crime(suspect_status=SuspectStatus.CHARGED))
    offer = commands.add_offender(elsewhere, who="Another", actor=TEST)
    with pytest.raises(NotFound):
        explain(known, offer=offer)
