"""How the board tells claims apart, and which small numbers it hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from beacon.fraud_hub.terms import ClaimStatus

LEAST = 5  # no count above nought and under this leaves the service (domain.md RULE 2.2)
FEW = 10  # under so many, a percentage is not shown beside its numbers
NOT_NAMED = "Firm not named"
MONTHS_AT_MOST = 24


class ClaimAge(StrEnum):
    """How long an open claim has waited, in calendar days."""

    TWO_WEEKS = "two_weeks"
    FIVE_WEEKS = "five_weeks"
    EIGHT_WEEKS = "eight_weeks"
    LONGER = "longer"

    @property
    def label(self) -> str:
        """The age as a page says it."""
        return {
            "two_weeks": "Up to 2 weeks",
            "five_weeks": "2 to 5 weeks",
            "eight_weeks": "5 to 8 weeks",
            "longer": "Over 8 weeks",
        }[self]


UP_TO_DAYS = {ClaimAge.TWO_WEEKS: 14, ClaimAge.FIVE_WEEKS: 35, ClaimAge.EIGHT_WEEKS: 56}
AGREED = frozenset({ClaimStatus.AGREED, ClaimStatus.RECEIVED})
REFUSED = frozenset({ClaimStatus.REFUSED, ClaimStatus.APPEALED})
ANSWERS_HIDDEN = dict.fromkeys(("agreed", "refused", "waiting", "median_days"))
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One claim as the comparison of firms reads it."""

    claim_id: int
    case_id: int
    firm: str
    status: ClaimStatus
    made_on: date
    replied_on: date | None
    amount_pence: int


@dataclass(frozen=True, kw_only=True)
class FirmLine:
    """What became of the claims that one firm was asked for. A hidden count is None."""

    firm: str
    asked: int | None = 0
    agreed: int | None = 0
    refused: int | None = 0
    waiting: int | None = 0
    amount_pence: int | None = 0
    median_days: float | None = None
    cases: frozenset[int] = frozenset()  # those behind it, by their keys
    parts: tuple[int, ...] = ()  # how many cases are behind agreed, refused and waiting

    @property
    def answered(self) -> int | None:
        """Agreed or refused; None where either is hidden."""
        if self.agreed is None or self.refused is None:
            return None
        return self.agreed + self.refused

    @property
    def share(self) -> int | None:
        """Agreed of a hundred answers; None under so few that it would be misread."""
        answered = self.answered
        if answered is None or self.agreed is None or answered < FEW:
            return None
        return round(100 * self.agreed / answered)


def age_of(made_on: date, today: date) -> ClaimAge:
    """The age of an open claim."""
    days = (today - made_on).days
    return next((age for age, most in UP_TO_DAYS.items() if days <= most), ClaimAge.LONGER)


def firm_key(name: str) -> str:
    """A firm's name as it is compared: however it is written, it is one firm."""
    return " ".join(name.casefold().replace(".", " ").split())


def by_firm(claims: Iterable[Asked]) -> dict[str, list[Asked]]:
    """The claims of each firm, under the name that is written most often."""
    of_key: dict[str, list[Asked]] = {}
    for one in claims:
        of_key.setdefault(firm_key(one.firm), []).append(one)
    named: dict[str, list[Asked]] = {}
    for key, some in of_key.items():
        written = [" ".join(one.firm.split()) for one in some]
        named[max(sorted(set(written)), key=written.count) if key else NOT_NAMED] = some
    return named


def compared(claims: Iterable[Asked]) -> list[FirmLine]:
    """What became of the claims to each firm, the most asked first."""
    lines = [_line(firm, some) for firm, some in by_firm(claims).items()]
    return sorted(lines, key=lambda one: (-(one.asked or 0), one.firm))


def _line(firm: str, claims: Sequence[Asked]) -> FirmLine:
    days = [(one.replied_on - one.made_on).days for one in claims if one.replied_on]
    agreed = [one for one in claims if one.status in AGREED]
    refused = [one for one in claims if one.status in REFUSED]
    waiting = [one for one in claims if one.status not in AGREED | REFUSED]
    return FirmLine(
        firm=firm,
        asked=len(claims),
        agreed=len(agreed),
        refused=len(refused),
        waiting=len(waiting),
        cases=cases_of(claims),
        parts=tuple(len(cases_of(some)) for some in (agreed, refused, waiting)),
        amount_pence=sum(one.amount_pence for one in claims),
        median_days=float(median(days)) if days else None,
    )


