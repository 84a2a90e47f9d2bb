"""Whom to give a case to, and why: a rule over facts, the same each time it is asked.

Never over capacity, never somebody who must take no part, never on leave on the first day that the
case needs them, never somebody who takes no new cases. Of the others, whoever fits best for the
least load: what is missing counts as load, and knowing the family counts against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from beacon.caseloads.rules.patterns import Absence, first_day_in, is_away
from beacon.caseloads.terms import USUAL_DAYS, WEEKDAYS, Skill, district_key

AT_MOST = 3
# Hundredths of a full load that each of these counts as.
NO_SKILL, NO_LANGUAGE, OTHER_TEAM, OTHER_DISTRICT = 40, 25, 20, 10
KNOWS_THEM = -60
FULL, NO_NEW, AWAY, NOT_IN = "full", "no_new", "away", "not_in"


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one case manager on the day the rule is asked."""

    staff_id: int
    name: str
    team_id: int | None = None
    points: int = 0
    capacity: int = 0
    takes_new: bool = True
    days: str = USUAL_DAYS
    absences: tuple[Absence, ...] = ()
    last_day: date | None = None
    skills: frozenset[Skill] = frozenset()
    districts: frozenset[str] = frozenset()  # as district_key writes them
    languages: frozenset[str] = frozenset()  # in small letters

    @property
    def load(self) -> int:
        """How full they are, in hundredths; who carries nothing at all is full."""
        return 100 * self.points // self.capacity if self.capacity else 100


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What one case asks of whoever takes it."""

    case_id: int
    points: int
    needed_on: date
    skills: tuple[Skill, ...] = ()
    district: str = ""
    language: str = ""
    team_id: int | None = None
    knows: Mapping[int, str] = field(default_factory=dict)  # how somebody knows them already
    barred: frozenset[int] = frozenset()  # who must take no part, for whatever reason


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One person against one case: whether they may have it, how well it fits, and in words."""

    person: Person
    words: str
    cost: int
    bar: str = ""  # why they are not proposed; empty where they may be

    @property
    def fits(self) -> bool:
        """Whether the rule may propose them."""
        return not self.bar

    @property
    def is_full(self) -> bool:
        """Whether the case would take them over what they carry."""
        return self.bar == FULL


def propose(matter: Matter, people: Iterable[Person], *, today: date) -> list[Judged]:
    """Everybody who may be asked, the best first: the first three are the proposal.

    Whoever must take no part is not among them, and nothing says why. Ties go by name.
    """
    judged = [
        judge(matter, one, today=today) for one in people if one.staff_id not in matter.barred
    ]
    return sorted(judged, key=lambda one: (not one.fits, one.cost, *_name(one.person)))


def proposed(judged: Iterable[Judged], *, but: int | None = None) -> list[Judged]:
    """The three whom the rule proposes; whoever has the case already is none of them."""
    return [one for one in judged if one.fits and one.person.staff_id != but][:AT_MOST]


def judge(matter: Matter, person: Person, *, today: date) -> Judged:
    """One person against one case."""
    day_in = first_day_in(person.days, person.absences, today)
    bar = _bar(matter, person, day_in)
    return Judged(
        person=person,
        words=", ".join(_words(matter, person, day_in, today)),
        cost=_cost(matter, person),
        bar=bar,
    )


def nobody_because(judged: Collection[Judged]) -> str:
    """Why nobody is proposed, in counts: 4 carry all they can, 2 are away."""
    counts = Counter(one.bar for one in judged if one.bar)
    said = {
        FULL: ("carries all they can", "carry all they can"),
        AWAY: ("is away on the day it needs them", "are away on the day it needs them"),
        NOT_IN: ("is not in by then", "are not in by then"),
        NO_NEW: ("takes no new cases", "take no new cases"),
    }
    parts = [
        f"{counts[bar]} {one if counts[bar] == 1 else many}"
        for bar, (one, many) in said.items()
        if counts[bar]
    ]
    return ", ".join(parts)


def _bar(matter: Matter, person: Person, day_in: date | None) -> str:
    if not person.takes_new:
        return NO_NEW
    if is_away(person.absences, matter.needed_on):
        return AWAY
    gone = person.last_day is not None and person.last_day <= matter.needed_on
    if gone or day_in is None or day_in > matter.needed_on:
        return NOT_IN
    return FULL if person.points + matter.points > person.capacity else ""


def _cost(matter: Matter, person: Person) -> int:
    missing = [skill for skill in matter.skills if skill not in person.skills]
    cost = person.load + NO_SKILL * len(missing)
    if matter.language and not _speaks(matter, person):
        cost += NO_LANGUAGE
    if matter.team_id is not None and person.team_id != matter.team_id:
        cost += OTHER_TEAM
    if person.districts and matter.district and not _works_there(matter, person):
        cost += OTHER_DISTRICT
    return cost + (KNOWS_THEM if person.staff_id in matter.knows else 0)


def _words(matter: Matter, person: Person, day_in: date | None, today: date) -> list[str]:
    said = [f"{person.points} of {person.capacity} points"]
    if person.staff_id in matter.knows:
        said.append(matter.knows[person.staff_id])
    has = [skill.words for skill in matter.skills if skill in person.skills]
    lacks = [skill.words for skill in matter.skills if skill not in person.skills]
    said += [f"trained in {' and '.join(has)}"] if has else []
    said += [f"no training in {' or '.join(lacks)} recorded"] if lacks else []
    if _speaks(matter, person):
        said.append(f"speaks {matter.language}")
    if _works_there(matter, person):
        said.append(f"works in {matter.district}")
    if not person.takes_new:
        said.append("takes no new cases")
    said.append(_in_words(matter, person, day_in, today))
    return said


def _in_words(matter: Matter, person: Person, day_in: date | None, today: date) -> str:
    if is_away(person.absences, matter.needed_on):
        return f"away on {_day(matter.needed_on, today)}"
    return "not in for months" if day_in is None else f"in {_when(day_in, today)}"


def _when(day: date, today: date) -> str:
    if day <= today + timedelta(days=1):
        return "today" if day <= today else "tomorrow"
    return f"on {_day(day, today)}"


def _day(day: date, today: date) -> str:
    if day < today + timedelta(days=7):
        return WEEKDAYS[day.weekday()]
    return f"{day.day} {day:%B}"


def _speaks(matter: Matter, person: Person) -> bool:
    return bool(matter.language) and matter.language.casefold() in person.languages


def _works_there(matter: Matter, person: Person) -> bool:
    return bool(matter.district) and district_key(matter.district) in person.districts


def _name(person: Person) -> tuple[str, int]:
    return person.name.casefold(), person.staff_id
