"""Which state of a partner referral may follow which, all of them, and who may bring it about."""

from __future__ import annotations

import pytest

from beacon.partners.rules import STEPS, may_step, steps_for
from beacon.partners.terms import ReferralState, Side, StepKind

S = ReferralState
OURS = {
    S.DRAFT: {S.SENT, S.REVOKED},
    S.SENT: {S.ACCEPTED, S.DECLINED, S.REVOKED},
    S.NO_REPLY: {S.ACCEPTED, S.DECLINED, S.REVOKED},
    S.ACCEPTED: {S.IN_PROGRESS, S.FINISHED, S.REVOKED},
    S.IN_PROGRESS: {S.FINISHED, S.REVOKED},
}
THEIRS = {
    S.SENT: {S.ACCEPTED, S.DECLINED},
    S.NO_REPLY: {S.ACCEPTED, S.DECLINED},
    S.ACCEPTED: {S.IN_PROGRESS, S.FINISHED},
    S.IN_PROGRESS: {S.FINISHED},
}
CLOCK = {
    S.DRAFT: {S.REVOKED},
    S.SENT: {S.NO_REPLY, S.EXPIRED, S.REVOKED},
    S.NO_REPLY: {S.EXPIRED, S.REVOKED},
    S.ACCEPTED: {S.EXPIRED, S.REVOKED},
    S.IN_PROGRESS: {S.EXPIRED, S.REVOKED},
}


@pytest.mark.parametrize("now", ReferralState)
@pytest.mark.parametrize(
    ("side", "table"), [(Side.OURS, OURS), (Side.THEIRS, THEIRS), (Side.CLOCK, CLOCK)]
)
def test_each_side_takes_these_steps_from_each_state_and_no_other(now, side, table):
    allowed = {new for new in ReferralState if may_step(now, new, side)}
    assert allowed == table.get(now, set())
    assert steps_for(now, side) == [new for new in ReferralState if new in allowed]


def test_what_has_ended_stays_ended():
    ended = {state for state in ReferralState if not state.is_live and state is not S.DRAFT}
    assert ended == {S.DECLINED, S.FINISHED, S.REVOKED, S.EXPIRED}
    assert all(STEPS[state] == frozenset() for state in ended)


def test_every_state_is_in_the_table_and_has_its_line_of_history():
    assert set(STEPS) == set(ReferralState)
    reached = {new for steps in STEPS.values() for new in steps}
    assert reached == set(ReferralState) - {S.DRAFT}
    assert all(StepKind(state.value) for state in reached)
