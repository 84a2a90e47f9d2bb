"""Cases that were opened in the period, by whether their victim was reached in time."""

from __future__ import annotations

import operator
from functools import reduce
from typing import Any  # a column of SQL

import sqlalchemy as sa

from beacon.cases import came_by
from beacon.cases.models import CaseFile, CaseGround, Crime
from beacon.cases.terms import CrimeKind
from beacon.core import scope
from beacon.entitlements.codes import FIRST_CONTACT, STANDARD
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState, EnhancedGround
from beacon.people.models import Victim
from beacon.people.terms import Disability, Orientation, Religion
from beacon.referrals.models import Referral
from beacon.referrals.terms import FEED_LABELS, Route
from beacon.reports.queries.counting import age_number
from beacon.reports.queries.outcomes.families import Asked, Family, Select, labelled
from beacon.reports.rules.bands import age_band, ethnicity_row, left_blank, sex
from beacon.reports.rules.figures import Group
from beacon.reports.terms import Contacted, CrimeGroup, Dimension, Subject, Whose
from beacon.reports.terms.crimes import OFFENCE_WORDS

NO_REFERRAL, NO_ROUTE = "Opened without a referral", "Not decided at triage"
OF_GROUNDS = {
    CrimeGroup.SEXUAL: EnhancedGround.SEXUAL_OFFENCE,
    CrimeGroup.HATE: EnhancedGround.HATE_CRIME,
    CrimeGroup.SLAVERY: EnhancedGround.TRAFFICKING,
    CrimeGroup.BEREAVED: EnhancedGround.BEREAVED,
}


def _select(asked: Asked) -> Select:
    grounds = _grounds()
    cuts = (
        came_by.feed().label(Dimension.SOURCE),
        _route().label(Dimension.ROUTE),
        crime_group(grounds.c.flags).label(Dimension.CRIME),
        Crime.district.label(Dimension.DISTRICT),
        whose().label(Dimension.CATEGORY),
        sa.cast(age_number(asked.period.last), sa.String).label(Dimension.AGE),
        Victim.gender.label(Dimension.SEX),
        Victim.ethnicity.label(Dimension.ETHNICITY),
        sa.cast(Victim.disability, sa.String).label(Dimension.DISABILITY),
        sa.cast(Victim.orientation, sa.String).label(Dimension.ORIENTATION),
        sa.cast(Victim.religion, sa.String).label(Dimension.RELIGION),
    )
    first = sa.and_(Duty.case_id == CaseFile.id, Duty.rule == FIRST_CONTACT, Duty.code == STANDARD)
    return (
        sa.select(*labelled(CaseFile.id, CaseFile.id, CaseFile.opened_at, _contacted(asked), *cuts))
        .select_from(CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(Duty, first)
        .outerjoin(grounds, grounds.c.case_id == CaseFile.id)
        .where(asked.within(CaseFile.opened_at), scope.condition(asked.viewer, CaseFile))
    )


def _contacted(asked: Asked) -> sa.ColumnElement[str]:
    """What became of our own limit for the first contact."""
    running = Duty.state.in_((DutyState.OPEN, DutyState.PAUSED))
    past = sa.and_(Duty.state == DutyState.OPEN, Duty.due_on < asked.today)
    return sa.case(
        (Duty.state == DutyState.MET, Contacted.IN_TIME.value),
        (Duty.state == DutyState.MET_LATE, Contacted.LATE.value),
        (past, Contacted.MISSED.value),
        (running, Contacted.WAITING.value),
        else_=Contacted.NOT_COUNTED.value,
    )


def _route() -> sa.ColumnElement[str]:
    """Which way its first referral went at triage."""
    first = (
        sa.select(sa.cast(Referral.route, sa.String))
        .where(Referral.case_id == CaseFile.id)
        .order_by(Referral.id)
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(first, "")


def _grounds() -> sa.Subquery:
    """Of each case which of the grounds that name a kind of crime hold, or are proposed."""
    bits = [
        sa.func.max(sa.case((CaseGround.ground == ground, 1 << number), else_=0))
        for number, ground in enumerate(OF_GROUNDS.values())
    ]
    flags = reduce(operator.add, bits).label("flags")
    holds = CaseGround.holds.is_not(False)
    return sa.select(CaseGround.case_id, flags).where(holds).group_by(CaseGround.case_id).subquery()


def crime_group(flags: Any) -> sa.ColumnElement[str]:
    """The first group that fits, from the top of the list (``CrimeGroup``)."""
    known = sa.func.coalesce(flags, 0)
    by_ground = [
        (known.op("&")(1 << number) != 0, group.value) for number, group in enumerate(OF_GROUNDS)
    ]
    words = sa.func.lower(Crime.offence)
    by_words = [
        (sa.or_(*(words.contains(one) for one in some)), group.value)
        for group, some in OFFENCE_WORDS.items()
    ]
    return sa.case(
        (Crime.kind == CrimeKind.FRAUD, CrimeGroup.FRAUD.value),
        (Crime.kind == CrimeKind.ASB, CrimeGroup.ASB.value),
        (CaseFile.domestic_abuse.is_(True), CrimeGroup.DOMESTIC_ABUSE.value),
        *by_ground,
        *by_words,
        else_=CrimeGroup.OTHER.value,
    )


def whose() -> sa.ColumnElement[str]:
    """Standard or enhanced, and whether somebody by name answers for an enhanced case."""
    return sa.case(
        (CaseFile.enhanced.is_(False), Whose.STANDARD.value),
        (CaseFile.manager_id.is_not(None), Whose.NAMED.value),
        else_=Whose.NOBODY.value,
    )


def _source(feed: str) -> Group:
    return "", FEED_LABELS.get(feed, feed) or NO_REFERRAL


def _route_name(word: str) -> Group:
    return "", Route(word).label if word else NO_ROUTE


CASES = Family(
    subject=Subject.CASES,
    select=_select,
    cuts={
        Dimension.SOURCE: _source,
        Dimension.ROUTE: _route_name,
        Dimension.CRIME: lambda word: ("", CrimeGroup(word).label),
        Dimension.DISTRICT: lambda text: ("", left_blank(text)),
        Dimension.CATEGORY: lambda word: ("", Whose(word).label),
        Dimension.AGE: lambda number: ("", age_band(int(number))),
        Dimension.SEX: lambda text: ("", sex(text)),
        Dimension.ETHNICITY: ethnicity_row,
        Dimension.DISABILITY: lambda word: ("", Disability(word).label),
        Dimension.ORIENTATION: lambda word: ("", Orientation(word).label),
        Dimension.RELIGION: lambda word: ("", Religion(word).label),
    },
)
