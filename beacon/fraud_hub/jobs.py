"""When the fraud hub acts by itself: it warns before the last days of banks and the ombudsman."""

from __future__ import annotations

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.fraud_hub import commands, queries

WARNER = machine("warn-of-claims")


@every(10, name="warn-of-claims", between=("07:00", "18:00"))
def warn_of_claims() -> int:
    """Warn 60, 30 and 7 days before a last day, and of late answers; take off what is settled."""
    return sum(
        commands.keep_warnings(case_id, actor=WARNER)
        for case_id in queries.cases_to_warn(clock.today())
    )
