"""What one's own tools can be asked."""

from beacon.mine.queries.calendar import Event, events_of, link_of, owner_of, token_index
from beacon.mine.queries.lists import (
    RecentRow,
    cells,
    choice_of,
    columns_of,
    filters_of,
    get_filter,
    own_cases,
    recently_opened,
)

__all__ = [
    "Event",
    "RecentRow",
    "cells",
    "choice_of",
    "columns_of",
    "events_of",
    "filters_of",
    "get_filter",
    "link_of",
    "own_cases",
    "owner_of",
    "recently_opened",
    "token_index",
]
