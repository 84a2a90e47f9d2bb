"""The duties of the county: what was owed to each victim along the way of their case.

Six to a case over two years, counted out and not drawn by chance. Days are reckoned by the limits
of the Code itself, in working days; what has not happened yet is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from beacon.core import clock
from beacon.core.working_days import add_working_days
from beacon.entitlements.codes import CODES, FIRST_CONTACT, LOCAL_STANDARDS, STANDARD, Rule
from beacon.entitlements.terms import Channel, DutyState
from beacon.ops.bench.rows import Row

CODE = "2020"
A_CASE_AT_MOST = 20  # so that a duty's number is known from its case's
Way = tuple[tuple[str, int], ...]  # rules, and how many days after the case opened they are set off

REPORTED: Way = (("R4_REFER", 0), (FIRST_CONTACT, 0))
NOT_INVESTIGATED: Way = (*REPORTED, ("R6_NOINV", 9))
NOT_CHARGED: Way = (
    *REPORTED,
    ("R6_ARREST", 5),
    ("R6_RUI", 6),
    ("R6_RWC", 40),
    ("R6_NOCHARGE", 95),
)
TRIED: Way = (
    *REPORTED,
    ("R6_ARREST", 4),
    ("R6_BAIL", 5),
    ("R6_CHARGE", 60),
    ("R8_HEARING", 75),
    ("R8_BAILOUT", 90),
    ("R8_WITNESS", 110),
    ("R8_HEARING", 150),
    ("R9_OUTCOME", 200),
    ("R9_SENTENCE", 230),
)
# Of twenty cases, which go which way.
WAYS = (*[NOT_INVESTIGATED] * 8, *[NOT_CHARGED] * 5, *[TRIED] * 7)

# Of a hundred duties whose day is past, what became of how many; of the last nobody was told.
BECAME = (
    *[DutyState.MET] * 79,
    *[DutyState.MET_LATE] * 9,
    *[DutyState.WITHHELD] * 2,
    *[DutyState.DECLINED] * 3,
    *[DutyState.NOT_APPLICABLE] * 3,
    *[DutyState.SAFETY_DELAY],
    *[DutyState.OPEN] * 3,
)
TOLD = (DutyState.MET, DutyState.MET_LATE)
CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.PHONE, Channel.IN_PERSON)
RECEIPT_AWAITED = 10  # days for which nobody has asked when Witness Care heard


def duties(of: Row, today: date) -> Iterator[Row]:
    """What was owed in one case up to today, and what became of each."""
    for number, (rule, after) in enumerate(WAYS[of["id"] * 7 % len(WAYS)]):
        happened = of["opened_at"] + timedelta(days=after)
        if happened.date() <= today:
            yield _duty(of, number, rule, happened, today)


def first_due(made: list[Row]) -> date | None:
    """The earliest day of those of which the victim has still to be told."""
    days = [one["due_on"] for one in made if one["state"] is DutyState.OPEN and one["due_on"]]
    return min(days, default=None)


def _duty(of: Row, number: int, key: str, happened: datetime, today: date) -> Row:
    known, code = _rule(key)
    amount = known.enhanced if of["enhanced"] else known.standard
    day = clock.london_day(happened)
    began = None if _is_awaited(of, known, day, today) else happened
    due_on = _due(day, amount or 0) if began else None
    state, key_number = DutyState.OPEN, of["id"] * A_CASE_AT_MOST + number
    if due_on:
        state = _became(of, key_number, due_on, today)
    told = happened + timedelta(days=1) if state in TOLD else None
    if due_on and state is DutyState.MET_LATE:
        told = happened + timedelta(days=(due_on - day).days + 2)
    return {
        "id": key_number,
        "case_id": of["id"],
        "rule": key,
        "code": code,
        "right": known.right,
        "about": "referral" if code == STANDARD else f"milestone:{key_number}",
        "event_at": happened,
        "clock_started_at": began,
        "enhanced": of["enhanced"],
        "amount": amount,
        "unit": known.unit,
        "due_on": due_on,
        "state": state,
        "told_at": told,
        "told_by_id": of["manager_id"] if told else None,
        "channel": CHANNELS[key_number % len(CHANNELS)] if told else None,
    }


def _became(of: Row, number: int, due_on: date, today: date) -> DutyState:
    """A third are told before their day; a case that is closed owes nothing any more."""
    if due_on >= today:
        state = DutyState.MET if number * 7 % 3 == 0 else DutyState.OPEN
    else:
        state = BECAME[number * 37 % len(BECAME)]
    if state is DutyState.OPEN and of["closed_at"]:
        return DutyState.MET_LATE
    return state


def _is_awaited(of: Row, rule: Rule, day: date, today: date) -> bool:
    lately = (today - day).days < RECEIPT_AWAITED
    return rule.waits_for_receipt and lately and not of["closed_at"]


@cache
def _rule(key: str) -> tuple[Rule, str]:
    if key in LOCAL_STANDARDS:
        return LOCAL_STANDARDS[key], STANDARD
    return next(code for code in CODES.values() if code.name == CODE).rules[key], CODE


@cache
def _due(day: date, amount: int) -> date:
    return add_working_days(day, amount)
