"""What the tick list and the loss say of a report: its level, and whether to call the same day.

Repeats and the alarm of recovery fraud are here too (domain.md RULES 4.2 and 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from beacon.fraud_hub.terms import CALL_THE_SAME_DAY, Because, Factor, Level

OLD_AT = 75
YEAR = timedelta(days=365)
REPEAT_AT = 2  # reports in twelve months, this one counted
ROMANCE_CODE, RECOVERY_CODE = "NFIB1D", "NFIB1E"
# Fees "to get money back" (domain.md RULE 4.2).
_RECOVERY = re.compile(
    r"""\brecover(?:y|ing)?\s+(?:fraud|scam|room|agent|agency|fee|service|company|expert)
        |\b(?:get|getting|got|recover(?:ing)?|return(?:ing)?|retriev(?:e|ing)|releas(?:e|ing)
            |refund(?:ing)?|reclaim(?:ing)?)\b[^.;]{0,40}\b(?:money|funds|loss(?:es)?|savings)\b
            [^.;]{0,40}\b(?:fee|fees|tax|charge|charges|pay|paid|payment|upfront)\b
        |\b(?:fee|fees|tax|charge|charges|paid|paying|pay)\b[^.;]{0,40}\b(?:to|for)\b[^.;]{0,25}
            \b(?:get|getting|recover(?:ing)?|return(?:ing)?|retriev(?:e|ing)|releas(?:e|ing)
            |refund|reclaim)\b[^.;]{0,40}\b(?:money|funds|loss(?:es)?|savings|back)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True)
class IntakeFacts:
    """What the report and the person's record say before anybody has asked. Pence."""

    still_paying: bool | None = None
    remote_access: bool | None = None
    vulnerable: bool | None = None
    fraud_code: str = ""
    lost_pence: int | None = None
    born: date | None = None
    language: str = ""
    domestic_abuse: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Judged:
    """A level, with the rules that say so; whether to call the same day, and for which factors."""

    level: Level
    because: tuple[Because, ...]
    same_day: tuple[Factor, ...]


@dataclass(frozen=True)
class Report:
    """One report of a person, as the rules about repeats compare it."""

    case_id: int
    reported_at: datetime
    fraud_code: str = ""
    words: str = ""


def proposed(facts: IntakeFacts, today: date) -> tuple[Factor, ...]:
    """What the intake facts tick until a person confirms or denies it, in the list's order."""
    said = {
        Factor.STILL_PAYING: facts.still_paying,
        Factor.REMOTE_ACCESS: facts.remote_access,
        Factor.REPORTED: facts.vulnerable,
        Factor.AGE_OR_ALONE: facts.born is not None and facts.born <= born_by(today),
        Factor.ROMANCE: facts.fraud_code.upper() == ROMANCE_CODE,
        Factor.LANGUAGE: facts.language.strip().lower() not in {"", "english", "en"},
        Factor.ABUSE: facts.domestic_abuse,
        Factor.REPEAT: facts.repeats,
    }
    return tuple(factor for factor in Factor if said.get(factor))


def born_by(today: date) -> date:
    """The last day of birth of somebody who is old enough for the tick list to say so."""
    return today - relativedelta(years=OLD_AT)


def judge(factors: Collection[Factor], lost_pence: int | None, *, large_pence: int) -> Judged:
    """The level of a report by its factors and its loss, with the rule (domain.md 4.3)."""
    because = []
    if factors:
        because.append(Because.FACTOR)
    if lost_pence is not None and lost_pence >= large_pence:
        because.append(Because.LOSS)
    return Judged(
        Level.TWO if because else Level.ONE,
        tuple(because) or (Because.NO_SIGN,),
        tuple(factor for factor in CALL_THE_SAME_DAY if factor in factors),
    )


def in_a_year(this: Report, others: Iterable[Report]) -> int:
    """How many reports the person made in the year up to this one, this one counted."""
    earlier = {
        one.case_id
        for one in others
        if one.case_id != this.case_id and this.reported_at - YEAR < one.reported_at
        if one.reported_at <= this.reported_at
    }
    return 1 + len(earlier)


def names_recovery(fraud_code: str, words: str) -> bool:
    """Whether a report names fees to get money back: by its code, or in its words (RULE 4.2)."""
    return fraud_code.strip().upper() == RECOVERY_CODE or _RECOVERY.search(words) is not None


def recovery_alarm(this: Report, others: Iterable[Report]) -> tuple[int, ...]:
    """The earlier cases of the person that a report may be recovery fraud upon (RULE 4.2).

    In order of their reports; none where it names no fees, or nothing was reported before.
    """
    if not names_recovery(this.fraud_code, this.words):
        return ()
    earlier = [
        one
        for one in others
        if one.case_id != this.case_id
        and (one.reported_at, one.case_id) < (this.reported_at, this.case_id)
    ]
    return tuple(one.case_id for one in sorted(earlier, key=lambda one: one.reported_at))
