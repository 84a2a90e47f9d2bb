"""By which route a potential victim of modern slavery is referred, and when answers are expected.

Section 52 Modern Slavery Act 2015. Adults need consent to the National Referral Mechanism; where it
is refused, the duty to notify remains, without what would identify them [S:MSHELP] [S:WSSAB]. Under
18 always refer, no consent; tell the local authority first [S:GOVNRM].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beacon.cases.rules import months_after
from beacon.core.working_days import add_working_days
from beacon.risk.terms import SlaveryConsent, SlaveryRoute

ADULT, MONTHS_IN_A_YEAR = 18, 12
# The recovery period by the day of the positive decision: at least so many days.
RECOVERY_DAYS: dict[date, int] = {date(2015, 11, 1): 45, date(2023, 1, 30): 30}
REASONABLE_DAYS = 5


@dataclass(frozen=True)
class Expected:
    """A day that is to be expected, with where the rule is from and what is to be verified."""

    on: date
    rule: str
    source: str
    doubt: str


def is_under_18(claimed: int | None, assessed: int | None, *, born_under_18: bool) -> bool:
    """Whether the person counts as a child: by the date of birth, or by the age that is best known.

    An age that was assessed comes before one that was claimed.
    """
    age = claimed if assessed is None else assessed
    return born_under_18 or (age is not None and age < ADULT)


def born_under_18(born: date | None, on: date) -> bool:
    """Whether somebody is under 18 on that day, by the date of birth; not known is not under."""
    return born is not None and months_after(born, ADULT * MONTHS_IN_A_YEAR) > on


def route(consent: SlaveryConsent) -> SlaveryRoute:
    """What is sent: refused, the duty to notify remains."""
    refused = consent is SlaveryConsent.REFUSED
    return SlaveryRoute.DUTY_TO_NOTIFY if refused else SlaveryRoute.NRM


def reasonable_grounds_expected(sent_on: date) -> Expected:
    """By when a reasonable grounds decision usually comes: a usual time and no limit."""
    return Expected(
        add_working_days(sent_on, REASONABLE_DAYS),
        f"usually within {REASONABLE_DAYS} working days of the referral",
        "Modern Slavery Helpline, statutory page (MSHELP)",
        "The page says five days; that they are working days is from memory.",
    )


def recovery_until(decided_on: date) -> Expected:
    """The last day of the recovery period that a positive decision begins, at the least."""
    in_force = max((day for day in RECOVERY_DAYS if day <= decided_on), default=min(RECOVERY_DAYS))
    days = RECOVERY_DAYS[in_force]
    return Expected(
        decided_on + timedelta(days=days),
        f"at least {days} days from a positive decision",
        "Modern Slavery Helpline, statutory page (MSHELP)",
        "That it is 30 days since 30 January 2023, and was 45 before, is from memory.",
    )
