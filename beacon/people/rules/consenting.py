"""When somebody agrees to something: given, and not run out (domain.md 7.2)."""

from __future__ import annotations

from datetime import date

from beacon.people.terms import Agreed


def stands(answer: Agreed, expires_on: date | None, today: date) -> bool:
    """Whether a consent holds on a day: it was given, and its last day has not passed."""
    return answer is Agreed.GIVEN and (expires_on is None or today <= expires_on)


def has_run_out(answer: Agreed, expires_on: date | None, today: date) -> bool:
    """Whether it was given and is over: they must be asked again."""
    return answer is Agreed.GIVEN and expires_on is not None and today > expires_on
