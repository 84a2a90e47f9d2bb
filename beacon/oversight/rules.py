"""What counts as unusual access in a week: each rule is one function over the week's rows (U-12).

A line says that somebody should look, never that anybody did wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from beacon.core import clock
from beacon.core.roles import Role

SHOWINGS_MANY = 10  # numbers and addresses of others' cases and of defendants, by one person
REFUSALS_MANY = 3  # of one record to one person
EYES_MANY = 6  # people beside its manager who opened one record


class Unusual(StrEnum):
    """Why an access is on the list."""

    SURNAME = "surname"
    DECLARED = "declared"
    NIGHT = "night"
    OUTSIDE = "outside"
    SHOWINGS = "showings"
    REFUSALS = "refusals"
    GLASS = "glass"
    MANY_EYES = "many_eyes"

    @property
    def label(self) -> str:
        """The rule as the list says it."""
        return {
            "surname": "Opened the record of somebody with the same surname",
            "declared": "Opened a record with a number or home that they had declared",
            "night": "Opened records at night",
            "outside": "Opened many cases outside the team",
            "showings": "Asked for many numbers or addresses, of others' cases or of defendants",
            "refusals": "Was refused the same record again and again",
            "glass": "Broke the glass",
            "many_eyes": "One record, opened by many people",
        }[self]


@dataclass(frozen=True)
class Person:
    """One member of staff, as the rules need to know them."""

    id: int
    name: str
    surname_key: str
    team_id: int | None = None
    team: str = ""
    roles: frozenset[Role] = frozenset()
    declared: frozenset[str] = frozenset()  # keyed indexes, never the numbers themselves


@dataclass(frozen=True)
class Record:
    """One case, or a person without one, as the rules need to know it."""

    key: str  # what tells it apart: its reference, or the kind and number
    surname_key: str = ""
    indexes: frozenset[str] = frozenset()
    case_id: int | None = None
    team_id: int | None = None
    manager_id: int | None = None
    is_fraud: bool = False
    is_defendant: bool = False


@dataclass(frozen=True)
class Access:
    """One time that somebody opened a record, was shown a number of it, or was refused it."""

    at: datetime
    person_id: int
    record: Record


@dataclass(frozen=True)
class Finding:
    """One line of the list: which rule, who, of which records, how often and when."""

    rule: Unusual
    person_id: int | None
    records: tuple[str, ...]
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, kw_only=True)
class Week:
    """What was done in a week, and by what measure it is judged."""

    people: Mapping[int, Person]
    opened: Sequence[Access] = ()
    shown: Sequence[Access] = ()
    refused: Sequence[Access] = ()
    broken: Sequence[Access] = ()
    night: tuple[time, time] = (time(22), time(6))
    outside_at_most: int = 20


def is_theirs(person: Person, record: Record) -> bool:
    """Whether the record is the person's own work: their caseload, or what they are here for.

    A defendant's whole number is nobody's daily work: reminders go out without it.
    """
    if record.is_defendant:
        return False
    if record.manager_id == person.id:
        return True
    if Role.FRAUD_OFFICER in person.roles and record.is_fraud:
        return True
    return Role.INTAKE_OFFICER in person.roles and record.manager_id is None


def is_in_team(person: Person, record: Record) -> bool:
    """Whether the record is the person's own work or their team's."""
    of_team = record.team_id is not None and record.team_id == person.team_id
    return of_team or is_theirs(person, record)


def is_night(at: datetime, night: tuple[time, time]) -> bool:
    """Whether it was night in London; a night goes over midnight."""
    begins, ends = night
    hour = clock.london(at).time()
    return hour >= begins or hour < ends if begins > ends else begins <= hour < ends


def same_surname(week: Week) -> list[Finding]:
    """A record of somebody who bears the same surname as the member of staff."""
    return _by_person(
        Unusual.SURNAME,
        (
            one
            for one in week.opened
            if one.record.surname_key
            and one.record.surname_key == week.people[one.person_id].surname_key
        ),
    )


def declared(week: Week) -> list[Finding]:
    """A record with a number, a postcode or an address that the member of staff has declared."""
    return _by_person(
        Unusual.DECLARED,
        (one for one in week.opened if one.record.indexes & week.people[one.person_id].declared),
    )


def at_night(week: Week) -> list[Finding]:
    """Records opened at night."""
    return _by_person(Unusual.NIGHT, (one for one in week.opened if is_night(one.at, week.night)))


def outside_the_team(week: Week) -> list[Finding]:
    """More cases outside the team than one person may open in a week without being listed."""
    found = _by_person(
        Unusual.OUTSIDE,
        (
            one
            for one in week.opened
            if one.record.case_id is not None
            and not is_in_team(week.people[one.person_id], one.record)
        ),
    )
    return [one for one in found if len(one.records) > week.outside_at_most]


def many_showings(week: Week) -> list[Finding]:
    """Many numbers or addresses of records that are not the person's own work, or of defendants."""
    found = _by_person(
        Unusual.SHOWINGS,
        (one for one in week.shown if not is_theirs(week.people[one.person_id], one.record)),
    )
    return [one for one in found if one.count >= SHOWINGS_MANY]


def refused_again(week: Week) -> list[Finding]:
    """The same record refused to the same person, several times."""
    times: dict[tuple[int, str], list[Access]] = {}
    for one in week.refused:
        times.setdefault((one.person_id, one.record.key), []).append(one)
    often = (one for rows in times.values() if len(rows) >= REFUSALS_MANY for one in rows)
    return _by_person(Unusual.REFUSALS, often)


def broke_the_glass(week: Week) -> list[Finding]:
    """Every breaking of the glass."""
    return _by_person(Unusual.GLASS, week.broken)


def many_eyes(week: Week) -> list[Finding]:
    """One record that many people opened, beside whoever answers for it."""
    eyes: dict[str, list[Access]] = {}
    for one in week.opened:
        if one.record.manager_id != one.person_id:
            eyes.setdefault(one.record.key, []).append(one)
    return [
        Finding(
            Unusual.MANY_EYES,
            None,
            (key,),
            len({one.person_id for one in rows}),
            min(one.at for one in rows),
            max(one.at for one in rows),
        )
        for key, rows in eyes.items()
        if len({one.person_id for one in rows}) >= EYES_MANY
    ]


RULES: tuple[Callable[[Week], list[Finding]], ...] = (
    same_surname,
    declared,
    at_night,
    outside_the_team,
    many_showings,
    refused_again,
    broke_the_glass,
    many_eyes,
)


def judge(week: Week) -> list[Finding]:
    """Every line of the week, rule by rule, the most frequent first."""
    return [
        one for rule in RULES for one in sorted(rule(week), key=lambda one: (-one.count, one.first))
    ]


def _by_person(rule: Unusual, rows: Iterable[Access]) -> list[Finding]:
    """One line for each person, however many records they are."""
    of: dict[int, list[Access]] = {}
    for one in rows:
        of.setdefault(one.person_id, []).append(one)
    return [
        Finding(
            rule,
            person_id,
            tuple(dict.fromkeys(one.record.key for one in found)),
            len(found),
            min(one.at for one in found),
            max(one.at for one in found),
        )
        for person_id, found in of.items()
    ]
