"""The rules of referrals: what is proposed, what presses, which way it goes, when to try again."""

from beacon.referrals.rules.grounds import (
    ADULT_AT,
    BY_AGE,
    BY_COUNT,
    BY_OFFENCE,
    CRIMES_IN_A_YEAR,
    FLAGS,
    NO_STRAND,
    OFFENCES,
    Proposal,
    is_under_18,
    proposed_grounds,
    still_standing,
    waits,
    with_count,
    without_count,
)
from beacon.referrals.rules.routing import (
    ROUTES,
    Routed,
    RouteFacts,
    routed,
)
from beacon.referrals.rules.trying import next_try, tries_left
from beacon.referrals.rules.urgency import UrgencyFacts, urgent_reasons

__all__ = [
    "ADULT_AT",
    "BY_AGE",
    "BY_COUNT",
    "BY_OFFENCE",
    "CRIMES_IN_A_YEAR",
    "FLAGS",
    "NO_STRAND",
    "OFFENCES",
    "ROUTES",
    "Proposal",
    "RouteFacts",
    "Routed",
    "UrgencyFacts",
    "is_under_18",
    "next_try",
    "proposed_grounds",
    "routed",
    "still_standing",
    "tries_left",
    "urgent_reasons",
    "waits",
    "with_count",
    "without_count",
]
