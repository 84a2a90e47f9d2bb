"""Who has been a fraud victim before, and whether a new report preys on the old one.

The same person may stand under several linked records (domain.md RULES 4.2 and 4.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row of the database

import sqlalchemy as sa

from beacon.cases.marks import Mark
from beacon.cases.models import CaseFile, Crime, FraudReport
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope, together
from beacon.core.scope import Viewer
from beacon.core.together import Asking, asking
from beacon.fraud_hub import rules
from beacon.fraud_hub.queries import standing as stands
from beacon.fraud_hub.rules import Report
from beacon.fraud_hub.terms import Standing
from beacon.people.access import same_people
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """What the reports of one person say together of one case."""

    reports: int = 1  # in the year up to this report, this one counted
    preyed_on: tuple[str, ...] = ()  # the earlier cases, where this may be recovery fraud on them
    preyed_by: tuple[str, ...] = ()  # the later cases that may be recovery fraud on this one

    @property
    def is_repeat(self) -> bool:
        """Whether there are two or more in twelve months (domain.md 4.5)."""
        return self.reports >= rules.REPEAT_AT

    @property
    def is_recovery(self) -> bool:
        """Whether the alarm of recovery fraud is raised (domain.md RULE 4.2)."""
        return bool(self.preyed_on or self.preyed_by)


@asking
def alerts_of(viewer: Viewer, case_ids: Sequence[int]) -> Asking[dict[int, Alerts]]:
    """The alerts of these fraud cases, from the cases that the viewer may see; one statement."""
    if not case_ids:
        return {}
    rows, pairs = yield from together.at_once(*_asked(viewer, CaseFile.id.in_(list(case_ids))))
    return _alerts(rows, pairs, set(case_ids))


@asking
def marks(viewer: Viewer, case_ids: Sequence[int]) -> Asking[dict[int, Mark]]:
    """The word beside a fraud case: call today, recovery fraud, or a repeat victim."""
    urgent = stands.joined(sa.select(CaseFile.id), viewer).where(
        CaseFile.id.in_(list(case_ids)),
        CaseFile.closed_at.is_(None),
        stands.same_day(),
        stands.standing(clock.today()) == Standing.CALL_TODAY.value,
    )
    alerts, today = yield from together.at_once(
        alerts_of.ask(viewer, case_ids), together.scalars(urgent)
    )
    found = {one: Mark("Fraud: call today", "red") for one in today}
    for case_id, one in alerts.items():
        if one.is_recovery:
            found[case_id] = Mark(
                "Recovery fraud" + (", call today" if case_id in found else ""), "red"
            )
        elif one.is_repeat:
            found.setdefault(case_id, Mark("Repeat fraud victim", "amber"))
    return found


def repeated(viewer: Viewer, these: sa.ColumnElement[bool]) -> Asking[int]:
    """How many of these fraud cases are of somebody with another report in the year up to it.

    By the same rule as the mark on a case, over every record of the person.
    """
    wanted = sa.select(CaseFile.id).join(Crime, Crime.id == CaseFile.crime_id).where(these)
    same = same_people(wanted.with_only_columns(CaseFile.victim_id))
    reports = (
        sa.select(CaseFile.id, CaseFile.victim_id, Crime.recorded_at, CaseFile.id.in_(wanted))
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(
            CaseFile.victim_id.in_(same),
            Crime.kind == CrimeKind.FRAUD,
            scope.condition(viewer, CaseFile),
        )
    )
    rows, pairs = yield from together.at_once(together.rows(reports), together.rows(_links(same)))
    person = _people({row.victim_id for row in rows}, pairs)
    of_person: dict[int, list[Report]] = {}
    for row in rows:
        of_person.setdefault(person[row.victim_id], []).append(Report(row.id, row.recorded_at))
    asked = {row.id for row in rows if row[3]}
    return sum(
        one.case_id in asked and rules.in_a_year(one, some) >= rules.REPEAT_AT
        for some in of_person.values()
        for one in some
    )


def _links(same: sa.Select[int]) -> sa.Select[int, int]:
    return sa.select(PersonLink.victim_id, PersonLink.other_id).where(
        PersonLink.state == LinkState.LINKED, PersonLink.victim_id.in_(same)
    )


def _asked(viewer: Viewer, these: sa.ColumnElement[bool]) -> list[Asking[Sequence[Any]]]:
    """Every fraud case of the people of these, and the links among their records."""
    victims = (
        sa.select(CaseFile.victim_id)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .where(these, Crime.kind == CrimeKind.FRAUD)
    )
    same = same_people(victims)
    reports = (
        sa.select(
            CaseFile.id, CaseFile.reference, CaseFile.victim_id, Crime.recorded_at, Crime.offence,
            FraudReport,
        )
        .join(Crime, Crime.id == CaseFile.crime_id)
        .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
        .where(
            CaseFile.victim_id.in_(same),
            Crime.kind == CrimeKind.FRAUD,
            scope.condition(viewer, CaseFile),
        )
        .order_by(Crime.recorded_at, CaseFile.id)
    )  # fmt: skip
    return [together.rows(reports), together.rows(_links(same))]


def _alerts(rows: Sequence[Any], pairs: Iterable[Any], wanted: set[int]) -> dict[int, Alerts]:
    person = _people({row.victim_id for row in rows}, pairs)
    of_person: dict[int, list[Report]] = {}
    names: dict[int, str] = {}
    for row in rows:
        of_person.setdefault(person[row.victim_id], []).append(_report(row))
        names[row.id] = row.reference
    found: dict[int, Alerts] = {}
    for reports in of_person.values():
        preys = {one.case_id: rules.recovery_alarm(one, reports) for one in reports}
        for one in reports:
            if one.case_id in wanted:
                later = [new for new, old in preys.items() if one.case_id in old]
                found[one.case_id] = Alerts(
                    reports=rules.in_a_year(one, reports),
                    preyed_on=tuple(names[old] for old in preys[one.case_id]),
                    preyed_by=tuple(names[new] for new in later),
                )
    return found


def _report(row: Any) -> Report:
    report: FraudReport | None = row.FraudReport
    said = [row.offence]
    if report is not None:
        said += [report.fraud_type, report.vulnerability]
    reported_at: datetime = row.recorded_at
    return Report(row.id, reported_at, report.fraud_code if report else "", ". ".join(said))


def _people(victims: Iterable[int], pairs: Iterable[Any]) -> Mapping[int, int]:
    """One number for each person, by each record of theirs."""
    leads: dict[int, int] = {}

    def root(one: int) -> int:
        while leads.get(one, one) != one:
            one = leads[one]
        return one

    for one, other in pairs:
        leads[root(one)] = root(other)
    return {victim: root(victim) for victim in victims}
