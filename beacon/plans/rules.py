"""Pure answers about promises, sessions and reviews: given the facts, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beacon.plans.terms import PromiseState, SessionState

WEEK = timedelta(days=7)


def is_broken(state: PromiseState, due_on: date, ended_on: date | None, on: date) -> bool:
    """Whether a promise was not kept by its day: said so, kept too late, or left past its day."""
    if state is PromiseState.BROKEN:
        return True
    if state is PromiseState.WITHDRAWN:
        return False
    return due_on < (ended_on or on)


def review_due_on(last: date, weeks: int) -> date:
    """The day by which needs are to be assessed again."""
    return last + weeks * WEEK


@dataclass(frozen=True)
class Held:
    """What became of the sessions of a plan."""

    planned: int = 0
    attended: int = 0
    missed: int = 0
    cancelled: int = 0
    minutes: int = 0


def held(sessions: Iterable[tuple[SessionState, int | None]]) -> Held:
    """The sessions counted, and the minutes of those that were attended."""
    known = list(sessions)
    states = [state for state, _ in known]
    cancelled = (SessionState.CANCELLED_BY_THEM, SessionState.CANCELLED_BY_US)
    return Held(
        planned=states.count(SessionState.PLANNED),
        attended=states.count(SessionState.ATTENDED),
        missed=states.count(SessionState.NOT_ATTENDED),
        cancelled=sum(states.count(one) for one in cancelled),
        minutes=sum(minutes or 0 for state, minutes in known if state is SessionState.ATTENDED),
    )


@dataclass(frozen=True)
class Given:
    """One promise as the figures count it."""

    team: str
    due_on: date
    state: PromiseState
    ended_on: date | None


@dataclass
class Kept:
    """The promises of one month and team, by what became of them. Each stands in one column."""

    month: date  # its first day
    team: str
    kept: int = 0
    kept_late: int = 0
    broken: int = 0  # said so, or left past its day
    withdrawn: int = 0
    open: int = 0  # its day has not passed

    @property
    def all(self) -> int:
        """Every promise whose day is in the month."""
        return self.kept + self.kept_late + self.broken + self.withdrawn + self.open

    @property
    def not_kept(self) -> int:
        """Those that were not kept by their day."""
        return self.kept_late + self.broken


def by_month_and_team(promises: Iterable[Given], on: date) -> list[Kept]:
    """The promises counted by the month of their day and by team, the newest month first."""
    found: dict[tuple[date, str], Kept] = {}
    for one in promises:
        month = one.due_on.replace(day=1)
        row = found.setdefault((month, one.team), Kept(month, one.team))
        column = _column(one, on)
        setattr(row, column, getattr(row, column) + 1)
    return sorted(found.values(), key=lambda row: (-row.month.toordinal(), row.team))


def _column(one: Given, on: date) -> str:
    if one.state is PromiseState.WITHDRAWN:
        return "withdrawn"
    late = is_broken(one.state, one.due_on, one.ended_on, on)
    if one.state is PromiseState.KEPT:
        return "kept_late" if late else "kept"
    return "broken" if late else "open"


def broken_by_month(rows: Sequence[Kept], first: date, last: date) -> list[tuple[date, int]]:
    """How many were not kept by their day in each month of a period, over all teams."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = (month + 31 * (WEEK / 7)).replace(day=1)
    return [(one, sum(row.not_kept for row in rows if row.month == one)) for one in months]
