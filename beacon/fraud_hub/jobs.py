"""When fraud victims are asked again, and what was lent is asked for."""

from __future__ import annotations

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.timetable import every
from beacon.fraud_hub import commands, queries

ASKER = machine("follow-up-fraud")


@every(60, name="follow-up-fraud", between=("06:00", "18:00"))
def follow_up_fraud() -> int:
    """Open the checks that are due, and ask for loans that are overdue. Twice does nothing."""
    today = clock.today()
    opened = sum(
        commands.open_check(one.case_id, one.months, one.due_on, actor=ASKER)
        for one in queries.checks_to_open(today)
    )
    return opened + sum(
        commands.chase_loan(item_id, actor=ASKER) for item_id in queries.loans_overdue(today)
    )
