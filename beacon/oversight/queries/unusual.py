"""The week's rows of the log, gathered for the rules of unusual access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from beacon.accounts.models import DeclaredContact, Staff
from beacon.audit import queries as log
from beacon.audit.queries import Line
from beacon.cases.models import BreakGlass
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.names import name_key
from beacon.oversight.queries.records import Records, is_of_a_case, key_of
from beacon.oversight.rules import Access, Finding, Person, Record, Week, judge
from beacon.people.models import Address, AddressShowing, ContactPoint, ContactShowing

OPENED = (
    "case.shown",
    "case.access",
    "fraud.case_shown",
    "referral.shown",
    "victim.contact_shown",
)
OF_DEFENDANTS = ("defendant.number_shown",)
DAYS = timedelta(days=7)
Refusal = tuple[Line, tuple[str, str]]


@dataclass(frozen=True)
class Listed:
    """One line of the list, with who it is and which team's."""

    finding: Finding
    name: str
    team: str

    def facts(self) -> dict[str, object]:
        """The line for a program: ids and references, no content."""
        one = self.finding
        return {
            "rule": one.rule.value,
            "person_id": one.person_id,
            "team": self.team,
            "records": list(one.records),
            "count": one.count,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
        }


def week_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def unusual(monday: date) -> list[Listed]:
    """Every line of the week that begins on this Monday."""
    people = _people()
    found = judge(_week(monday, people))
    return [Listed(one, *_who(one, people)) for one in found]


def _who(one: Finding, people: dict[int, Person]) -> tuple[str, str]:
    person = people.get(one.person_id or 0)
    return (person.name, person.team) if person else ("", "")


def _week(monday: date, people: dict[int, Person]) -> Week:
    since = clock.start_of_day(monday)
    until = clock.start_of_day(monday + DAYS)
    lines = [
        line
        for line in log.opened(OPENED, since, until)
        if line.object_id.isdigit() and line.actor_id in people
    ]
    refused = [
        (line, named) for line, named in log.refusals(since, until) if line.actor_id in people
    ]
    showings = _showings(since, until)
    broken = _broken(since, until)
    records = Records(
        [(line.object_type, line.object_id) for line in lines]
        + [named for _line, named in refused if is_of_a_case(*named)],
        victims={victim_id for _at, _by, victim_id in showings},
        cases={case_id for _at, _by, case_id in broken},
        declared={index for person in people.values() for index in person.declared},
    )
    return Week(
        people=people,
        opened=[
            Access(line.at, line.actor_id or 0, records.of(line.object_type, line.object_id))
            for line in lines
        ],
        shown=[
            Access(at, by, records.of("victim", str(victim_id)))
            for at, by, victim_id in showings
            if by in people
        ]
        + _numbers_of_defendants(since, until, people),
        refused=_once_for_each_request(refused, records),
        broken=[
            Access(at, by, records.of("case_file", str(case_id)))
            for at, by, case_id in broken
            if by in people
        ],
        night=(
            time.fromisoformat(settings.value("access.night_from")),
            time.fromisoformat(settings.value("access.night_to")),
        ),
        outside_at_most=settings.count("access.outside_in_a_week"),
    )


def _once_for_each_request(refused: list[Refusal], records: Records) -> list[Access]:
    """Each refusal with the case that was meant, however often one request was written down."""
    found: dict[tuple[object, ...], Access] = {}
    for line, named in refused:
        key = records.of(*named).key if is_of_a_case(*named) else key_of(*named)
        access = Access(line.at, line.actor_id or 0, Record(key=key))
        found.setdefault((line.request_id or line.seq, access.person_id, key), access)
    return list(found.values())


def _people() -> dict[int, Person]:
    """Everybody with whom they ever declared: what was taken back says no less of the week."""
    declared: dict[int, set[str]] = {}
    for row in db.session.scalars(sa.select(DeclaredContact).order_by(DeclaredContact.id)):
        known = {row.point_index, row.address_index, row.postcode_index} - {None}
        declared.setdefault(row.staff_id, set()).update(str(index) for index in known)
    return {
        one.id: Person(
            one.id,
            one.name,
            name_key(one.name.split()[-1]) if one.name.split() else "",
            one.team_id,
            one.team.name if one.team else "",
            one.roles,
            frozenset(declared.get(one.id, ())),
        )
        for one in db.session.scalars(sa.select(Staff).order_by(Staff.id))
    }


Showing = tuple[datetime, int, int]


def _showings(since: datetime, until: datetime) -> list[Showing]:
    """Each time a number or an address was shown: when, to whom, and whose it is."""
    numbers = (
        sa.select(ContactShowing.created_at, ContactShowing.by_id, ContactPoint.victim_id)
        .join(ContactPoint, ContactPoint.id == ContactShowing.contact_point_id)
        .where(ContactShowing.created_at >= since, ContactShowing.created_at < until)
        .order_by(ContactShowing.id)
    )
    homes = (
        sa.select(AddressShowing.created_at, AddressShowing.by_id, Address.victim_id)
        .join(Address, Address.id == AddressShowing.address_id)
        .where(AddressShowing.created_at >= since, AddressShowing.created_at < until)
        .order_by(AddressShowing.id)
    )
    return [
        (at, by, victim_id)
        for query in (numbers, homes)
        for at, by, victim_id in db.session.execute(query)
        if by is not None
    ]


def _numbers_of_defendants(
    since: datetime, until: datetime, people: dict[int, Person]
) -> list[Access]:
    """Each time a defendant's whole number was shown, which the log alone says."""
    return [
        Access(
            line.at,
            line.actor_id or 0,
            Record(key=key_of(line.object_type, line.object_id), is_defendant=True),
        )
        for line in log.opened(OF_DEFENDANTS, since, until)
        if line.actor_id in people
    ]


def _broken(since: datetime, until: datetime) -> list[Showing]:
    query = (
        sa.select(BreakGlass.created_at, BreakGlass.staff_id, BreakGlass.case_id)
        .where(BreakGlass.created_at >= since, BreakGlass.created_at < until)
        .order_by(BreakGlass.id)
    )
    return [(at, by, case_id) for at, by, case_id in db.session.execute(query)]
