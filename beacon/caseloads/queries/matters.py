"""What cases ask of whoever takes them: skills, district, language, and who knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.caseloads.queries.weighing import weigh
from beacon.caseloads.rules import Matter, needed_on
from beacon.caseloads.terms import Skill
from beacon.cases.models import CaseFile, CaseGround, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.entitlements.terms import EnhancedGround
from beacon.people import queries as people
from beacon.people.models import PersonLink, Victim
from beacon.people.terms import LinkState

SKILLS_OF_GROUNDS: Mapping[EnhancedGround, Skill] = {
    EnhancedGround.DOMESTIC_ABUSE: Skill.DOMESTIC_ABUSE,
    EnhancedGround.SEXUAL_OFFENCE: Skill.SEXUAL_VIOLENCE,
    EnhancedGround.HATE_CRIME: Skill.HATE_CRIME,
    EnhancedGround.TRAFFICKING: Skill.MODERN_SLAVERY,
    EnhancedGround.BEREAVED: Skill.BEREAVEMENT,
    EnhancedGround.UNDER_18: Skill.YOUNG_PEOPLE,
    EnhancedGround.PERSISTENTLY_TARGETED: Skill.STALKING,
}
SKILLS_OF_KINDS = {CrimeKind.FRAUD: Skill.FRAUD, CrimeKind.ASB: Skill.ASB}
STALKING_WORDS = ("stalk", "harass")
THEM, FAMILY = "has worked with them before", "knows the family"
ENGLISH = frozenset({"", "english"})


def matters(cases: Sequence[CaseFile], barred: Mapping[int, frozenset[int]]) -> list[Matter]:
    """What each of these cases asks, in the same number of statements however many they are.

    `barred` is who must take no part, by the number of the victim.
    """
    ids = sa.select(CaseFile.id).where(CaseFile.id.in_([case.id for case in cases]))
    weighed, grounds, knows = weigh(ids), _grounds(ids), _knows(ids)
    today = clock.today()
    rows = db.session.execute(
        sa.select(CaseFile, Crime, Victim.language, Victim.interpreter)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(CaseFile.id.in_(ids))
    )
    found = {
        case.id: Matter(
            case_id=case.id,
            points=weighed[case.id].weight.points,
            needed_on=needed_on(today, case.next_due_on, enhanced=case.enhanced),
            skills=_skills(case, crime, grounds.get(case.id, set())),
            district=crime.district,
            language=_language(language, interpreter),
            team_id=case.team_id,
            knows=knows.get(case.id, {}),
            barred=barred.get(case.victim_id, frozenset()),
        )
        for case, crime, language, interpreter in rows
    }
    return [found[case.id] for case in cases if case.id in found]


def barred_from_one(victim_id: int) -> dict[int, frozenset[int]]:
    """Who must take no part with one victim."""
    return {victim_id: frozenset(people.staff_in_conflict(victim_id))}


def barred_from_many(
    victim_ids: Sequence[int], staff: Sequence[Staff]
) -> dict[int, frozenset[int]]:
    """The same of many victims: asked once of each person, however many the victims."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in staff:
        viewer = Actor(kind="staff", id=one.id, name=one.name, team_id=one.team_id, roles=one.roles)
        for victim_id in people.known_as_kin(viewer, victim_ids):
            found[victim_id].add(one.id)
    return {victim_id: frozenset(ids) for victim_id, ids in found.items()}


def _grounds(cases: sa.Select[int]) -> dict[int, set[EnhancedGround]]:
    """The grounds that hold, or are proposed and undecided."""
    found: defaultdict[int, set[EnhancedGround]] = defaultdict(set)
    for row in db.session.execute(
        sa.select(CaseGround.case_id, CaseGround.ground).where(
            CaseGround.case_id.in_(cases), CaseGround.holds.is_not(False)
        )
    ):
        found[row.case_id].add(row.ground)
    return found


def _skills(case: CaseFile, crime: Crime, grounds: set[EnhancedGround]) -> tuple[Skill, ...]:
    wanted = {SKILLS_OF_GROUNDS[one] for one in grounds if one in SKILLS_OF_GROUNDS}
    if case.domestic_abuse:
        wanted.add(Skill.DOMESTIC_ABUSE)
    if any(word in crime.offence.casefold() for word in STALKING_WORDS):
        wanted.add(Skill.STALKING)
    if crime.kind in SKILLS_OF_KINDS:
        wanted.add(SKILLS_OF_KINDS[crime.kind])
    return tuple(skill for skill in Skill if skill in wanted)


def _language(language: str, interpreter: str) -> str:
    """The language in which they need somebody; none where English will do."""
    wanted = interpreter or language
    return "" if wanted.casefold() in ENGLISH else wanted


def _knows(cases: sa.Select[int]) -> dict[int, dict[int, str]]:
    """Whoever answers, or answered, for a case of the same person, or of one beside them."""
    own, other = aliased(CaseFile), aliased(CaseFile)
    linked = PersonLink.state == LinkState.LINKED
    given = (
        own.id.in_(cases),
        other.id != own.id,
        other.manager_id.is_not(None),
        other.erased_at.is_(None),
    )
    either = (
        (PersonLink.victim_id, PersonLink.other_id),
        (PersonLink.other_id, PersonLink.victim_id),
    )
    pairs = [
        sa.select(own.id, other.manager_id, sa.literal(THEM).label("how"))
        .join(other, other.victim_id == own.victim_id)
        .where(*given),
        *(
            sa.select(own.id, other.manager_id, sa.literal(THEM).label("how"))
            .join(PersonLink, mine == own.victim_id)
            .join(other, other.victim_id == theirs)
            .where(linked, *given)
            for mine, theirs in either
        ),
        sa.select(own.id, other.manager_id, sa.literal(FAMILY).label("how"))
        .join(other, other.crime_id == own.crime_id)
        .where(other.victim_id != own.victim_id, *given),
    ]
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for row in db.session.execute(sa.union(*pairs)):
        before = found[row.id].get(row.manager_id)
        found[row.id][row.manager_id] = THEM if before == THEM else row.how
    return found
