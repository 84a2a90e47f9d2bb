"""Declined, withdrawn, out of area, no consent, not reached: each with a reason and its letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases import commands as cases
from beacon.cases.terms import CaseStatus, Consent, ContactOutcome
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.core.roles import Role
from beacon.core.settings import Setting
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState, Milestone
from beacon.notices.models import VictimNotice
from beacon.notices.terms import NoticeKind, NoticeState
from beacon.people import commands as people
from beacon.people.commands import ConsentAnswer
from beacon.people.terms import Agreed, Purpose, SaidHow
from beacon.referrals import commands, jobs, queries
from beacon.referrals.commands import Ended, Tried
from beacon.referrals.terms import Ending, Place, ReferralState, TriageStage, Verdict
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.referrals.conftest import MONDAY

FORCE = "Essex Police"


@pytest.fixture
def officer(app):
    return an_actor(a_member_of_staff(Role.INTAKE_OFFICER))


@pytest.fixture
def last(referrals):
    return lambda: referrals()[-1]


def end(referral, officer, ending: Ending, **known) -> None:
    usual = {"ending": ending, "reason": "Talked it through."}
    commands.end(referral, Ended(**usual | known), version=referral.version, actor=officer)


def letter(kind: NoticeKind) -> VictimNotice:
    return db.session.scalars(sa.select(VictimNotice).where(VictimNotice.kind == kind)).one()


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (Ending.DECLINED, NoticeKind.DECLINED),
        (Ending.WITHDRAWN, NoticeKind.WITHDRAWN),
        (Ending.NO_CONSENT, NoticeKind.NO_CONSENT),
    ],
)
def test_each_ending_is_a_final_decision_with_its_reason_and_its_letter(
    take, last, officer, ending, kind
):
    take({"consent_to_referral": "no"})
    with pytest.raises(RuleBroken, match="Say why"):
        end(last(), officer, ending, reason=" ")
    end(last(), officer, ending)
    assert (last().state, last().ending, last().place) == (
        ReferralState.DECLINED,
        ending,
        Place.DONE,
    )
    made = queries.history(last())[-1]
    assert (made.stage, made.verdict, made.ending, made.by_name, made.reason) == (
        TriageStage.FINAL,
        Verdict.ENDED,
        ending,
        officer.name,
        "Talked it through.",
    )
    assert letter(kind).about_id == last().id
    entries = db.session.scalars(sa.select(AuditEntry)).all()
    assert not any("Talked" in entry.facts + entry.reason for entry in entries)


def test_the_new_case_ends_with_its_referral(take, last, officer):
    take({})
    end(last(), officer, Ending.WITHDRAWN)
    case = last().case
    assert (case.status, case.next_due_on, last().consent) == (
        CaseStatus.CLOSED,
        None,
        Consent.NO,
    )
    states = {duty.state for duty in db.session.scalars(sa.select(Duty))}
    assert states == {DutyState.NOT_APPLICABLE, DutyState.MET}


def test_a_case_that_owes_more_is_closed_by_its_manager(take, last, officer):
    take({})
    cases.record_milestone(last().crime, kind=Milestone.ARRESTED, at=MONDAY, actor=TEST)
    with pytest.raises(RuleBroken, match="case manager closes it"):
        end(last(), officer, Ending.DECLINED)
    assert last().place == Place.NEW_CASE
    assert last().case.is_open


def test_a_referral_that_is_decided_is_not_ended(take, last, officer):
    take({"consent_to_referral": "no"})
    end(last(), officer, Ending.DECLINED)
    with pytest.raises(RuleBroken, match="is decided"):
        end(last(), officer, Ending.WITHDRAWN)


def agree(referral, officer, answer: Agreed = Agreed.GIVEN, agency: str = FORCE, **known) -> None:
    said = ConsentAnswer(
        purpose=Purpose.REFER_ON,
        agency=agency,
        answer=answer,
        how=SaidHow.PHONE,
        said_at=clock.now(),
        **known,
    )
    people.record_consent(referral.victim, said, actor=officer)


def test_out_of_area_is_handed_to_the_right_force_once_they_agree(take, last, officer):
    take({})
    with pytest.raises(RuleBroken, match="Choose the force"):
        end(last(), officer, Ending.OUT_OF_AREA)
    with pytest.raises(RuleBroken, match="have not been asked whether they agree to Essex"):
        end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE)
    agree(last(), officer, agency="Kent Police")
    with pytest.raises(RuleBroken, match="not been asked"):
        end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE)
    agree(last(), officer)
    end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE)
    assert queries.history(last())[-1].handed_to == FORCE
    assert letter(NoticeKind.OUT_OF_AREA).passed_to == FORCE


@pytest.mark.parametrize("answer", [Agreed.REFUSED, Agreed.WITHDRAWN])
def test_who_said_no_is_not_handed_on(take, last, officer, answer):
    take({})
    agree(last(), officer)
    with clock.fixed(MONDAY + timedelta(minutes=1)):
        agree(last(), officer, answer)
        with pytest.raises(RuleBroken, match="did not agree"):
            end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE)


def test_a_consent_that_has_run_out_is_asked_for_again(take, last, officer):
    take({})
    agree(last(), officer, expires_on=MONDAY.date())
    with clock.fixed(MONDAY + timedelta(days=1)), pytest.raises(RuleBroken, match="run out"):
        end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE)


def test_to_keep_somebody_from_harm_it_is_handed_on_without_their_consent(take, last, officer):
    take({})
    end(last(), officer, Ending.OUT_OF_AREA, handed_to=FORCE, overriding=True, reason="A child.")
    assert last().ending is Ending.OUT_OF_AREA


def test_only_who_was_tried_as_often_as_we_try_was_not_reached(take, last, officer):
    take({})
    with pytest.raises(RuleBroken, match="tried 0 times of 3"):
        end(last(), officer, Ending.NO_REPLY)
    for day in range(3):
        with clock.fixed(MONDAY + timedelta(days=day)):
            tried = Tried(channel=Channel.PHONE, outcome=ContactOutcome.NO_ANSWER, at=clock.now())
            commands.record_try(last(), tried, version=last().version, actor=officer)
    with clock.fixed(MONDAY + timedelta(days=3)):
        end(last(), officer, Ending.NO_REPLY)
    assert letter(NoticeKind.TRIED_TO_REACH).state is NoticeState.NOT_NEEDED
    assert letter(NoticeKind.NO_REPLY).settled_at is None


def test_what_was_to_acknowledge_it_and_has_not_left_does_not_leave(take, last, officer):
    with transaction() as session:
        session.add(Setting(name="notices.by_text", text="yes"))
    take({})
    assert jobs.acknowledge_referrals() == 1
    assert letter(NoticeKind.ACKNOWLEDGED).state is NoticeState.PLANNED
    end(last(), officer, Ending.WITHDRAWN)
    assert letter(NoticeKind.ACKNOWLEDGED).state is NoticeState.NOT_NEEDED
