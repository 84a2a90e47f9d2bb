"""What of cases waits for one person's word, and what is at hand of their own: for the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any  # the columns of a select differ from query to query

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from beacon.accounts.models import Staff
from beacon.cases.hands import in_hand
from beacon.cases.models import AccessReview, CaseFile, InformationRequest, ProposedMilestone
from beacon.cases.queries.caseload import name_of
from beacon.cases.queries.work_to_do import with_case
from beacon.cases.terms import CaseStatus
from beacon.core import clock, scope
from beacon.core.actor import Actor
from beacon.people.models import ProposedChange, SafeContact
from beacon.people.rules import CONFIRM_AGAIN_AFTER
from beacon.web.shelves import Line

Lines = sa.Select[*tuple[Any, ...]]
ANSWERS_SHOWN_FOR = timedelta(days=7)
Looked = aliased(Staff)


def new_cases_own(actor: Actor) -> Lines:
    """New cases that were given to this person, the oldest first."""
    return (
        with_case(CaseFile.opened_at)
        .where(_own(actor), CaseFile.status == CaseStatus.NEW)
        .order_by(CaseFile.opened_at, CaseFile.id)
    )


def new_case_line(row: Any) -> Line:
    """A new case with the day on which it was opened."""
    return _line(row, "cases.show", since=clock.london_day(row.opened_at))


def safe_contact_due(actor: Actor) -> Lines:
    """Whose safe way must be asked about again, or was never asked about (domain.md RULE 7.4)."""
    before = clock.now() - CONFIRM_AGAIN_AFTER
    return (
        with_case(CaseFile.victim_id, SafeContact.confirmed_at)
        .outerjoin(SafeContact, SafeContact.victim_id == CaseFile.victim_id)
        .where(
            _own(actor),
            sa.or_(SafeContact.confirmed_at.is_(None), SafeContact.confirmed_at < before),
        )
        .order_by(SafeContact.confirmed_at.nulls_first(), CaseFile.id)
    )


def safe_contact_line(row: Any) -> Line:
    """Whose safe way it is, and since when nobody has asked."""
    asked = clock.london_day(row.confirmed_at) if row.confirmed_at else None
    return Line(
        words=name_of(row),
        reference=row.reference,
        under="" if asked else "Never confirmed by a person",
        since=asked,
        endpoint="people.contact",
        args={"victim_id": row.victim_id},
        case_id=row.case_id,
    )


def answers_come(actor: Actor) -> Lines:
    """What others answered in the last days in this person's cases, recorded by somebody else."""
    return (
        with_case(InformationRequest)
        .join(InformationRequest, InformationRequest.case_id == CaseFile.id)
        .where(
            _own(actor),
            InformationRequest.answered_at > clock.now() - ANSWERS_SHOWN_FOR,
            InformationRequest.ended_by_id.is_distinct_from(actor.id),
        )
        .order_by(InformationRequest.answered_at.desc(), InformationRequest.id)
    )


def answer_line(row: Any) -> Line:
    """What was asked and has been answered."""
    one: InformationRequest = row[0]
    return _line(
        row, "cases.show", under=one.what, since=clock.london_day(one.answered_at or one.asked_at)
    )


def proposed_milestones(actor: Actor) -> Lines:
    """What the police feed says has happened in this person's cases, and nobody has confirmed."""
    return (
        with_case(ProposedMilestone)
        .join(ProposedMilestone, ProposedMilestone.crime_id == CaseFile.crime_id)
        .where(_own(actor), ProposedMilestone.decided_at.is_(None))
        .order_by(ProposedMilestone.id, CaseFile.id)
    )


def milestone_line(row: Any) -> Line:
    """What the feed says, with the case on which it is confirmed."""
    one: ProposedMilestone = row[0]
    since = clock.london_day(one.created_at)
    return _line(row, "cases.show", under=one.status.label, since=since)


def proposed_changes(actor: Actor) -> Lines:
    """Facts of a feed that differ from what a person confirmed, in this person's cases."""
    return (
        with_case(ProposedChange.field, ProposedChange.created_at)
        .join(ProposedChange, ProposedChange.victim_id == CaseFile.victim_id)
        .where(_own(actor), ProposedChange.decided_at.is_(None))
        .order_by(ProposedChange.id, CaseFile.id)
    )


def change_line(row: Any) -> Line:
    """Which fact differs, without the fact itself."""
    under = row.field.replace("_", " ").capitalize()
    return _line(row, "cases.show", under=under, since=clock.london_day(row.created_at))


def categories_to_confirm(actor: Actor) -> Lines:
    """Cases in this person's hands whose category nobody has decided."""
    return (
        with_case(CaseFile.opened_at)
        .where(in_hand(actor), CaseFile.category_decided_at.is_(None))
        .order_by(CaseFile.opened_at, CaseFile.id)
    )


def category_line(row: Any) -> Line:
    """A case whose category is only proposed."""
    under = "Proposed: enhanced" if row.enhanced else "Proposed: standard"
    since = clock.london_day(row.opened_at)
    return _line(row, "cases.category", under=under, since=since)


def accesses_to_look_at(actor: Actor) -> Lines:
    """Broken glass and conflicts that somebody must look at, never one's own (security.md Z-13)."""
    return (
        sa.select(AccessReview, Looked.name.label("who"))
        .join(Looked, Looked.id == AccessReview.staff_id)
        .where(
            AccessReview.reviewed_at.is_(None),
            AccessReview.staff_id != actor.id,
            scope.condition(actor, AccessReview),
        )
        .order_by(AccessReview.due_on, AccessReview.id)
    )


def access_line(row: Any) -> Line:
    """Who opened something, and what kind of access it was; never whose case."""
    one: AccessReview = row[0]
    return Line(
        words=row.who,
        under=one.kind.label,
        due_on=one.due_on,
        endpoint="oversight.review",
        args={"review_id": one.id},
    )


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(
        CaseFile.manager_id == actor.id,
        CaseFile.closed_at.is_(None),
        scope.condition(actor, CaseFile),
    )


def _line(row: Any, endpoint: str, **more: Any) -> Line:
    return Line(
        words=name_of(row),
        reference=row.reference,
        endpoint=endpoint,
        args={"reference": row.reference},
        case_id=row.case_id,
        **more,
    )
