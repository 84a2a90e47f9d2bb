"""Who looks at it when somebody takes back whom they declared: those who look at accesses."""

from __future__ import annotations

from beacon.accounts import withdrawing
from beacon.cases import commands, queries

withdrawing.judged_by(ask=commands.ask_to_withdraw, waiting=queries.withdrawals_waiting)
