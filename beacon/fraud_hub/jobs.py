"""When the fraud hub acts by itself."""

from __future__ import annotations

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.fraud_hub import commands, queries

ALARM = machine("raise-fraud-alarms")


@every(1, name="raise-fraud-alarms")
def raise_fraud_alarms() -> int:
    """Put same-day calls and alarms of recovery fraud on the desks (domain.md RULES 4.2, 4.3)."""
    found = queries.to_raise(ALARM, clock.today())
    return sum(commands.raise_urgent(one, actor=ALARM) for one in found)
