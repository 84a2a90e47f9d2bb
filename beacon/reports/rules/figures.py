"""Figures of a period: duties by what became of them, all together and by each cut."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from beacon.entitlements.terms import DutyState
from beacon.reports.terms import JUDGED, Cut, Outcome

MONTHS_IN_A_QUARTER = 3
BECAME = {
    DutyState.PAUSED: Outcome.OPEN,  # its clock stands still, so its day has not come
    DutyState.MET: Outcome.MET,
    DutyState.MET_LATE: Outcome.LATE,
    DutyState.WITHHELD: Outcome.WITHHELD,
    DutyState.DECLINED: Outcome.DECLINED,
    DutyState.SAFETY_DELAY: Outcome.SAFETY_DELAY,
    DutyState.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}
Group = tuple[str, str]  # a heading of rows, and the row below it


@dataclass(frozen=True)
class Period:
    """The days on which the duties that are counted were due, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day must not be before the first.")


def quarter_of(day: date) -> Period:
    """The calendar quarter in which a day lies: the only periods whose figures are published."""
    first = date(day.year, day.month - (day.month - 1) % MONTHS_IN_A_QUARTER, 1)
    later = first.replace(day=28) + timedelta(days=2 * 31 + 4)  # within the next quarter
    return Period(first, later.replace(day=1) - timedelta(days=1))


def quarter_before(today: date) -> Period:
    """The last calendar quarter that has ended."""
    return quarter_of(quarter_of(today).first - timedelta(days=1))


def quarters_before(today: date, number: int) -> list[Period]:
    """The last quarters that have ended, the newest first."""
    found = [quarter_before(today)]
    while len(found) < number:
        found.append(quarter_before(found[-1].first))
    return found


def quarters_within(period: Period) -> list[Period]:
    """The calendar quarters that lie wholly within a period, the earliest first."""
    found, one = [], quarter_of(period.first)
    while one.last <= period.last:
        if one.first >= period.first:
            found.append(one)
        one = quarter_of(one.last + timedelta(days=1))
    return found


def outcome_of(state: DutyState, due_on: date, as_at: date) -> Outcome:
    """What became of a duty: open and past its day is missed (domain.md RULE 1.13)."""
    return BECAME.get(state) or (Outcome.MISSED if due_on < as_at else Outcome.OPEN)


def percent(met: int, late: int, missed: int) -> float | None:
    """How many of a hundred were told in time, to one decimal; None where none was judged."""
    return share(met, met + late + missed)


def share(part: int, whole: int) -> float | None:
    """So many of a hundred, to one decimal, a half counted up; None where there is nothing."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None


@dataclass
class Tally:
    """How many duties of each outcome."""

    counts: Counter[Outcome] = field(default_factory=Counter)

    def __getitem__(self, outcome: Outcome) -> int:
        return self.counts[outcome]

    @property
    def due(self) -> int:
        """How many there were."""
        return self.counts.total()

    @property
    def percent(self) -> float | None:
        """Met, of those met, met late and missed (domain.md RULE 1.13)."""
        return percent(*(self.counts[one] for one in JUDGED))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """So many duties that are alike in one cut. The rule is known in the rule's own cut alone."""

    cut: Cut
    group: Group
    right: int | None = None
    rule: str = ""
    outcome: Outcome
    is_local_standard: bool = False
    is_unverified: bool = False
    number: int = 1


@dataclass
class Figures:
    """The figures of one period: the Code's, all together and by cut; our own standards apart."""

    total: Tally = field(default_factory=Tally)
    cuts: dict[Cut, dict[Group, Tally]] = field(default_factory=dict)
    standards_total: Tally = field(default_factory=Tally)
    standards: dict[Group, Tally] = field(default_factory=dict)
    rules: dict[Group, str] = field(default_factory=dict)  # which rule a row of them is
    unverified: set[Group] = field(default_factory=set)  # the rows whose rule is from memory

    def rows(self, cut: Cut) -> list[tuple[Group, Tally]]:
        """The rows of a cut in their order."""
        return sorted(self.cuts[cut].items(), key=lambda row: in_order(row[0]))

    def bodies(self) -> list[tuple[str, Tally]]:
        """The rules of the Code added up by who must act."""
        found: dict[str, Tally] = defaultdict(Tally)
        for (body, _), tally in self.cuts[Cut.RULE].items():
            found[body].counts.update(tally.counts)
        return sorted(found.items())

    def standard_rows(self) -> list[tuple[Group, Tally]]:
        """The rows of our own standards in their order."""
        return sorted(self.standards.items(), key=lambda row: in_order(row[0]))


def in_order(group: tuple[str, ...]) -> list[list[str | int]]:
    """A key that puts Right 6 before Right 10."""
    return [
        [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", text)]
        for text in group
    ]


def month_name(month: str) -> str:
    """A month as people write it: 2026-07 is July 2026."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def figures_of(counted: Iterable[Counted]) -> Figures:
    """Add up; a local standard never counts in a figure of the Code (domain.md RULE 1.10)."""
    figures = Figures(cuts={cut: defaultdict(Tally) for cut in Cut})
    standards: dict[Group, Tally] = defaultdict(Tally)
    for one in counted:
        rows, total = figures.cuts[one.cut], figures.total
        if one.is_local_standard:
            rows, total = standards, figures.standards_total
        rows[one.group].counts[one.outcome] += one.number
        if one.cut is Cut.RULE:  # every duty has a rule, and is counted in it once
            total.counts[one.outcome] += one.number
            figures.rules[one.group] = one.rule
            if one.is_unverified:
                figures.unverified.add(one.group)
    figures.standards = dict(standards)
    figures.cuts = {cut: dict(rows) for cut, rows in figures.cuts.items()}
    return figures


def rows_by_rule(counted: Iterable[Counted]) -> list[dict[str, object]]:
    """One row for each right and rule, exact, with the keys of contract 2; the Code's alone."""
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for one in counted:
        if one.cut is Cut.RULE and not one.is_local_standard:
            found[one.right or 0, one.rule].counts[one.outcome] += one.number
    return [written(right or None, rule, tally) for (right, rule), tally in sorted(found.items())]


def written(right: int | None, rule: str, tally: Tally) -> dict[str, object]:
    """One row with the keys of contract 2."""
    return {
        "right": right,
        "rule": rule,
        "due": tally.due,
        "open": tally[Outcome.OPEN],
        "met": tally[Outcome.MET],
        "late": tally[Outcome.LATE],
        "missed": tally[Outcome.MISSED],
        "withheld": tally[Outcome.WITHHELD],
        "declined": tally[Outcome.DECLINED],
        "safety_delay": tally[Outcome.SAFETY_DELAY],
        "not_applicable": tally[Outcome.NOT_APPLICABLE],
        "percent": tally.percent,
    }
