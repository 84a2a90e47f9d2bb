"""What a case manager has in hand, for those who must not let them leave with it."""

from __future__ import annotations

from beacon.accounts import leaving
from beacon.cases import commands, queries

leaving.in_hand("open case", count=queries.open_case_count, release=commands.release_cases)
