"""The queue of triage, one referral, and what is known when one comes in."""

from beacon.referrals.queries.knowing import (
    case_of_referral,
    crimes_held,
    crimes_in_a_year,
    is_victim_of,
    namesake_of,
)
from beacon.referrals.queries.queue import Queue, QueueRow, Standing, standing
from beacon.referrals.queries.searching import FOUND_AT_MOST, FoundReferral, search
from beacon.referrals.queries.showing import (
    TOLD_BY_THE_CARD,
    Asked,
    Candidate,
    Near,
    candidates,
    get_referral,
    triage_asked,
    waiting_for,
    what_the_feed_said,
)

__all__ = [
    "FOUND_AT_MOST",
    "TOLD_BY_THE_CARD",
    "Asked",
    "Candidate",
    "FoundReferral",
    "Near",
    "Queue",
    "QueueRow",
    "Standing",
    "candidates",
    "case_of_referral",
    "crimes_held",
    "crimes_in_a_year",
    "get_referral",
    "is_victim_of",
    "namesake_of",
    "search",
    "standing",
    "triage_asked",
    "waiting_for",
    "what_the_feed_said",
]
