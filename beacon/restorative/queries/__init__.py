"""What was offered, what blocks it, whose view is awaited, and figures of a period."""

from beacon.restorative.queries.blocks import Block, block_of, blocks, only
from beacon.restorative.queries.disposals import (
    DisposalPart,
    ViewList,
    ViewRow,
    disposal_steps_held,
    disposals_held,
    disposals_of,
    milestone_to_take_up,
    view_owed,
)
from beacon.restorative.queries.measuring import Offered, Views, offered, views
from beacon.restorative.queries.offering import (
    CaseOffers,
    OfferPart,
    WaitingList,
    WaitingRow,
    has_known_offender,
    information_owed,
    offers_held,
    offers_of,
    steps_held,
)

__all__ = [
    "Block",
    "CaseOffers",
    "DisposalPart",
    "OfferPart",
    "Offered",
    "ViewList",
    "ViewRow",
    "Views",
    "WaitingList",
    "WaitingRow",
    "block_of",
    "blocks",
    "disposal_steps_held",
    "disposals_held",
    "disposals_of",
    "has_known_offender",
    "information_owed",
    "milestone_to_take_up",
    "offered",
    "offers_held",
    "offers_of",
    "only",
    "steps_held",
    "view_owed",
    "views",
]
