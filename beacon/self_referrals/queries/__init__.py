"""What somebody has not sent yet, what people told us, and whom the person on the line may be."""

from beacon.self_referrals.queries.knowing import Known, Looked, who_may_be
from beacon.self_referrals.queries.telling import promised_on, told_of
from beacon.self_referrals.queries.unsent import (
    Unsent,
    print_of,
    tried_lately,
    unsent_of,
)

__all__ = [
    "Known",
    "Looked",
    "Unsent",
    "print_of",
    "promised_on",
    "told_of",
    "tried_lately",
    "unsent_of",
    "who_may_be",
]
