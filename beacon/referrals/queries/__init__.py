"""The queue of triage, one referral, and what is known when one comes in."""

from beacon.referrals.queries.acknowledging import to_acknowledge
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
    case_of_referral,
    crimes_held,
    crimes_in_a_year,
    is_victim_of,
    namesake_of,
)
from beacon.referrals.queries.queue import Queue, QueueRow, Standing, standing
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
    "TOLD_BY_THE_CARD",
    "Asked",
    "Candidate",
    "InHand",
    "Near",
    "Queue",
    "QueueRow",
    "Standing",
    "Tries",
    "candidates",
    "case_of_referral",
    "crimes_held",
    "crimes_in_a_year",
    "decisions",
    "get_referral",
    "history",
    "in_hand",
    "is_victim_of",
    "namesake_of",
    "promised_by",
    "proposed_route",
    "stage_of",
    "standing",
    "to_acknowledge",
    "triage_asked",
    "tries",
    "urgency_said",
    "waiting_for",
    "what_the_feed_said",
]
