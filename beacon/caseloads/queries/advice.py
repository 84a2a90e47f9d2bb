"""Whom to give cases to: the rule asked of everybody who may take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from beacon.accounts import queries as accounts
from beacon.accounts.models import Staff
from beacon.caseloads.queries.matters import barred_from_many, barred_from_one, matters
from beacon.caseloads.queries.people import WORKERS, managers
from beacon.caseloads.queries.weighing import weigh_one
from beacon.caseloads.rules import Judged, Matter, Person, nobody_because, propose, proposed
from beacon.cases.choosing import Advice, Candidate
from beacon.cases.models import CaseFile
from beacon.cases.queries.managers import FOR_ANY_CRIME
from beacon.cases.terms import CrimeKind
from beacon.core import clock
from beacon.core.actor import Actor

NOBODY = "Nobody is proposed: {}."
NO_ONE_HERE = "Nobody who works here may take this case."


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One case of a hand-over, with whom the rule proposes for it and everybody who may have it."""

    matter: Matter
    judged: Sequence[Judged]

    @property
    def first(self) -> Judged | None:
        """Whom the rule proposes first; None where it proposes nobody."""
        return next((one for one in self.judged if one.fits), None)

    @property
    def because(self) -> str:
        """Why nobody is proposed, in counts."""
        return nobody_because(self.judged)


def who_may_take(kind: CrimeKind) -> list[Staff]:
    """Everybody who works here and may answer for a case of this kind, by name."""
    able = WORKERS if kind is CrimeKind.FRAUD else tuple(set(WORKERS) & set(FOR_ANY_CRIME))
    return accounts.holding(*able)


def judged_for(case: CaseFile) -> list[Judged]:
    """Everybody who may take this case, as things stand now: the best first.

    Whoever has it now is among them, judged as if they did not.
    """
    (matter,) = matters([case], barred_from_one(case.victim_id))
    people = [one.person() for one in managers(who_may_take(case.crime.kind))]
    return propose(matter, _without_it(matter, people, case.manager_id), today=clock.today())


def advise(viewer: Actor, case: CaseFile) -> Advice:
    """The advice on one case, with the three proposed in front and the others by team and name."""
    judged = judged_for(case)
    teams = {team.id: team.name for team in accounts.teams()}
    best = proposed(judged, but=case.manager_id)
    others = sorted(
        (one for one in judged if one not in best),
        key=lambda one: (one.person.team_id != viewer.team_id, one.person.name.casefold()),
    )
    because = nobody_because(judged)
    return Advice(
        weighs=weigh_one(case.id).sentence,
        candidates=[
            *(_candidate(one, teams, is_proposed=True) for one in best),
            *(_candidate(one, teams, is_proposed=False) for one in others),
        ],
        nobody="" if best else NOBODY.format(because) if because else NO_ONE_HERE,
    )


def plan(cases: Sequence[CaseFile], *, but: int) -> list[Planned]:
    """Whom to give each of these cases, one after another: each counts in the load of the next.

    The heaviest come first, while there is room; in the same number of statements however many.
    """
    staff = [one for one in accounts.holding(*WORKERS) if one.id != but]
    people = {one.staff.id: one.person() for one in managers(staff)}
    of_any = {one.id for one in staff if not one.roles.isdisjoint(FOR_ANY_CRIME)}
    asked = matters(cases, barred_from_many([case.victim_id for case in cases], staff))
    fraud = {case.id for case in cases if case.crime.kind is CrimeKind.FRAUD}
    planned = []
    for matter in sorted(asked, key=lambda one: (-one.points, one.case_id)):
        able = [one for one in people.values() if matter.case_id in fraud or one.staff_id in of_any]
        found = Planned(matter=matter, judged=propose(matter, able, today=clock.today()))
        if found.first is not None:
            taker = found.first.person
            people[taker.staff_id] = replace(taker, points=taker.points + matter.points)
        planned.append(found)
    return planned


def _without_it(matter: Matter, people: Iterable[Person], holder: int | None) -> list[Person]:
    return [
        replace(one, points=one.points - matter.points) if one.staff_id == holder else one
        for one in people
    ]


def _candidate(one: Judged, teams: dict[int, str], *, is_proposed: bool) -> Candidate:
    return Candidate(
        staff_id=one.person.staff_id,
        name=one.person.name,
        team=teams.get(one.person.team_id or 0, ""),
        words=one.words,
        is_proposed=is_proposed,
    )
