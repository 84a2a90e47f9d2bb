"""What speaks for looking at a referral before others: proposed by rules, decided by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beacon.cases.terms import SuspectStatus
from beacon.entitlements.terms import EnhancedGround
from beacon.referrals.terms import Urgent

G = EnhancedGround
# Crimes after which somebody may try again (domain.md 3.1).
AGAINST_LIFE = frozenset({G.ATTEMPTED_MURDER, G.KIDNAP, G.ARSON_ENDANGERING_LIFE})
HARM_TO_A_CHILD = frozenset({G.DOMESTIC_ABUSE, G.SEXUAL_OFFENCE, G.TRAFFICKING})
# Known, and as far as the feed says not in custody.
AT_LIBERTY = frozenset(
    {
        SuspectStatus.IDENTIFIED,
        SuspectStatus.INTERVIEWED,
        SuspectStatus.BAILED,
        SuspectStatus.RUI,
        SuspectStatus.NFA,
    }
)


@dataclass(frozen=True, kw_only=True)
class UrgencyFacts:
    """What a referral says that bears on how soon somebody must look at it."""

    grounds: frozenset[EnhancedGround]
    suspect: SuspectStatus | None = None
    still_paying: bool = False
    remote_access: bool = False


Applies = Callable[[UrgencyFacts], bool]
RULES: tuple[tuple[Urgent, Applies], ...] = (
    (Urgent.LIFE, lambda facts: not AGAINST_LIFE.isdisjoint(facts.grounds)),
    (
        Urgent.CHILD,
        lambda facts: G.UNDER_18 in facts.grounds and not HARM_TO_A_CHILD.isdisjoint(facts.grounds),
    ),
    (
        Urgent.SUSPECT_NEAR,
        lambda facts: G.DOMESTIC_ABUSE in facts.grounds and facts.suspect in AT_LIBERTY,
    ),
    (Urgent.EXPLOITED, lambda facts: G.TRAFFICKING in facts.grounds),
    (Urgent.MONEY_LEAVING, lambda facts: facts.still_paying or facts.remote_access),
)


def urgent_reasons(facts: UrgencyFacts) -> tuple[Urgent, ...]:
    """Every reason that the facts speak for (domain.md 3.1, 3.3, 3.6, 4.5)."""
    return tuple(reason for reason, applies in RULES if applies(facts))
