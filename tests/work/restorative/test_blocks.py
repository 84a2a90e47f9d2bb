"""An offer is blocked by an order and by a live risk, until a leader decides; then once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.commands import OrderFacts
from beacon.cases.terms import OrderKind
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.errors import BeaconError, NotFound, RuleBroken, Stale
from beacon.core.roles import Role
from beacon.partners.terms import ServiceKind
from beacon.restorative import queries
from beacon.restorative.models import RestorativeOffer, RestorativeRuling, RestorativeStep
from beacon.restorative.rules import Standing
from beacon.restorative.terms import Ruling, StepKind, VictimAnswer
from beacon.risk import commands as risk
from beacon.risk.commands import CheckGiven
from beacon.risk.terms import ConcernOutcome, MaracOutcome, RiskLevel
from tests.factories import TEST, a_member_of_staff, an_actor
from tests.work.partners.builders import a_draft, a_sent_one, a_service, agree, send
from tests.work.restorative.builders import a_ruling, an_order, explain, take
from tests.work.risk.builders import a_concern, a_marac

CENTRE = "Hertfordshire Centre for Restorative Justice"


def steps(kind: StepKind | None = None) -> int:
    query = sa.select(sa.func.count()).select_from(RestorativeStep)
    return db.session.scalar(query.where(RestorativeStep.kind == kind) if kind else query)


@pytest.mark.parametrize("kind", list(OrderKind))
def test_each_kind_of_order_blocks_explaining_and_says_what_to_do(known, kind):
    an_order(known, kind)
    with pytest.raises(RuleBroken, match="team leader decides") as refusal:
        explain(known)
    assert kind.label in refusal.value.message
    assert steps() == 0
    assert db.session.scalars(sa.select(RestorativeOffer)).all() == []


def test_an_order_that_has_not_begun_has_ended_or_was_lifted_blocks_nothing(known):
    today = clock.today()
    an_order(known, starts_on=today + timedelta(days=1))
    an_order(known, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    lifted = an_order(known, OrderKind.POLICE_BAIL)
    cases.end_order(known, lifted, on=today, reason="Bail ended.", actor=TEST)
    assert queries.block_of(known.id).standing is Standing.FREE
    explain(known)


def test_an_order_blocks_through_its_last_day(known):
    an_order(known, ends_on=clock.today())
    assert queries.block_of(known.id).is_blocked
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert not queries.block_of(known.id).is_blocked


def test_a_high_risk_blocks_a_medium_one_does_not(known):
    risk.set_level(known, RiskLevel.MEDIUM, reason="Told of nothing new.", actor=TEST)
    assert not queries.block_of(known.id).is_blocked
    risk.set_level(known, RiskLevel.HIGH, reason="He waits by the school.", actor=TEST)
    with pytest.raises(RuleBroken, match="High risk"):
        explain(known)


def test_a_safeguarding_concern_blocks_while_it_goes_on(known):
    concern = a_concern(known, made_at=clock.now())
    with pytest.raises(RuleBroken, match="Safeguarding"):
        explain(known)
    over = CheckGiven(outcome=ConcernOutcome.ENDED, on=clock.today(), words="All is well.")
    risk.check_concern(known, concern, over, actor=TEST)
    explain(known)


def test_marac_blocks_for_a_year_and_not_where_it_was_withdrawn(known):
    row = a_marac(known)
    assert "Referred to MARAC" in queries.block_of(known.id).why
    with clock.fixed(clock.now() + timedelta(days=367)):
        assert not queries.block_of(known.id).is_blocked
    with transaction():
        row.outcome = MaracOutcome.WITHDRAWN
    assert not queries.block_of(known.id).is_blocked


def test_what_the_victim_says_and_asks_is_recorded_although_it_is_blocked(known):
    explain(known)
    an_order(known)
    take(known, StepKind.ANSWERED, answer=VictimAnswer.NO)
    take(known, StepKind.REQUESTED)
    take(known, StepKind.INFORMED)
    assert steps() == 4


def test_a_leader_allows_one_step_and_the_next_is_blocked_again(known, leading):
    an_order(known)
    ruling = a_ruling(known, actor=leading)
    assert queries.block_of(known.id).standing is Standing.ALLOWED
    step = explain(known)
    assert step.ruling_id == ruling.id
    assert ruling.used_at is not None
    agree(known, CENTRE)
    with pytest.raises(RuleBroken, match="Restraining order"):
        take(known, StepKind.REFERRED)
    a_ruling(known, actor=leading, reason="The centre has a plan for a meeting apart.")
    take(known, StepKind.REFERRED)


def test_a_second_order_closes_what_the_decision_had_opened(known, leading):
    an_order(known)
    a_ruling(known, actor=leading)
    an_order(known, OrderKind.NON_MOLESTATION)
    with pytest.raises(RuleBroken, match="Non-molestation order"):
        explain(known)


def test_a_varied_order_and_a_risk_raised_again_close_it_as_well(known, leading):
    order = an_order(known)
    a_ruling(known, actor=leading)
    facts = OrderFacts(
        kind=order.kind, starts_on=order.starts_on, conditions="Nor through anybody else."
    )
    cases.vary_order(known, order, facts, actor=TEST)
    assert queries.block_of(known.id).is_blocked
    a_ruling(known, actor=leading, reason="The change does not touch the centre's work.")
    risk.set_level(known, RiskLevel.HIGH, reason="He came to the house.", actor=TEST)
    assert queries.block_of(known.id).is_blocked


def test_a_block_is_kept_until_its_last_day_although_the_order_ends(known, leading):
    order = an_order(known)
    last = clock.today() + timedelta(days=10)
    a_ruling(known, Ruling.KEEP, until=last, actor=leading)
    cases.end_order(known, order, on=clock.today(), reason="Lifted.", actor=TEST)
    with pytest.raises(RuleBroken, match="kept blocked until 3 December 2026"):
        explain(known)
    with clock.fixed(clock.now() + timedelta(days=11)):
        explain(known)


def test_after_a_kept_block_the_order_still_blocks(known, leading):
    an_order(known)
    a_ruling(known, Ruling.KEEP, until=clock.today(), actor=leading)
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert queries.block_of(known.id).standing is Standing.BLOCKED


def test_only_a_leader_decides_and_only_with_reasons_about_what_was_looked_at(
    known, actor, leading
):
    with pytest.raises(RuleBroken, match="nothing to decide"):
        a_ruling(known, actor=leading)
    an_order(known)
    with pytest.raises(BeaconError):
        a_ruling(known, actor=actor)
    for thin in ("", "  ok  "):
        with pytest.raises(RuleBroken, match="reasons"):
            a_ruling(known, actor=leading, reason=thin)
    with pytest.raises(RuleBroken, match="until which day"):
        a_ruling(known, Ruling.KEEP, actor=leading)
    with pytest.raises(Stale):
        a_ruling(known, actor=leading, seen=frozenset({"order:0"}))
    assert db.session.scalars(sa.select(RestorativeRuling)).all() == []


def test_a_decision_sent_twice_is_one(known, leading):
    an_order(known)
    first = a_ruling(known, actor=leading)
    assert a_ruling(known, actor=leading).id == first.id


def test_a_partner_referral_to_the_centre_is_refused_alike_and_recorded_once(known, leading, actor):
    service = a_service(CENTRE, kind=ServiceKind.RESTORATIVE)
    agree(known, CENTRE)
    order = an_order(known)
    draft = a_draft(known, service, actor=actor)
    with pytest.raises(RuleBroken, match="Restraining order"):
        send(known, draft, actor=actor)
    assert steps() == 0
    cases.end_order(known, order, on=clock.today(), reason="Lifted.", actor=TEST)
    send(known, draft, actor=actor)
    step = db.session.scalars(sa.select(RestorativeStep)).one()
    assert (step.kind, step.who) == (StepKind.REFERRED, CENTRE)


def test_a_partner_referral_of_another_kind_is_not_asked(known):
    an_order(known)
    a_sent_one(known)
    assert steps() == 0


def test_a_case_of_somebody_else_is_not_there(known, leading):
    an_order(known)
    other = an_actor(a_member_of_staff(Role.TEAM_LEADER, team="South"))
    with pytest.raises(NotFound):
        a_ruling(known, actor=other)
