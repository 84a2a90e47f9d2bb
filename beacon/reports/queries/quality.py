"""What is missing or contradicts itself in the cases that a person may open, by team."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.accounts.models import Team
from beacon.cases.models import CaseFile, Crime, NeedsAssessment
from beacon.cases.queries.caseload import NAME, name_of
from beacon.cases.terms import CaseStatus, CrimeKind, Stage
from beacon.core import clock, scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.courts.models import Defendant, Hearing
from beacon.courts.terms import ON_THE_LIST
from beacon.fraud_hub.models import BankClaim, Loss
from beacon.people.models import PersonAround, SafeContact, Victim
from beacon.people.terms import Around, Disability, Safe
from beacon.plans.models import Closing
from beacon.reports.rules.bands import NO_TEAM
from beacon.reports.terms.quality import Check
from beacon.web.paging import PAGE_SIZE, Cursor, Key, Page, read_page

Condition = sa.ColumnElement[bool]
WEEK, MONTH, YEAR = timedelta(days=7), timedelta(days=28), timedelta(days=365)
ADULT_AT = 18


@dataclass(frozen=True, kw_only=True)
class Lack:
    """One case in which something is missing, and whose page mends it."""

    case_id: int
    victim_id: int
    reference: str
    victim_name: str
    team: str


def lacking(viewer: Viewer, today: date) -> dict[Check, Counter[str]]:
    """How many cases there are of each check, by team: one statement, whatever there is."""
    wrong = conditions(today)
    query = (
        sa.select(Team.name, *(_number(one).label(check.name) for check, one in wrong.items()))
        .select_from(CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .where(scope.condition(viewer, CaseFile))
        .group_by(Team.name)
    )
    found: dict[Check, Counter[str]] = {check: Counter() for check in Check}
    for name, *numbers in db.session.execute(query):
        for check, number in zip(wrong, numbers, strict=True):
            found[check][name or NO_TEAM] += int(number or 0)
    return found


def _number(condition: Condition) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


@dataclass(frozen=True, kw_only=True)
class LackList:
    """The cases of one check, and of one team where it is asked for, the oldest first."""

    viewer: Viewer
    check: Check
    today: date
    team: str = ""

    def page(self, cursor: Cursor | None = None, *, size: int = PAGE_SIZE) -> Page[Lack]:
        """One page of those that the viewer may open."""
        query: sa.Select[*tuple[Any, ...]] = (
            sa.select(CaseFile.id, CaseFile.victim_id, CaseFile.reference, Team.name, *NAME)
            .select_from(CaseFile)
            .join(Crime, Crime.id == CaseFile.crime_id)
            .join(Victim, Victim.id == CaseFile.victim_id)
            .outerjoin(Team, Team.id == CaseFile.team_id)
            .where(scope.condition(self.viewer, CaseFile), conditions(self.today)[self.check])
        )
        if self.team == NO_TEAM:
            query = query.where(CaseFile.team_id.is_(None))
        elif self.team:
            query = query.where(Team.name == self.team)
        return read_page(db.session(), query, (Key(CaseFile.id),), cursor, size=size, shape=_lack)


def _lack(row: Any) -> Lack:
    return Lack(
        case_id=row.id,
        victim_id=row.victim_id,
        reference=row.reference,
        victim_name=name_of(row),
        team=row.name or NO_TEAM,
    )


def conditions(today: date) -> dict[Check, Condition]:
    """Of each check, whether a case is one: said of the case, its crime and its victim."""
    is_open = CaseFile.status != CaseStatus.CLOSED
    closed_since = CaseFile.closed_at >= clock.start_of_day(today - YEAR)
    is_of_now = sa.or_(is_open, closed_since)
    return {
        Check.NO_DISTRICT: sa.and_(is_of_now, Crime.district == ""),
        Check.NO_OFFENCE: sa.and_(is_of_now, Crime.offence == "", Crime.kind == CrimeKind.CRIME),
        Check.NO_SAFE_CONTACT: sa.and_(is_open, _before(today, WEEK), sa.not_(_is_asked())),
        Check.NO_MANAGER: sa.and_(
            is_open, CaseFile.enhanced.is_(True), CaseFile.manager_id.is_(None)
        ),
        Check.UNDECIDED: sa.and_(
            is_open, _before(today, WEEK), CaseFile.category_decided_at.is_(None)
        ),
        Check.NO_NEEDS: sa.and_(is_open, _before(today, MONTH), sa.not_(_is_assessed())),
        Check.NO_CLOSE_SCORES: sa.and_(
            CaseFile.status == CaseStatus.CLOSED,
            closed_since,
            _is_assessed(NeedsAssessment.stage == Stage.START),
            sa.not_(_exists(Closing, Closing.assessment_id.is_not(None))),
        ),
        Check.CHILD_ALONE: sa.and_(is_open, _is_child(today), sa.not_(_has_carer())),
        Check.NOT_ASKED: sa.and_(
            is_open,
            _before(today, MONTH),
            Victim.disability == Disability.NOT_ASKED,
            Victim.organisation == "",
        ),
        Check.DATES: sa.and_(
            is_of_now,
            sa.or_(
                Crime.offence_on > sa.func.date(Crime.recorded_at),
                CaseFile.first_contact_at < CaseFile.opened_at,
            ),
        ),
        Check.HEARING_OPEN: sa.and_(is_of_now, _has_hearing_open(today)),
        Check.NO_LOSS: sa.and_(
            is_open,
            Crime.kind == CrimeKind.FRAUD,
            _before(today, MONTH),
            sa.not_(_exists(Loss)),
        ),
        Check.CLAIM_OVER_LOSS: sa.and_(is_of_now, _has_claim_over_loss()),
    }


def _before(today: date, time: timedelta) -> Condition:
    return CaseFile.opened_at < clock.start_of_day(today - time)


def _exists(model: Any, *conditions: Condition) -> Condition:
    return sa.exists().where(model.case_id == CaseFile.id, *conditions)


def _is_assessed(*conditions: Condition) -> Condition:
    return _exists(NeedsAssessment, *conditions)


def _is_asked() -> Condition:
    return sa.exists().where(
        SafeContact.victim_id == CaseFile.victim_id, SafeContact.overall != Safe.NOT_ASKED
    )


def _is_child(today: date) -> Condition:
    day = min(today.day, 28)
    return Victim.date_of_birth > today.replace(year=today.year - ADULT_AT, day=day)


def _has_carer() -> Condition:
    return sa.exists().where(
        PersonAround.victim_id == CaseFile.victim_id,
        PersonAround.kind.in_((Around.SPEAKS_FOR, Around.NEXT_OF_KIN)),
        PersonAround.retired_at.is_(None),
    )


def _has_hearing_open(today: date) -> Condition:
    return sa.exists().where(
        Defendant.crime_key == Crime.reference_key,
        Hearing.defendant_id == Defendant.id,
        Hearing.status.in_(ON_THE_LIST),
        Hearing.outcome.is_(None),
        Hearing.held_on.between(today - YEAR, today - WEEK),
    )


def _has_claim_over_loss() -> Condition:
    return sa.exists().where(
        BankClaim.case_id == CaseFile.id,
        Loss.id == BankClaim.loss_id,
        BankClaim.amount_pence > Loss.amount_pence,
    )
