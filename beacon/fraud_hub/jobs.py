"""When the fraud hub acts by itself: urgent calls, last days of banks, checks, loans."""

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
