"""What is known of case managers: pattern, leave, cover, skills, and what they carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.caseloads.models import Leave, ManagerStrength, WorkPattern
from beacon.caseloads.queries.weighing import loads_of
from beacon.caseloads.rules import (
    Absence,
    Person,
    Weighed,
    capacity_of,
    days_in_words,
    hours_in_words,
    is_away,
)
from beacon.caseloads.terms import USUAL_DAYS, Skill, StrengthKind, district_key
from beacon.cases.terms import GRANTS, CasePermission
from beacon.core import clock, settings
from beacon.core.db import db
from beacon.core.errors import NotFound
from beacon.core.roles import Role
from beacon.core.scope import Viewer

WORKERS = tuple(sorted(GRANTS[CasePermission.WORK]))
Strengths = Mapping[StrengthKind, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """When somebody works and how much they carry: as it was set, or as it is for everybody."""

    days: str = USUAL_DAYS
    half_hours: int
    set_capacity: int | None = None
    capacity: int
    takes_new: bool
    version: int = 0  # nought where nothing was set

    @property
    def days_said(self) -> str:
        """Monday to Friday."""
        return days_in_words(self.days)

    @property
    def hours_said(self) -> str:
        """37, or 18.5."""
        return hours_in_words(self.half_hours)


@dataclass(frozen=True, kw_only=True)
class Manager:
    """One person who answers for cases, as the team leader knows them."""

    staff: Staff
    pattern: Pattern
    strengths: Strengths = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    cases: Sequence[Weighed] = ()

    @property
    def points(self) -> int:
        """What their open cases weigh."""
        return sum(one.weight.points for one in self.cases)

    @property
    def skills(self) -> list[Skill]:
        """Their skills, in the order of the list."""
        held = set(self.strengths.get(StrengthKind.SKILL, ()))
        return [skill for skill in Skill if skill.value in held]

    def person(self) -> Person:
        """As the rule of proposals knows them."""
        return Person(
            staff_id=self.staff.id,
            name=self.staff.name,
            team_id=self.staff.team_id,
            points=self.points,
            capacity=self.pattern.capacity,
            takes_new=self.pattern.takes_new,
            days=self.pattern.days,
            absences=self.absences,
            last_day=self.staff.ends_on,
            skills=frozenset(self.skills),
            districts=frozenset(
                district_key(one) for one in self.strengths.get(StrengthKind.DISTRICT, ())
            ),
            languages=frozenset(
                one.casefold() for one in self.strengths.get(StrengthKind.LANGUAGE, ())
            ),
        )


def managers(people: Sequence[Staff]) -> list[Manager]:
    """These people with all that is known of them, in the same number of statements."""
    ids = [one.id for one in people]
    patterns, strengths = _patterns(ids), _strengths(ids)
    absences, cases = absences_of(ids, from_day=clock.today()), loads_of(ids)
    full = _full()
    return [
        Manager(
            staff=one,
            pattern=_pattern(one, patterns.get(one.id), full),
            strengths=strengths.get(one.id, {}),
            absences=tuple(absences.get(one.id, ())),
            cases=cases.get(one.id, ()),
        )
        for one in people
    ]


def who_manages() -> list[Staff]:
    """Everybody who works here and may answer for cases, by name."""
    return accounts.holding(*WORKERS)


def led_by(viewer: Viewer) -> list[Staff]:
    """Whom this leader leads, by name: their team; and who works in no team."""
    return [one for one in who_manages() if one.team_id in {viewer.team_id, None}]


def get_led(viewer: Viewer, staff_id: int) -> Staff:
    """One of those whom this leader leads; anybody else is not there."""
    found = next((one for one in led_by(viewer) if one.id == staff_id), None)
    if found is None or Role.TEAM_LEADER not in viewer.roles:
        raise NotFound
    return found


def absences_of(staff_ids: Collection[int], *, from_day: date) -> dict[int, list[Absence]]:
    """The days away of these people that are not over by a day, the earliest first."""
    found: defaultdict[int, list[Absence]] = defaultdict(list)
    for row in db.session.execute(
        sa.select(Leave.staff_id, Leave.starts_on, Leave.ends_on)
        .where(
            Leave.staff_id.in_(staff_ids),
            Leave.ends_on >= from_day,
            Leave.taken_back_at.is_(None),
        )
        .order_by(Leave.starts_on, Leave.id)
    ):
        found[row.staff_id].append(Absence(row.starts_on, row.ends_on))
    return dict(found)


def is_off(staff_id: int, day: date) -> bool:
    """Whether this person does not work on that weekday, or is on leave then."""
    pattern = _patterns([staff_id]).get(staff_id)
    works = str(day.isoweekday()) in (pattern.days if pattern else USUAL_DAYS)
    return not works or is_away(absences_of([staff_id], from_day=day).get(staff_id, ()), day)


def leave_of(staff_id: int) -> list[Leave]:
    """The leave of one person that is not over, the next first."""
    return list(
        db.session.scalars(
            sa.select(Leave)
            .where(
                Leave.staff_id == staff_id,
                Leave.ends_on >= clock.today(),
                Leave.taken_back_at.is_(None),
            )
            .order_by(Leave.starts_on, Leave.id)
        )
    )


def get_leave(viewer: Viewer, leave_id: int) -> Leave:
    """Leave of one's own, or of somebody whom one leads."""
    leave = db.session.get(Leave, leave_id)
    if leave is None:
        raise NotFound
    if leave.staff_id != viewer.id:
        get_led(viewer, leave.staff_id)
    return leave


def _patterns(ids: Collection[int]) -> dict[int, WorkPattern]:
    rows = db.session.scalars(sa.select(WorkPattern).where(WorkPattern.staff_id.in_(ids)))
    return {row.staff_id: row for row in rows}


def _strengths(ids: Collection[int]) -> dict[int, dict[StrengthKind, list[str]]]:
    found: defaultdict[int, dict[StrengthKind, list[str]]] = defaultdict(dict)
    for row in db.session.execute(
        sa.select(ManagerStrength.staff_id, ManagerStrength.kind, ManagerStrength.word)
        .where(ManagerStrength.staff_id.in_(ids))
        .order_by(ManagerStrength.kind, ManagerStrength.word)
    ):
        found[row.staff_id].setdefault(row.kind, []).append(row.word)
    return found


def _full() -> tuple[int, int]:
    return settings.count("caseload.full_points"), settings.count("caseload.full_hours")


def _pattern(person: Staff, row: WorkPattern | None, full: tuple[int, int]) -> Pattern:
    """As it was set; else a full week, and new cases for all but those who lead alone."""
    full_points, full_hours = full
    if row is None:
        leads_alone = person.roles.isdisjoint({Role.CASE_MANAGER, Role.FRAUD_OFFICER})
        return Pattern(half_hours=2 * full_hours, capacity=full_points, takes_new=not leads_alone)
    by_hours = capacity_of(row.half_hours, full_points=full_points, full_hours=full_hours)
    return Pattern(
        days=row.days,
        half_hours=row.half_hours,
        set_capacity=row.capacity,
        capacity=by_hours if row.capacity is None else row.capacity,
        takes_new=row.takes_new,
        version=row.version,
    )
