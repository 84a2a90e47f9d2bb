"""Which state of a referral to a partner may follow which, and who may bring it about."""

from __future__ import annotations

from beacon.partners.terms import ReferralState, Side

S = ReferralState
STEPS: dict[ReferralState, frozenset[ReferralState]] = {
    S.DRAFT: frozenset({S.SENT, S.REVOKED}),
    S.SENT: frozenset({S.ACCEPTED, S.DECLINED, S.NO_REPLY, S.REVOKED, S.EXPIRED}),
    S.NO_REPLY: frozenset({S.ACCEPTED, S.DECLINED, S.REVOKED, S.EXPIRED}),
    S.ACCEPTED: frozenset({S.IN_PROGRESS, S.FINISHED, S.REVOKED, S.EXPIRED}),
    S.IN_PROGRESS: frozenset({S.FINISHED, S.REVOKED, S.EXPIRED}),
    S.DECLINED: frozenset(),
    S.FINISHED: frozenset(),
    S.REVOKED: frozenset(),
    S.EXPIRED: frozenset(),
}
# What an agency answers we may write down for it: not every agency has somebody who signs in.
_ANSWERS = frozenset({S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.FINISHED})
MAY_TAKE: dict[Side, frozenset[ReferralState]] = {
    Side.OURS: _ANSWERS | {S.SENT, S.REVOKED},
    Side.THEIRS: _ANSWERS,
    Side.CLOCK: frozenset({S.NO_REPLY, S.EXPIRED, S.REVOKED}),
}


def may_step(now: ReferralState, new: ReferralState, side: Side) -> bool:
    """Whether this side may take a referral from the one state to the other."""
    return new in STEPS[now] and new in MAY_TAKE[side]


def steps_for(now: ReferralState, side: Side) -> list[ReferralState]:
    """What this side may make of it next, in the order of the list of states."""
    return [new for new in ReferralState if may_step(now, new, side)]
