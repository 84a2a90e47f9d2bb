"""Who may see which cases, and with them everything that hangs on a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.cases.models import (
    AccessReview,
    BreakGlass,
    CaseFact,
    CaseFile,
    CaseGround,
    CaseName,
    CaseOrder,
    CaseTask,
    ContactLog,
    Crime,
    CrimeMilestone,
    DutyReminder,
    FactStepTaken,
    FraudReport,
    InformationRequest,
    Need,
    NeedsAssessment,
    OnDuty,
    ProposedMilestone,
    TimelineEntry,
    UpdateWish,
)
from beacon.cases.terms import CrimeKind
from beacon.core import clock, scope
from beacon.core.roles import Role
from beacon.core.scope import Viewer
from beacon.entitlements.models import Duty
from beacon.people.access import (
    Agreeing,
    agrees_through,
    reached_through,
    victims_in_conflict,
    without_conflict,
)
from beacon.people.models import PersonLink, Victim
from beacon.people.terms import LinkState

Condition = sa.ColumnElement[bool]
Accused = Callable[[sa.Select[int]], sa.Select[int]]
Covering = Callable[[Viewer], Condition]
_accused: list[Accused] = []
_covering: list[Covering] = []


def accused_through(way: Accused) -> None:
    """Register how declarations that stand, joined on, come to the crimes of whom they name."""
    _accused.append(way)


def crimes_of_declared(declared: sa.Select[int]) -> list[sa.Select[int]]:
    """Declarations that stand, each joined to the crimes that the person is accused of."""
    return [way(declared) for way in _accused]


def covered_through(way: Covering) -> None:
    """Register how a viewer comes to answer for a colleague's cases for a while."""
    _covering.append(way)
    _seen_on.cache_clear()


def covered(viewer: Viewer) -> Condition:
    """Cases for which the viewer answers in a colleague's place; never a restricted one."""
    ways = [way(viewer) for way in _covering]
    open_ways = [way for way in ways if not way.compare(sa.false())]
    if not open_ways:
        return sa.false()  # and nothing more: a database would read every case for it
    return sa.and_(CaseFile.restricted.is_(False), sa.or_(*open_ways))


def _harmed(declared: sa.Select[int]) -> list[Agreeing]:
    """The victims in the cases of those crimes (domain.md RULE 7.7)."""
    return [
        (crimes.join(CaseFile, CaseFile.crime_id == Crime.id), CaseFile.victim_id)
        for crimes in crimes_of_declared(declared)
    ]


@dataclass(frozen=True)
class Sight:
    """Of a viewer, all on which it depends what they see: equal ones see the same all day."""

    id: int | None
    team_id: int | None
    agency: str | None
    roles: frozenset[Role]
    is_reading: bool
    is_machine: bool = False


def sight_of(viewer: Viewer) -> Sight:
    """What a statement that says what this viewer sees can be kept by, for the day."""
    return Sight(viewer.id, viewer.team_id, viewer.agency, viewer.roles, viewer.is_reading)


def _cases(viewer: Viewer) -> Condition:
    return _seen_on(sight_of(viewer), clock.today())


# It stands in nearly every statement of a page, and putting it together takes longer than asking.
@lru_cache(maxsize=1_000)
def _seen_on(viewer: Sight, _day: date) -> Condition:
    """The same all day: cover ends with its last day."""
    return _seen_by(viewer)


def _seen_by(viewer: Viewer) -> Condition:
    """By role, any one is enough; a restricted case only for those who are trusted with it.

    An erased case is nobody's, and a case of one's own kin is not one's own (people/access.py). A
    partner agency sees no case, whatever else its user may be.
    """
    ways = [way(viewer) for role, way in _BY_ROLE.items() if role in viewer.roles]
    if not ways or Role.PARTNER in viewer.roles:
        return sa.false()
    named = _named(viewer)
    trusted = [CaseFile.manager_id == viewer.id, named]
    if Role.TEAM_LEADER in viewer.roles:
        trusted += [_own_team(viewer), _nobodys()]
    seen = sa.and_(
        sa.or_(*ways, sa.and_(CaseFile.restricted.is_(True), named)),
        sa.or_(CaseFile.restricted.is_(False), *trusted),
    )
    seen = sa.or_(seen, covered(viewer))
    if viewer.is_reading:
        seen = sa.or_(seen, linked_to_own(viewer), opened_by_glass(viewer))
    return sa.and_(CaseFile.erased_at.is_(None), seen, without_conflict(viewer, CaseFile.victim_id))


def _named(viewer: Viewer) -> Condition:
    """Named on the case, and not taken off again."""
    named = sa.select(CaseName.case_id).where(
        CaseName.staff_id == viewer.id, CaseName.removed_at.is_(None)
    )
    return CaseFile.id.in_(named)


def linked_to_own(viewer: Viewer) -> Condition:
    """Of one crime, one victim or one person with a live case of the viewer's: to be read only."""
    own = aliased(CaseFile)
    live = (
        own.manager_id == viewer.id,
        own.closed_at.is_(None),
        own.erased_at.is_(None),
        own.victim_id.not_in(victims_in_conflict(viewer)),
    )
    victims = sa.select(own.victim_id).where(*live).correlate(None)
    linked = PersonLink.state == LinkState.LINKED
    same_person = sa.union_all(
        victims,
        sa.select(PersonLink.other_id).where(linked, PersonLink.victim_id.in_(victims)),
        sa.select(PersonLink.victim_id).where(linked, PersonLink.other_id.in_(victims)),
    )
    return sa.and_(
        CaseFile.restricted.is_(False),
        sa.or_(
            CaseFile.crime_id.in_(sa.select(own.crime_id).where(*live).correlate(None)),
            CaseFile.victim_id.in_(same_person),
        ),
    )


