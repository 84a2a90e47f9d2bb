"""What hangs on a case beside its duties: ways to be reached, grounds, tasks, wishes, reminders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from beacon.cases.terms import ContactOutcome, ReminderKind, TaskKind, UpdateEvery
from beacon.core import clock
from beacon.entitlements.terms import Channel, DutyState, EnhancedGround
from beacon.ops.bench.rows import Row, sealed
from beacon.people.terms import Preferred, Safe

GROUNDS = (
    EnhancedGround.DOMESTIC_ABUSE,
    EnhancedGround.VULNERABLE,
    EnhancedGround.UNDER_18,
    EnhancedGround.DOMESTIC_ABUSE,
    EnhancedGround.HATE_CRIME,
    EnhancedGround.INTIMIDATED,
    EnhancedGround.SEXUAL_OFFENCE,
    EnhancedGround.PERSISTENTLY_TARGETED,
)
INTERVALS = (UpdateEvery.TWO_WEEKS, UpdateEvery.FOUR_WEEKS, UpdateEvery.KEY_EVENTS)
NAME = "The service"
UNTIL_A_LEADER = 2  # days


def safe_contact(n: int) -> Row:
    """What the n-th victim said of being contacted: one in twenty-three is not to be."""
    return {
        "victim_id": n,
        "preferred": list(Preferred)[n % len(Preferred)],
        "overall": Safe.NO if n % 23 == 0 else Safe.ASK if n % 11 == 0 else Safe.YES,
        "words_sealed": None,
        "confirmed_at": clock.now(),
        "confirmed_by_id": None,
        **sealed("safe_contact"),
    }


def ground(of: Row) -> Row:
    """Why the victim of a case is enhanced; one in nine has still to be decided."""
    n = of["id"]
    decided = None if n % 9 == 0 else of["opened_at"]
    return {
        "case_id": n,
        "ground": GROUNDS[n * 7 % len(GROUNDS)],
        "holds": None if decided is None else True,
        "decided_at": decided,
        "reason_sealed": None,
        **sealed("case_ground"),
    }


def contact(of: Row) -> Row:
    """The first time that the victim of a case was spoken with."""
    return {
        "case_id": of["id"],
        "happened_at": of["opened_at"],
        "channel": Channel.PHONE,
        "outcome": ContactOutcome.SPOKE,
        "notes_sealed": None,
        "by_id": of["manager_id"],
        "by_name": NAME,
        **sealed("contact_log"),
    }


def has_wish(of: Row) -> bool:
    """Whether the victim asked how often to hear from us: of open cases a third."""
    return not of["closed_at"] and of["id"] % 3 == 0


def wish(of: Row, today: date) -> Row:
    """How often they asked to hear from us, with a day that lies in the weeks around today."""
    n = of["id"]
    every = INTERVALS[n // 3 % len(INTERVALS)]
    has_clock = every is not UpdateEvery.KEY_EVENTS
    return {
        "case_id": n,
        "every": every,
        "channel": Channel.PHONE,
        "asked_on": of["opened_at"].date(),
        "words_sealed": None,
        "by_id": of["manager_id"],
        "by_name": NAME,
        "due_on": today + timedelta(days=n % 28 - 3) if has_clock else None,
        **sealed("update_wish"),
    }


def has_task(of: Row) -> bool:
    """Whether something else is to be done: of open cases a fifth."""
    return not of["closed_at"] and of["id"] % 5 == 0


def task(of: Row, today: date) -> Row:
    """What somebody asked for."""
    return {
        "case_id": of["id"],
        "kind": TaskKind.OTHER,
        "about": "Send the form for expenses",
        "due_on": today + timedelta(days=of["id"] % 21 - 4),
    }


def reminders(of: Row, duty: Row, leaders: Mapping[int, int], today: date) -> Iterator[Row]:
    """What the manager, and later the leader, was reminded of; most of it has been seen."""
    day, leader = duty["due_on"], leaders.get(of["team_id"] or 0)
    if duty["state"] is not DutyState.OPEN or not day or day > today or leader is None:
        return
    number: int = duty["id"]
    kinds: list[tuple[ReminderKind, int | None]] = [(ReminderKind.ON_THE_DAY, None)]
    if day < today:
        kinds.append((ReminderKind.LATE, None))
    if (today - day).days > UNTIL_A_LEADER:
        kinds.append((ReminderKind.ESCALATED, leader))
    for kind, staff_id in kinds:
        seen = kind is ReminderKind.ON_THE_DAY or number % 3 > 0
        yield {
            "duty_id": number,
            "kind": kind,
            "due_on": day,
            "staff_id": staff_id,
            "seen_at": clock.now() if seen else None,
        }
