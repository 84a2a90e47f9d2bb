"""Whether the threshold of an ASB Case Review is reached (domain.md 3.5, RULE 3.3).

Incidents are counted, not reports: one incident that was reported to two agencies counts once. Each
district has its own threshold; section 104 of the Anti-social Behaviour, Crime and Policing Act
2014 lets no council ask for more than three qualifying complaints in six months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from beacon.cases.rules import months_after
from beacon.risk.terms import CountedBy


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """From when on a council must hold a review."""

    count: int = 3
    window_months: int = 6
    report_within_months: int | None = 1  # of the behaviour; None: whenever it was reported
    or_people: int | None = None  # so many different people; then `count` is one person's own
    hate_count: int | None = None  # so many hate incidents are enough by themselves
    counted_by: CountedBy = CountedBy.REPORT


# What the Act allows a council to ask for at the most. [M:high]
CEILING = Threshold()


@dataclass(frozen=True)
class Report:
    """One report of an incident to a body that counts: when, and by whom."""

    on: date
    by: str | None  # a key of the person; None where it was anonymous


@dataclass(frozen=True)
class Incident:
    """One thing that happened, however often it was reported."""

    id: int
    on: date
    is_hate: bool = False
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    """How the incidents of a case stand against a threshold on one day."""

    counted: tuple[int, ...]  # the incidents that count, by their numbers, the oldest first
    not_counted: dict[int, str]  # and why each other does not
    incidents: int  # the figure that is held against the threshold
    people: int | None
    hate: int | None
    reached_by: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the council must hold a review, if the victim asks for it."""
        return bool(self.reached_by)


def count(threshold: Threshold, incidents: Sequence[Incident], on: date) -> Count:
    """The incidents that count on that day, and whether they are enough."""
    why_not = {one.id: _why_not(threshold, one, on) for one in incidents}
    inside = sorted((one for one in incidents if not why_not[one.id]), key=lambda one: one.on)
    by_person = threshold.or_people is not None
    figure = _most_by_one(threshold, inside, on) if by_person else len(inside)
    people = _different_people(threshold, inside, on) if by_person else None
    hate = sum(one.is_hate for one in inside) if threshold.hate_count is not None else None
    return Count(
        counted=tuple(one.id for one in inside),
        not_counted={number: why for number, why in why_not.items() if why},
        incidents=figure,
        people=people,
        hate=hate,
        reached_by=tuple(_reached(threshold, figure, people, hate)),
    )


def window_began(on: date, months: int) -> date:
    """The first day of the window that ends on this day: the same date so many months before."""
    return months_after(on, -months)


def _reached(
    threshold: Threshold, figure: int, people: int | None, hate: int | None
) -> Iterable[str]:
    if figure >= threshold.count:
        by_one = " by one person" if threshold.or_people is not None else ""
        yield f"{figure} separate incidents reported{by_one}"
    if threshold.or_people is not None and people is not None and people >= threshold.or_people:
        yield f"{people} different people, each about a separate incident"
    if threshold.hate_count is not None and hate is not None and hate >= threshold.hate_count:
        yield "a hate incident" if hate == 1 else f"{hate} hate incidents"


def _why_not(threshold: Threshold, incident: Incident, on: date) -> str:
    """Why an incident does not count; nothing where it does."""
    if not incident.reports:
        return "It has not been reported to the council, the police or a landlord."
    if not _known(incident.reports, on):
        return "It was reported anonymously or after this day."
    if not _in_time(threshold, incident, on):
        months = threshold.report_within_months
        within = "a month" if months == 1 else f"{months} months"
        return f"It was reported later than {within} after it happened: ask the council."
    if not _in_window(threshold, incident, on):
        return f"It lies outside the {threshold.window_months} months."
    return ""


def _known(reports: Iterable[Report], on: date) -> list[Report]:
    return [one for one in reports if one.on <= on and one.by is not None]


def _in_time(threshold: Threshold, incident: Incident, on: date) -> list[Report]:
    known, months = _known(incident.reports, on), threshold.report_within_months
    if months is None:
        return known
    last = months_after(incident.on, months)
    return [one for one in known if one.on <= last]


def _in_window(threshold: Threshold, incident: Incident, on: date) -> list[Report]:
    """The reports by which an incident lies in the window."""
    began, reports = window_began(on, threshold.window_months), _in_time(threshold, incident, on)
    if threshold.counted_by is CountedBy.INCIDENT:
        return reports if began <= incident.on <= on else []
    return [one for one in reports if began <= one.on]


def _people_of(threshold: Threshold, incident: Incident, on: date) -> set[str]:
    return {one.by for one in _in_window(threshold, incident, on) if one.by is not None}


def _most_by_one(threshold: Threshold, inside: Sequence[Incident], on: date) -> int:
    """The most incidents that one person has reported."""
    named = [_people_of(threshold, one, on) for one in inside]
    everybody = {person for people in named for person in people}
    return max((sum(who in people for people in named) for who in everybody), default=0)


def _different_people(threshold: Threshold, inside: Sequence[Incident], on: date) -> int:
    """How many people can each be given an incident of their own: a matching, grown one by one."""
    held: dict[str, int] = {}
    who = {one.id: _people_of(threshold, one, on) for one in inside}

    def placed(incident: int, tried: set[str]) -> bool:
        for person in sorted(who[incident] - tried):
            tried.add(person)
            if person not in held or placed(held[person], tried):
                held[person] = incident
                return True
        return False

    return sum(placed(one.id, set()) for one in inside)