def opened_by_glass(viewer: Viewer) -> Condition:
    """Opened by breaking the glass, and not yet closed again: to be read only (Z-09, Z-10)."""
    return CaseFile.id.in_(broken_by(viewer))


def broken_by(viewer: Viewer) -> sa.Select[int]:
    """The cases whose glass this viewer has broken; the moment is the one at which it is asked."""
    return sa.select(BreakGlass.case_id).where(
        BreakGlass.staff_id == viewer.id,
        BreakGlass.until
        > sa.bindparam("moment", callable_=clock.now, type_=BreakGlass.until.type, unique=True),
        BreakGlass.ended_at.is_(None),
    )


def _own_team(viewer: Viewer) -> Condition:
    return sa.false() if viewer.team_id is None else CaseFile.team_id == viewer.team_id


def _own_or_team(viewer: Viewer) -> Condition:
    return sa.or_(CaseFile.manager_id == viewer.id, _own_team(viewer))


def _team_or_no_team(viewer: Viewer) -> Condition:
    return sa.or_(_own_or_team(viewer), CaseFile.team_id.is_(None))


def _nobodys() -> Condition:
    """Without a team and a manager: a restricted case too, so that a leader can give it away."""
    return sa.and_(CaseFile.team_id.is_(None), CaseFile.manager_id.is_(None))


def _every(viewer: Viewer) -> Condition:
    return sa.true()


def _fraud(viewer: Viewer) -> Condition:
    return CaseFile.crime_id.in_(sa.select(Crime.id).where(Crime.kind == CrimeKind.FRAUD))


_BY_ROLE = {
    Role.CASE_MANAGER: _own_or_team,
    Role.TEAM_LEADER: _team_or_no_team,
    Role.INTAKE_OFFICER: _every,
    Role.FRAUD_OFFICER: _fraud,
}


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _crimes(viewer: Viewer) -> Condition:
    """A crime is seen through a case of it that may be seen."""
    return sa.exists().where(CaseFile.crime_id == Crime.id, scope.condition(viewer, CaseFile))


def _crime_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.crime_id).where(scope.condition(viewer, CaseFile))


def _assessment_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(NeedsAssessment.id).where(NeedsAssessment.case_id.in_(_case_ids(viewer)))


def _duty_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(Duty.id).where(Duty.case_id.in_(_case_ids(viewer)))


def _victims(viewer: Viewer) -> Condition:
    """A victim is seen through a case that may be seen."""
    return sa.exists().where(CaseFile.victim_id == Victim.id, scope.condition(viewer, CaseFile))


def _reviews(viewer: Viewer) -> Condition:
    """A leader looks at their team's people and cases, an auditor at all; nobody at their kin's."""
    if Role.AUDITOR in viewer.roles:
        whose: Condition = sa.true()
    elif Role.TEAM_LEADER in viewer.roles and viewer.team_id is not None:
        team = sa.select(Staff.id).where(Staff.team_id == viewer.team_id).correlate(None)
        of_team = sa.exists().where(
            CaseFile.id == AccessReview.case_id, CaseFile.team_id == viewer.team_id
        )
        whose = sa.or_(AccessReview.staff_id.in_(team), of_team)
    else:
        return sa.false()
    kin = sa.exists().where(
        CaseFile.id == AccessReview.case_id,
        CaseFile.victim_id.in_(victims_in_conflict(viewer)),
    )
    return sa.and_(whose, sa.not_(kin))


def _fact_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFact.id).where(CaseFact.case_id.in_(_case_ids(viewer)))


def _names(viewer: Viewer) -> Condition:
    return CaseName.case_id.in_(_case_ids(viewer))


agrees_through(_harmed)
reached_through(_victims)
scope.register(AccessReview, _reviews)
scope.register(OnDuty, lambda viewer: sa.literal(Role.TEAM_LEADER in viewer.roles))
scope.register(CaseName, _names)
scope.register(CaseFact, lambda viewer: CaseFact.case_id.in_(_case_ids(viewer)))
scope.register(CaseFile, _cases)
scope.register(CaseGround, lambda viewer: CaseGround.case_id.in_(_case_ids(viewer)))
scope.register(CaseOrder, lambda viewer: CaseOrder.case_id.in_(_case_ids(viewer)))
scope.register(CaseTask, lambda viewer: CaseTask.case_id.in_(_case_ids(viewer)))
scope.register(ContactLog, lambda viewer: ContactLog.case_id.in_(_case_ids(viewer)))
scope.register(Duty, lambda viewer: Duty.case_id.in_(_case_ids(viewer)))
scope.register(DutyReminder, lambda viewer: DutyReminder.duty_id.in_(_duty_ids(viewer)))
scope.register(FactStepTaken, lambda viewer: FactStepTaken.fact_id.in_(_fact_ids(viewer)))
scope.register(InformationRequest, lambda viewer: InformationRequest.case_id.in_(_case_ids(viewer)))
scope.register(Need, lambda viewer: Need.assessment_id.in_(_assessment_ids(viewer)))
scope.register(NeedsAssessment, lambda viewer: NeedsAssessment.case_id.in_(_case_ids(viewer)))
scope.register(TimelineEntry, lambda viewer: TimelineEntry.case_id.in_(_case_ids(viewer)))
scope.register(UpdateWish, lambda viewer: UpdateWish.case_id.in_(_case_ids(viewer)))
scope.register(Crime, _crimes)
scope.register(CrimeMilestone, lambda viewer: CrimeMilestone.crime_id.in_(_crime_ids(viewer)))
scope.register(FraudReport, lambda viewer: FraudReport.crime_id.in_(_crime_ids(viewer)))
scope.register(ProposedMilestone, lambda viewer: ProposedMilestone.crime_id.in_(_crime_ids(viewer)))
