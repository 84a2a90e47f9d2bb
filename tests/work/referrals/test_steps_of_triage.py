"""The three decisions, how urgent it is, which way it goes, and how often somebody is tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import CaseTask, ContactLog
from beacon.cases.terms import Consent, ContactOutcome
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements.terms import Channel, EnhancedGround, VictimCategory
from beacon.notices.models import VictimNotice
from beacon.notices.terms import HeldBecause, NoticeKind
from beacon.referrals import commands, queries
from beacon.referrals.commands import Triage, Tried
from beacon.referrals.models import ContactTry, UrgentMark
from beacon.referrals.terms import Place, Route, TriageStage, Urgent, Verdict
from tests.factories import a_member_of_staff, an_actor
from tests.work.referrals.conftest import MONDAY

STANDARD, ENHANCED = VictimCategory.STANDARD, VictimCategory.ENHANCED
INITIAL, SCREENING, FINAL = TriageStage


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def last(referrals):
    return lambda: referrals()[-1]


def confirm(referral, officer, *grounds, **known):
    usual = {
        "category": ENHANCED if grounds else STANDARD,
        "grounds": dict.fromkeys(grounds, True),
        "consent": Consent.YES,
    }
    return commands.confirm(
        referral, Triage(**usual | known), version=referral.version, actor=officer
    )


def go_on(referral, stage, officer):
    return commands.go_on(referral, stage, version=referral.version, actor=officer)


def test_each_decision_has_its_day_and_its_person(take, last, officer):
    take({})
    other = an_actor(a_member_of_staff(Role.TEAM_LEADER))
    go_on(last(), INITIAL, officer)
    with clock.fixed(MONDAY + timedelta(hours=1)):
        go_on(last(), SCREENING, other)
    with clock.fixed(MONDAY + timedelta(hours=2)):
        confirm(last(), officer)
    made = [
        (one.stage, one.verdict, one.decided_at, one.by_name) for one in queries.history(last())
    ]
    assert made == [
        (INITIAL, Verdict.GO_ON, MONDAY, officer.name),
        (SCREENING, Verdict.GO_ON, MONDAY + timedelta(hours=1), other.name),
        (FINAL, Verdict.TAKEN, MONDAY + timedelta(hours=2), officer.name),
    ]


def test_whoever_takes_the_final_decision_alone_has_taken_the_others_too(take, last, officer):
    take({})
    confirm(last(), officer)
    assert [one.stage for one in queries.history(last())] == [INITIAL, SCREENING, FINAL]
    assert {one.by_name for one in queries.history(last())} == {officer.name}


def test_a_stage_is_decided_once_and_in_its_turn(take, last, officer):
    take({})
    with pytest.raises(RuleBroken, match="decided already"):
        go_on(last(), SCREENING, officer)
    go_on(last(), INITIAL, officer)
    with pytest.raises(RuleBroken, match="decided already"):
        go_on(last(), INITIAL, officer)
    go_on(last(), SCREENING, officer)
    with pytest.raises(RuleBroken, match="decided already"):
        go_on(last(), FINAL, officer)


def test_what_the_feed_brings_back_is_decided_anew_and_the_history_stays(take, last, officer):
    take({})
    confirm(last(), officer)
    take({"vulnerable": "yes"})
    assert last().place == Place.WAITING
    assert queries.decisions(last()) == []
    assert queries.stage_of(last()) is INITIAL
    assert len(queries.history(last())) == 3


def test_what_the_feed_says_proposes_urgency_and_it_comes_first(take, last, officer, referrals):
    take({"crime_reference": "41/1/26", "vulnerable": "yes"})
    take(
        {
            "crime_reference": "41/2/26",
            "last_name": "Bell",
            "mobile": "07700 900124",
            "email": "",
            "domestic_abuse": "yes",
            "suspect_status": "bailed",
        }
    )
    assert (last().is_urgent, last().urgent_reasons) == (True, (Urgent.SUSPECT_NEAR,))
    assert last().urgency_decided_at is None
    rows = list(queries.Queue(viewer=officer).page())
    assert [row.urgent for row in rows] == [True, False]
    only = queries.Queue(viewer=officer, urgent=True).page()
    assert [row.id for row in only] == [last().id]


def test_a_person_says_how_urgent_it_is_and_the_feed_takes_nothing_back(take, last, officer):
    row = {"domestic_abuse": "yes", "suspect_status": "bailed"}
    take(row)
    mark(last(), officer, reason="In custody for another matter.")
    assert not last().is_urgent
    take(row | {"district": "Dacorum"})
    assert not last().is_urgent
    take(row | {"offence": "Attempted murder"})  # something new speaks for it
    assert last().is_urgent
    assert Urgent.LIFE in last().urgent_reasons
    assert [one.is_urgent for one in db.session.scalars(sa.select(UrgentMark))] == [False]


def mark(referral, officer, *because: Urgent, reason: str = ""):
    return commands.mark_urgent(
        referral, because, reason=reason, version=referral.version, actor=officer
    )


def test_marking_as_urgent_keeps_who_and_why(take, last, officer):
    take({})
    with pytest.raises(RuleBroken, match="other reason"):
        mark(last(), officer, Urgent.OTHER)
    mark(last(), officer, Urgent.SELF_HARM, Urgent.OTHER, reason="Said so on the telephone.")
    said = queries.urgency_said(last())
    assert (last().urgency, said.by_name, said.reason) == (
        0,
        officer.name,
        "Said so on the telephone.",
    )
    with pytest.raises(RuleBroken, match="why it is not urgent"):
        mark(last(), officer)
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "referral.urgency_decided")
    ).one()
    assert "telephone" not in entry.facts + entry.reason


def test_it_goes_the_proposed_way_and_another_one_needs_a_reason(take, last, officer):
    take({})
    assert queries.proposed_route(last()).route is Route.NEEDS_ASSESSMENT
    with pytest.raises(RuleBroken, match="proposed way"):
        confirm(last(), officer, route=Route.CASE_MANAGER)
    confirm(last(), officer, route=Route.CASE_MANAGER, reason="Asked for by the officer.")
    made = queries.history(last())[-1]
    assert (made.route, made.proposed_route, last().route) == (
        Route.CASE_MANAGER,
        Route.NEEDS_ASSESSMENT,
        Route.CASE_MANAGER,
    )


def test_a_fraud_with_a_loss_goes_to_the_hub(take, last):
    take({}, feed="fraud")
    assert queries.proposed_route(last()).route is Route.FRAUD_HUB


def test_safeguarding_is_a_task_of_today(take, last, officer):
    take({"offence": "Modern slavery"})
    confirm(last(), officer, EnhancedGround.TRAFFICKING)
    assert last().route is Route.SAFEGUARDING
    task = db.session.scalars(sa.select(CaseTask)).one()
    assert (task.due_on, "Safeguarding" in task.words) == (clock.today(), True)


def attempt(referral, officer, outcome=ContactOutcome.NO_ANSWER, **known):
    usual = {"channel": Channel.PHONE, "outcome": outcome, "at": clock.now()}
    return commands.record_try(
        referral, Tried(**usual | known), version=referral.version, actor=officer
    )


def test_who_does_not_answer_is_tried_on_the_next_working_day_at_another_time(take, last, officer):
    take({})
    made = attempt(last(), officer, notes="Rang six times.")
    assert made.next_try_at == last().next_try_at == MONDAY + timedelta(days=1, hours=6)
    logged = db.session.scalars(sa.select(ContactLog)).one()
    assert (logged.outcome, logged.notes) == (ContactOutcome.NO_ANSWER, "Rang six times.")


def test_whoever_tried_may_say_when_it_is_tried_again(take, last, officer):
    take({"consent_to_referral": "no"})
    with pytest.raises(RuleBroken, match="still to come"):
        attempt(last(), officer, next_try_at=MONDAY - timedelta(hours=1))
    again = MONDAY + timedelta(hours=4)
    attempt(last(), officer, next_try_at=again)
    assert last().next_try_at == again
    assert db.session.scalars(sa.select(ContactLog)).all() == []  # there is no case yet


def test_a_form_that_was_sent_twice_makes_one_try(take, last, officer):
    take({})
    version = last().version
    tried = Tried(channel=Channel.PHONE, outcome=ContactOutcome.NO_ANSWER, at=MONDAY)
    for _ in range(2):
        commands.record_try(last(), tried, version=version, actor=officer)
    assert db.session.scalar(sa.select(sa.func.count(ContactTry.id))) == 1


def test_as_many_tries_as_the_setting_says_then_a_letter_or_why_none(take, last, officer):
    take({})
    for day in range(3):
        with clock.fixed(MONDAY + timedelta(days=day)):
            attempt(last(), officer)
    found = queries.tries(last())
    assert (found.unanswered, found.are_over, last().next_try_at) == (3, True, None)
    written = db.session.scalars(
        sa.select(VictimNotice).where(VictimNotice.kind == NoticeKind.TRIED_TO_REACH)
    ).one()
    assert written.held_because is HeldBecause.NO_SAFE_WAY


def test_the_setting_says_how_many_tries(take, last, officer):
    with transaction() as session:
        session.add(Setting(name="triage.tries_at_most", text="1"))
    take({})
    attempt(last(), officer)
    assert queries.tries(last()).are_over


def test_a_contact_that_reached_them_begins_the_count_anew(take, last, officer):
    take({})
    for hours, outcome in enumerate(
        [ContactOutcome.NO_ANSWER, ContactOutcome.SPOKE, ContactOutcome.NO_ANSWER]
    ):
        with clock.fixed(MONDAY + timedelta(hours=hours)):
            attempt(last(), officer, outcome)
    assert queries.tries(last()).unanswered == 1
    assert last().case.first_contact_at == MONDAY + timedelta(hours=1)


def test_a_try_in_the_future_leaves_everything_as_it_was(take, last, officer):
    take({})
    with pytest.raises(RuleBroken, match="has not happened"):
        attempt(last(), officer, at=MONDAY + timedelta(days=1))
    assert queries.tries(last()).made == ()
