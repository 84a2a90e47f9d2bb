"""How the board tells claims apart, and which small numbers it hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median

from dateutil.relativedelta import relativedelta

from beacon.fraud_hub.terms import ClaimStatus

LEAST = 5  # no count above nought and under this leaves the service (domain.md RULE 2.2)
FEW = 10  # under so many, a percentage is not shown beside its numbers
NOT_NAMED = "Firm not named"
MONTHS_AT_MOST = 24


class ClaimAge(StrEnum):
    """How long an open claim has waited, in calendar days: 8 weeks open the ombudsman's door."""

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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One claim as the comparison of firms reads it."""

    claim_id: int
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
    agreed = sum(one.status in AGREED for one in claims)
    refused = sum(one.status in REFUSED for one in claims)
    return FirmLine(
        firm=firm,
        asked=len(claims),
        agreed=agreed,
        refused=refused,
        waiting=len(claims) - agreed - refused,
        amount_pence=sum(one.amount_pence for one in claims),
        median_days=float(median(days)) if days else None,
    )


def firms_hidden(lines: Iterable[FirmLine]) -> list[FirmLine]:
    """Firms for whom no small number can be told: those asked too seldom are one line, or none.

    A firm's answers are left out where any of them is small.
    """
    kept, few = [], FirmLine(firm="Firms asked seldom")
    for one in lines:
        if (one.asked or 0) >= LEAST:
            parts = (one.agreed or 0, one.refused or 0, one.waiting or 0)
            small = any(0 < part < LEAST for part in parts)
            answers = dict.fromkeys(("agreed", "refused", "waiting", "median_days"))
            kept.append(replace(one, **answers) if small else one)  # type: ignore[arg-type]
        else:
            few = replace(few, asked=(few.asked or 0) + (one.asked or 0))
    if few.asked and few.asked >= LEAST:
        hidden = dict.fromkeys(("agreed", "refused", "waiting", "amount_pence"))
        kept.append(replace(few, **hidden))  # type: ignore[arg-type]
    return kept


@dataclass(frozen=True, kw_only=True)
class LossLine:
    """What was lost in one part of the county, of the year or of the sorts; None where hidden."""

    word: str  # as an address says it
    name: str
    cases: int | None
    lost_pence: int | None


def losses_hidden(lines: Sequence[LossLine]) -> list[LossLine]:
    """The lines with small ones hidden, and one more where the one could be worked out (2.2)."""
    small = [one for one in lines if one.cases and one.cases < LEAST]
    rest = sorted(
        (one for one in lines if (one.cases or 0) >= LEAST), key=lambda one: one.cases or 0
    )
    hidden = set(map(id, small))
    if small and (len(small) == 1 or sum(one.cases or 0 for one in small) < LEAST):
        hidden |= set(map(id, rest[:1]))
    return [
        replace(one, cases=None, lost_pence=None) if id(one) in hidden else one for one in lines
    ]


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
