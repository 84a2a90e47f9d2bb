"""Where each fraud case stands on the list, as SQL of one moment: nothing of it is kept twice.

A query that asks for these joins what `joined` joins. Attempts are the contacts of the case, the
next try is its task to ring again, wherever they were recorded.
"""

from __future__ import annotations

from datetime import date
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa

from beacon.cases import came_by
from beacon.cases.models import CaseFile, CaseTask, ContactLog, Crime, FraudReport
from beacon.cases.terms import ContactOutcome, CrimeKind, TaskKind
from beacon.core import clock, scope, settings
from beacon.core.scope import Viewer
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import DutyState
from beacon.fraud_hub import rules
from beacon.fraud_hub.models import FraudDecision, FraudTriage
from beacon.fraud_hub.rules.triage import ROMANCE_CODE
from beacon.fraud_hub.standards import LARGE, TRIES
from beacon.fraud_hub.terms import Decision, Source, Standing
from beacon.people.models import Victim

Condition = sa.ColumnElement[bool]
Rows = sa.Select[*tuple[Any, ...]]


def joined(query: Rows, viewer: Viewer) -> Rows:
    """The fraud cases of a viewer, with their person, report, tick list and decision."""
    return (
        query.select_from(CaseFile)
        .join(Crime, Crime.id == CaseFile.crime_id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .outerjoin(FraudReport, FraudReport.crime_id == Crime.id)
        .outerjoin(
            FraudTriage,
            sa.and_(FraudTriage.case_id == CaseFile.id, FraudTriage.replaced_at.is_(None)),
        )
        .outerjoin(
            FraudDecision,
            sa.and_(FraudDecision.case_id == CaseFile.id, FraudDecision.replaced_at.is_(None)),
        )
        .where(Crime.kind == CrimeKind.FRAUD, scope.condition(viewer, CaseFile))
    )


def tries() -> sa.ScalarSelect[int]:
    """How often somebody tried to reach them."""
    counted = sa.select(sa.func.count(ContactLog.id)).where(ContactLog.case_id == CaseFile.id)
    return counted.correlate(CaseFile).scalar_subquery()


def spoken() -> Condition:
    """Whether somebody has spoken with them: a message or a letter does not reach anybody."""
    talked = sa.exists().where(
        ContactLog.case_id == CaseFile.id, ContactLog.outcome == ContactOutcome.SPOKE
    )
    return talked.correlate(CaseFile)


def undecided() -> Condition:
    """Whether no decision stands."""
    return FraudDecision.id.is_(None)


def next_on() -> sa.ScalarSelect[date]:
    """The day on which they are tried again."""
    task = sa.select(sa.func.min(CaseTask.due_on)).where(
        CaseTask.case_id == CaseFile.id,
        CaseTask.kind == TaskKind.RING_AGAIN,
        CaseTask.done_at.is_(None),
    )
    return task.correlate(CaseFile).scalar_subquery()


def first_by() -> sa.ScalarSelect[date | None]:
    """The day by which our own standard has them contacted first."""
    duty = sa.select(sa.func.min(Duty.due_on)).where(
        Duty.case_id == CaseFile.id,
        Duty.rule == FIRST_CONTACT,
        Duty.state == DutyState.OPEN,
    )
    return duty.correlate(CaseFile).scalar_subquery()


def same_day() -> Condition:
    """Whether to call the same day: as a person said, else as the report says (RULE 4.3)."""
    by_report = sa.or_(FraudReport.still_paying.is_(True), FraudReport.remote_access.is_(True))
    return sa.case(
        (FraudTriage.id.is_not(None), FraudTriage.same_day.is_(True)),
        (by_report, sa.true()),
        else_=sa.false(),
    )


def level(today: date) -> sa.ColumnElement[int]:
    """The level a person gave, else the one that the report proposes."""
    large = settings.count(LARGE) * 100
    signs = sa.or_(
        FraudReport.still_paying.is_(True),
        FraudReport.remote_access.is_(True),
        FraudReport.vulnerable.is_(True),
        FraudReport.amount_lost_pence >= large,
        sa.func.upper(FraudReport.fraud_code) == ROMANCE_CODE,
        Victim.date_of_birth <= rules.born_by(today),
        CaseFile.domestic_abuse.is_(True),
    )
    return sa.case((FraudTriage.level.is_not(None), FraudTriage.level), (signs, 2), else_=1)


def standing(today: date) -> sa.ColumnElement[str]:
    """Where it stands: one word of `Standing`, and exactly one."""
    tried, again, first = tries(), next_on(), first_by()
    decided = FraudDecision.id.is_not(None)
    closed = CaseFile.closed_at.is_not(None)
    is_due = sa.or_(same_day(), again <= today, tried > 0, sa.func.coalesce(first, today) <= today)
    return sa.case(
        (sa.and_(closed, decided), Standing.CLOSED.value),
        (closed, Standing.CLOSED_BEFORE.value),
        (FraudDecision.decision == Decision.PLAN, Standing.PLAN.value),
        (decided, Standing.DECIDED.value),
        (spoken(), Standing.REACHED.value),
        (again > today, Standing.TRYING.value),
        (
            sa.and_(again.is_(None), tried >= settings.count(TRIES)),
            Standing.TRIES_OVER.value,
        ),
        (is_due, Standing.CALL_TODAY.value),
        (FraudTriage.id.is_(None), Standing.TRIAGE.value),
        else_=Standing.TO_CALL.value,
    )


def source() -> sa.ColumnElement[str]:
    """Who gave us the report: the same as `rules.source_of`, as one word of `Source`."""
    feed, agency = came_by.feed(), sa.func.lower(came_by.agency())
    changed_at = clock.start_of_day(rules.REPORT_FRAUD_ON)
    is_list = feed == "fraud"
    return sa.case(
        (FraudTriage.source.is_not(None), sa.cast(FraudTriage.source, sa.String)),
        (sa.and_(is_list, Crime.recorded_at < changed_at), Source.ACTION_FRAUD.value),
        (is_list, Source.REPORT_FRAUD.value),
        *(
            (sa.and_(feed == "partner", agency.contains(words)), one.value)
            for words, one in rules.AGENCY_WORDS.items()
        ),
        *((feed == name, one.value) for name, one in rules.BY_FEED.items()),
        else_=Source.OTHER.value,
    )
