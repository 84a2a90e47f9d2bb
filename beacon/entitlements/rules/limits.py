"""Which promise applies on a day, and by when it must be kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from beacon.core import clock
from beacon.core.bank_holidays import CalendarEnds, Overrides
from beacon.core.errors import RuleBroken
from beacon.core.working_days import (
    WorkingDayDeadline,
    is_working_day,
    next_working_day,
    working_day_before,
)
from beacon.entitlements.codes import (
    CODES,
    FIRST_CODE_ON,
    LOCAL_STANDARDS,
    OTHER_CLOCKS,
    REVIEWS,
    STANDARD,
    Code,
    Rule,
)
from beacon.entitlements.terms import DutyState, Milestone, Unit


@dataclass(frozen=True, kw_only=True)
class Due:
    """By when one promise must be kept, and how that was reckoned."""

    rule: Rule
    code: str
    event_local: datetime | date
    amount: int | None
    unit: Unit
    due_on: date | None


@dataclass(frozen=True)
class TwoStages:
    """A promise passed on: the court tells Witness Care, then Witness Care tells the victim."""

    first: Due
    second: Due


def code_on(day: date) -> Code:
    """The Code in force on the day something happened (domain.md rule 1.1)."""
    in_force = max((start for start in CODES if start <= day), default=None)
    if in_force is None:
        first = FIRST_CODE_ON
        raise RuleBroken(
            f"No Code is held from before {first.day} {first:%B %Y}: give a day from then on."
        )
    return CODES[in_force]


def rules_for(milestone: Milestone, day: date) -> list[Rule]:
    """All that the Code of that day promises when this happens, with or without a limit."""
    return [rule for rule in code_on(day).rules.values() if rule.trigger is milestone]


def duties_for(milestone: Milestone, day: date) -> list[Rule]:
    """Those promises that become duties with a date by the milestone alone.

    The clocks of a review that was asked for stand beside the Code (domain.md 1.3); those of banks
    and of special measures begin with more than the milestone says.
    """
    beside = [
        rule
        for scheme in REVIEWS
        if day >= scheme.in_force_on
        for rule in scheme.rules.values()
        if rule.trigger is milestone
    ]
    return [rule for rule in (*rules_for(milestone, day), *beside) if rule.opens_by_itself]


def due(
    rule_key: str,
    event: datetime | date,
    *,
    enhanced: bool,
    happened: datetime | date | None = None,
    overrides: Overrides | None = None,
    after_hours_from: time | None = None,
) -> Due:
    """By when this must be done: the event's day in London is day 0 (domain.md rules 1.6 to 1.8).

    The event is what starts the clock: for a rule that waits for receipt, the receipt; then
    happened says when the thing itself was, since its day settles the Code (rule 1.1). With
    after_hours_from, an event at or after that time on a working day counts from the next.
    """
    promised = _promised(rule_key, event, happened=happened, enhanced=enhanced)
    local = promised.event_local
    began = _day_of(local)
    if after_hours_from and isinstance(local, datetime) and local.time() >= after_hours_from:
        began = next_working_day(began, overrides) if is_working_day(began, overrides) else began
    return _dated(promised, began, overrides)


def due_if_known(
    rule_key: str, event: datetime | date, *, enhanced: bool, happened: datetime | date
) -> Due:
    """The same, with no day where it lies beyond the calendar: a day is never guessed at."""
    try:
        return due(rule_key, event, enhanced=enhanced, happened=happened)
    except CalendarEnds:
        return _promised(rule_key, event, happened=happened, enhanced=enhanced)


def two_stage_expected(
    rule_key: str, event: datetime | date, *, enhanced: bool, overrides: Overrides | None = None
) -> TwoStages | None:
    """The latest lawful days while receipt is unknown (domain.md rule 1.12); None: one stage."""
    second = due(rule_key, event, enhanced=enhanced, overrides=overrides)
    if second.rule.fed_by is None:
        return None
    first = due(second.rule.fed_by, event, enhanced=enhanced, overrides=overrides)
    handed_on = first.due_on or _day_of(first.event_local)
    passed_on = replace(second, event_local=handed_on)
    return TwoStages(first, _dated(passed_on, handed_on, overrides))


def first_contact_due(
    received: datetime | date, *, working_days: int, overrides: Overrides | None = None
) -> Due:
    """By when the service has promised itself to reach the victim (domain.md rule 1.10).

    No day where it lies beyond the calendar: nobody is turned away because a year is not loaded.
    """
    local = _in_london(received)
    rule = LOCAL_STANDARDS["FIRST_CONTACT"]
    promised = Due(
        rule=rule,
        code=STANDARD,
        event_local=local,
        amount=working_days,
        unit=rule.unit,
        due_on=None,
    )
    try:
        return _dated(promised, _day_of(local), overrides)
    except CalendarEnds:
        return promised


def telling_state(due_on: date | None, told: datetime | date) -> DutyState:
    """Whether telling the victim then, by London's date, keeps the promise or comes late."""
    told_on = clock.london_day(told) if isinstance(told, datetime) else told
    return DutyState.MET if due_on is None or told_on <= due_on else DutyState.MET_LATE


def reminder_days(due_on: date, overrides: Overrides | None = None) -> tuple[date, date]:
    """The days on which the case manager is reminded: the working day before, and the day."""
    return working_day_before(due_on, overrides), due_on


def _rule_on(key: str, day: date) -> tuple[Code, Rule]:
    for clock_beside in OTHER_CLOCKS:
        if key in clock_beside.rules:
            return _in_force(clock_beside, day), clock_beside.rules[key]
    code = code_on(day)
    if key not in code.rules:
        raise RuleBroken(f"The {code.name} Code has no rule {key}: see the table for its rules.")
    return code, code.rules[key]


def _in_force(scheme: Code, day: date) -> Code:
    start = scheme.in_force_on
    if day < start:
        raise RuleBroken(
            f"{scheme.title}: give a day from {start.day} {start:%B %Y} on, when it began to count."
        )
    return scheme


def _in_london(event: datetime | date) -> datetime | date:
    return clock.london(event) if isinstance(event, datetime) else event


def _day_of(local: datetime | date) -> date:
    return local.date() if isinstance(local, datetime) else local


def _promised(
    rule_key: str,
    event: datetime | date,
    *,
    happened: datetime | date | None,
    enhanced: bool,
) -> Due:
    """What is promised by the Code of the day, before anybody has reckoned its date."""
    local = _in_london(event)
    judged_on = _day_of(local if happened is None else _in_london(happened))
    code, rule = _rule_on(rule_key.strip().upper(), judged_on)
    return Due(
        rule=rule,
        code=code.name,
        event_local=local,
        amount=rule.limit(enhanced=enhanced),
        unit=rule.unit,
        due_on=None,
    )


def _dated(promised: Due, began: date, overrides: Overrides | None) -> Due:
    """The same with its date, counted from the day on which the clock began; or still with none."""
    if promised.amount is None:
        return promised
    if promised.unit is Unit.WORKING_DAYS:
        return replace(
            promised, due_on=WorkingDayDeadline(began, promised.amount, overrides).due_on
        )
    return replace(promised, due_on=_calendar_days_after(began, promised.amount))


def _calendar_days_after(began: date, amount: int) -> date:
    try:
        return began + timedelta(days=amount)
    except OverflowError as fault:
        raise CalendarEnds(began) from fault
