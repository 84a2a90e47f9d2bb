"""The queue of triage, one referral, and what is known when one comes in."""

from beacon.referrals.queries.acknowledging import to_acknowledge
from beacon.referrals.queries.came_by import agency_of_case, feed_of_case, without_case
from beacon.referrals.queries.chains import Chain, Joint, Record, Sides, chain, get_link
from beacon.referrals.queries.comparing import Candidate, Near, candidates
from beacon.referrals.queries.deciding import (
    InHand,
    Tries,
    decisions,
    history,
    in_hand,
    promised_by,
    proposed_route,
    stage_of,
    tries,
    urgency_said,
)
from beacon.referrals.queries.knowing import (
    History,
    case_of_referral,
    crimes_held,
    crimes_in_a_year,
    history_of,
    is_victim_of,
    namesake_of,
)
from beacon.referrals.queries.queue import Queue, QueueRow, Standing, standing
from beacon.referrals.queries.searching import FOUND_AT_MOST, FoundReferral, search
from beacon.referrals.queries.showing import (
    TOLD_BY_THE_CARD,
    Asked,
    get_referral,
    told_through,
    triage_asked,
    waiting_for,
    what_the_feed_said,
)

__all__ = [
    "FOUND_AT_MOST",
    "TOLD_BY_THE_CARD",
    "Asked",
    "Candidate",
    "Chain",
    "History",
    "Joint",
    "FoundReferral",
    "InHand",
    "Near",
    "Queue",
    "QueueRow",
    "Record",
    "Sides",
    "Standing",
    "Tries",
    "candidates",
    "chain",
    "case_of_referral",
    "crimes_held",
    "crimes_in_a_year",
    "get_link",
    "get_referral",
    "history_of",
    "is_victim_of",
    "namesake_of",
    "search",
    "standing",
    "told_through",
    "decisions",
    "history",
    "in_hand",
    "promised_by",
    "proposed_route",
    "stage_of",
    "to_acknowledge",
    "triage_asked",
    "tries",
    "urgency_said",
    "waiting_for",
    "what_the_feed_said",
    "agency_of_case",
    "feed_of_case",
    "without_case",
]
