"""Whether somebody is at work on a day: asked before anything is promised for it.

Weekends and bank holidays are known here. A feature above that keeps working patterns and leave
says so at start, in its ``routes.init_app``::

    days_off.known_by(queries.is_away)

where ``is_away(staff_id, day)`` answers for one person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from beacon.accounts import queries as accounts
from beacon.cases.models import CaseFile
from beacon.core.bank_holidays import CalendarEnds
from beacon.core.working_days import is_working_day

Away = Callable[[int, date], bool]
_asked: list[Away] = []


def known_by(away: Away) -> None:
    """Ask this too, before anything is promised for a day."""
    if away not in _asked:
        _asked.append(away)


def is_shut(day: date) -> bool:
    """Whether nobody is at work: a weekend or a bank holiday. A year not known is not guessed."""
    try:
        return not is_working_day(day)
    except CalendarEnds:
        return False


def is_away(staff_id: int, day: date) -> bool:
    """Whether this person is known to be off on a day on which others work."""
    return any(away(staff_id, day) for away in _asked)


def doubts(case: CaseFile, day: date, owner_id: int | None = None) -> list[str]:
    """What speaks against promising something for that day: nobody, or its owner, is at work."""
    said = f"{day:%A} {day.day} {day:%B}"
    if is_shut(day):
        return [f"{said} is a weekend or a bank holiday: nobody is at work."]
    owner = owner_id or case.manager_id
    if owner is not None and is_away(owner, day):
        return [f"{accounts.get_staff(owner).name} is off on {said}."]
    return []
