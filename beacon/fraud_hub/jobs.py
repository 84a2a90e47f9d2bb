"""When the fraud hub acts by itself: same-day calls, and last days of banks and the ombudsman."""

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


WARNER = machine("warn-of-claims")


@every(10, name="warn-of-claims", between=("07:00", "18:00"))
def warn_of_claims() -> int:
    """Warn 60, 30 and 7 days before a last day, and of late answers; take off what is settled."""
    return sum(
        commands.keep_warnings(case_id, actor=WARNER)
        for case_id in queries.cases_to_warn(clock.today())
    )
