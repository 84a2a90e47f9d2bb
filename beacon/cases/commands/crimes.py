"""What the feeds say of crimes and fraud reports. The feed owns these facts; empty never erases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import held_crime, keep_history, live_cases
from beacon.cases.commands.suspects import note_suspect
from beacon.cases.commands.tasks import add_task, finish_proposal_tasks
from beacon.cases.models import CaseFile, Crime, CrimeMilestone, FraudReport, ProposedMilestone
from beacon.cases.terms import CrimeKind, SuspectStatus, TaskKind, TimelineEvent
from beacon.core import clock, lots, reference
from beacon.core.actor import Actor
from beacon.core.db import Base, db, insert_once, transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Milestone


@dataclass(frozen=True, kw_only=True)
class CrimeFacts:
    """What a feed, or a person at the telephone, says of a crime."""

    reference: str
    recorded_at: datetime
    kind: CrimeKind = CrimeKind.CRIME
    offence: str = ""
    offence_code: str = ""
    offence_on: date | None = None
    place: str = ""
    district: str = ""
    officer_name: str = ""
    officer_email: str = ""
    officer_collar: str = ""
    suspect_status: SuspectStatus | None = None


@dataclass(frozen=True, kw_only=True)
class FraudFacts:
    """What the fraud list says of a report, beyond the crime and the person (contract 3.2)."""

    fraud_code: str = ""
    fraud_type: str = ""
    first_payment_on: date | None = None
    last_payment_on: date | None = None
    amount_lost_pence: int | None = None
    payment_method: str = ""
    sending_bank: str = ""
    still_paying: bool | None = None
    remote_access: bool | None = None
    vulnerable: bool | None = None
    vulnerability: str = ""


_GIVEN_ONCE = {"reference", "kind"}


def record_crime(facts: CrimeFacts, *, actor: Actor) -> Crime:
    """Take in a crime, or what is new about one that we hold, by its reference.

    A changed suspect status has no moment: it proposes a milestone and opens no duty (contract
    3.1).
    """
    key = reference.crime_reference(facts.reference).normal
    with transaction() as session:
        first = {
            "kind": facts.kind,
            "reference": facts.reference.strip(),
            "reference_key": key,
            "recorded_at": facts.recorded_at,
        }
        if lots.is_open():
            is_new, crime = True, lots.keep(Crime(**first))
        else:
            is_new, crime = _held_once(session, first)
        changed = _take(crime, facts)
        note_suspect(crime)
        cases = live_cases(crime) if "suspect_status" in changed else []
        if is_new:
            audit.record("crime.recorded", crime, actor, operation=Operation.COLLECTION)
        elif changed:
            audit.record("crime.changed", crime, actor, fields=changed)
        if "suspect_status" in changed:
            _propose_milestone(crime, cases, actor)
        return crime


def _held_once(session: Session, first: Mapping[str, object]) -> tuple[bool, Crime]:
    """The crime of a reference, held, made where it is not there; and whether it was made."""
    session.flush()
    is_new = insert_once(session, Crime.__table__, **first)  # type: ignore[arg-type]
    query = sa.select(Crime).where(Crime.reference_key == first["reference_key"])
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return is_new, session.scalars(query).one()


def record_fraud_report(crime: Crime, facts: FraudFacts, *, actor: Actor) -> FraudReport:
    """Keep what the fraud list says of a report: intake facts, no entry of any ledger."""
    with transaction() as session:
        row = held_crime(crime)
        report = None
        if not lots.is_new(row):
            report = session.scalar(sa.select(FraudReport).where(FraudReport.crime_id == row.id))
        is_new = report is None
        if report is None:
            report = lots.keep(FraudReport(crime_id=row.id))
        changed = _take(report, facts)
        if is_new or changed:
            operation = Operation.COLLECTION if is_new else Operation.ALTERATION
            audit.record(
                "fraud.reported",
                report,
                actor,
                operation=operation,
                fields=changed,
                crime_id=row.id,
            )
        return report


def set_proposal_aside(proposal: ProposedMilestone, *, reason: str, actor: Actor) -> None:
    """Say that what the police feed proposed calls for no milestone, and why."""
    with transaction() as session:
        crime = held_crime(session.get_one(Crime, proposal.crime_id))
        row = session.get_one(ProposedMilestone, proposal.id, populate_existing=True)
        cases = live_cases(crime)
        if row.decided_at is not None:
            raise RuleBroken("Somebody has already dealt with this.")
        if not reason.strip():
            raise RuleBroken("Enter the reason.", field="reason")
        row.decided_at = clock.now()
        audit.record("crime.proposal_set_aside", row, actor, crime_id=row.crime_id)
        for case in cases:
            words = f"{row.status.label} ({reason.strip()})"
            keep_history(case.id, TimelineEvent.PROPOSAL_SET_ASIDE, actor, words=words)
        finish_proposal_tasks([row.id], actor)


def _take(row: Base, facts: CrimeFacts | FraudFacts) -> list[str]:
    """Write down what is known and differs; the names of what changed."""
    changed = []
    for fact in fields(facts):
        value = getattr(facts, fact.name)
        if fact.name in _GIVEN_ONCE or value is None or value == "":
            continue
        if getattr(row, fact.name) != value:
            setattr(row, fact.name, value)
            changed.append(fact.name)
    return changed


def _propose_milestone(crime: Crime, cases: list[CaseFile], actor: Actor) -> None:
    status = crime.suspect_status
    if status is None or status.milestone is None:
        return
    with transaction():
        if not lots.is_new(crime) and _is_recorded(crime, status.milestone):
            return
        proposal = lots.keep(ProposedMilestone(crime_id=crime.id, status=status))
        audit.record("crime.milestone_proposed", proposal, actor, crime_id=crime.id)
        for case in cases:
            ask_about(proposal, case.id, actor)


def _is_recorded(crime: Crime, milestone: Milestone) -> bool:
    known = sa.select(CrimeMilestone.id).where(
        CrimeMilestone.crime_id == crime.id,
        CrimeMilestone.kind == milestone,
        CrimeMilestone.withdrawn_at.is_(None),
    )
    return db.session.scalar(known.limit(1)) is not None


def take_up_proposals(case: CaseFile, actor: Actor) -> None:
    """Ask the people of a case, new or open again, what the police feed proposed of its crime."""
    with transaction():
        for proposal in _waiting_proposals(case.crime_id):
            ask_about(proposal, case.id, actor)


def _waiting_proposals(crime_id: int) -> list[ProposedMilestone]:
    if lots.is_open():
        return lots.hung_on(ProposedMilestone, "crime_id", crime_id)
    waiting = sa.select(ProposedMilestone).where(
        ProposedMilestone.crime_id == crime_id, ProposedMilestone.decided_at.is_(None)
    )
    return list(db.session.scalars(waiting.order_by(ProposedMilestone.id)))


def ask_about(proposal: ProposedMilestone, case_id: int, actor: Actor) -> None:
    """Ask the people of a case for the moment of what the police feed proposed."""
    with transaction():
        add_task(
            case_id,
            kind=TaskKind.MILESTONE_PROPOSED,
            about=f"proposal:{proposal.id}",
            due_on=clock.today(),
            actor=actor,
        )
        keep_history(case_id, TimelineEvent.MILESTONE_PROPOSED, actor, words=proposal.status.label)