def cases_of(claims: Iterable[Asked]) -> frozenset[int]:
    """The cases behind claims: one victim may have many claims, to one firm or to several."""
    return frozenset(one.case_id for one in claims)


def firms_hidden(lines: Sequence[FirmLine]) -> list[FirmLine]:
    """Firms of whom no small number can be told: those of few cases are one line, or none.

    A firm's answers are left out where few cases are behind any of them.
    """
    kept, few, behind = told_apart(lines, [one.cases for one in lines])
    out = [_answers_hidden(one) for one in kept]
    if len(behind) >= LEAST:
        seldom = FirmLine(
            firm="Firms asked seldom", asked=sum(one.asked or 0 for one in few), cases=behind
        )
        out.append(replace(seldom, **ANSWERS_HIDDEN, amount_pence=None))  # type: ignore[arg-type]
    return out


def told_apart(
    lines: Sequence[T], cases: Sequence[frozenset[int]]
) -> tuple[list[T], list[T], frozenset[int]]:
    """The lines that may be told apart, those that may not, and the cases behind the latter."""
    small = frozenset[int]().union(*(some for some in cases if len(some) < LEAST))
    hides = _hiding([len(some) for some in cases], len(small))
    behind = frozenset[int]().union(*(some for at, some in enumerate(cases) if at in hides))
    kept = [one for at, one in enumerate(lines) if at not in hides]
    return kept, [one for at, one in enumerate(lines) if at in hides], behind


def _answers_hidden(line: FirmLine) -> FirmLine:
    if all(small(part) is not None for part in line.parts):
        return line
    return replace(line, **ANSWERS_HIDDEN)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class LossLine:
    """What was lost in one part of the county, of the year or of the sorts; None where hidden."""

    word: str  # as an address says it
    name: str
    cases: int | None
    lost_pence: int | None


def losses_hidden(lines: Sequence[LossLine]) -> list[LossLine]:
    """The lines with small ones hidden, and one more where the one could be worked out (2.2)."""
    counts = [one.cases or 0 for one in lines]
    hides = _hiding(counts, sum(one for one in counts if one < LEAST))
    return [
        replace(one, cases=None, lost_pence=None) if at in hides else one
        for at, one in enumerate(lines)
    ]


def hidden_last(lines: Sequence[LossLine]) -> list[LossLine]:
    """The lines with hidden ones at the end, by name: their place must not tell their amount."""
    shown = [one for one in lines if one.cases is not None]
    return shown + sorted((one for one in lines if one.cases is None), key=lambda one: one.name)


def _hiding(counts: Sequence[int], together: int) -> set[int]:
    """The places of small counts, and of one more where the one could be worked out.

    ``together`` is how many cases are behind the small ones.
    """
    small = [at for at, number in enumerate(counts) if 0 < number < LEAST]
    rest = [at for at, number in enumerate(counts) if number >= LEAST]
    if small and (len(small) == 1 or together < LEAST):
        small += sorted(rest, key=lambda at: counts[at])[:1]
    return set(small)


def small(count: int) -> int | None:
    """A count that may leave; None where it is small."""
    return None if 0 < count < LEAST else count


def year_of(day: date) -> int:
    """The year in which a financial year began: it begins on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def year_days(began: int) -> tuple[date, date]:
    """The first and the last day of a financial year."""
    return date(began, 4, 1), date(began + 1, 3, 31)


def spans(first: date, last: date) -> list[tuple[str, date, date]]:
    """A period in months, or in financial years where it is long: a name, its first and last day.

    The first and the last are cut where the period begins and ends.
    """
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = relativedelta(months=1 if months <= MONTHS_AT_MOST else 12)
    begins = first.replace(day=1) if months <= MONTHS_AT_MOST else year_days(year_of(first))[0]
    found = []
    while begins <= last:
        after = begins + step
        name = f"{begins:%B %Y}" if step.months else f"{begins.year} to {after.year}"
        found.append((name, max(begins, first), min(after - relativedelta(days=1), last)))
        begins = after
    return found
