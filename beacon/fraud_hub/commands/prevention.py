"""Calls under the Banking Protocol, what they stopped, and workshops with what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, insert_once, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.core.sealed import blind_index
from beacon.fraud_hub.commands.ledger import PreventedFacts, record_prevented
from beacon.fraud_hub.commands.once import not_yet
from beacon.fraud_hub.models import (
    TOKEN_CHARS,
    LedgerEntry,
    LedgerProposal,
    OutreachCase,
    OutreachEvent,
    ProtocolCall,
)
from beacon.fraud_hub.rules import evidence_key
from beacon.fraud_hub.terms import Audience, Contribution, OutreachKind, Route, Scam

Once = TypeVar("Once", ProtocolCall, OutreachEvent)
MOST_PENCE = 10_000_000_000  # a hundred million pounds: more is a slip of the hand
MOST_PEOPLE = 100_000


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """What a branch's call to the police was about (domain.md 4.7). Amounts in pence."""

    bank: str
    branch: str
    called_at: datetime
    incident: str
    at_risk_pence: int
    stopped_pence: int
    scam: Scam
    believed: bool | None = None
    safeguarding: bool = False
    repeat: bool = False


def record_call(
    facts: CallFacts, *, case: CaseFile | None = None, token: str, actor: Actor
) -> ProtocolCall:
    """Write down a call; the same incident number of the police is written down once."""
    with transaction() as session:
        before = _made(ProtocolCall, token)
        if before is not None:
            return before
        _check_call(facts)
        call = ProtocolCall(
            case_id=case.id if case else None,
            called_at=facts.called_at,
            incident_index=blind_index("incident", evidence_key(facts.incident)),
            at_risk_pence=facts.at_risk_pence,
            stopped_pence=facts.stopped_pence,
            scam=facts.scam,
            believed=facts.believed,
            safeguarding=facts.safeguarding,
            repeat=facts.repeat,
            by_id=actor.id,
            by_name=actor.name,
            token=token,
        )
        call.bank, call.branch = facts.bank.strip(), facts.branch.strip()
        call.incident = facts.incident.strip()
        session.add(call)
        try:
            session.flush()
        except IntegrityError as twice:
            raise RuleBroken(
                "A call with this incident number is already written down.", field="incident"
            ) from twice
        audit.record(
            "fraud.call_recorded",
            call,
            actor,
            operation=Operation.COLLECTION,
            case_id=call.case_id,
        )
        return call


def count_stop(
    call: ProtocolCall, case: CaseFile, contribution: Contribution, *, actor: Actor
) -> LedgerEntry | LedgerProposal:
    """Count what a call stopped as prevented, in its case, with the call as evidence; once.

    The ledger's own command writes it, under a token that is the call's own. Above the limit it
    waits for a second person (LedgerProposal), and counts once they approve.
    """
    with transaction() as session:
        row = session.get(ProtocolCall, call.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.case_id is not None and row.case_id != case.id:
            raise RuleBroken("This call belongs to another case.", field="case")
        if row.waits:
            raise RuleBroken("What this call stopped waits for a second person already.")
        if not row.may_be_counted:
            raise RuleBroken("What this call stopped is already counted, or it stopped nothing.")
        entry = record_prevented(
            case,
            PreventedFacts(
                route=Route.BANKING_PROTOCOL_STOP,
                contribution=contribution,
                amount_pence=row.stopped_pence,
                on=clock.london_day(row.called_at),
                evidence=row.incident,
            ),
            # One for each time it is asked: what a second person refused may be counted anew.
            token=f"protocol-call-{row.id}-{row.proposal_id or 0}",
            actor=actor,
        )
        row.case_id = case.id
        if isinstance(entry, LedgerEntry):
            row.entry_id = entry.id
        else:
            session.flush()
            row.proposal = entry
        audit.record("fraud.stop_counted", row, actor, case_id=case.id, entry_id=row.entry_id)
        return entry


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """One workshop, talk or stall: how many came, and how many things were handed out."""

    held_on: date
    kind: OutreachKind
    audience: Audience
    place: str
    district: str
    attendance: int
    staff: str
    leaflets: int = 0
    booklets: int = 0
    signs: int = 0
    blockers: int = 0


def record_event(facts: EventFacts, *, token: str, actor: Actor) -> OutreachEvent:
    """Write down an event that was held."""
    with transaction() as session:
        before = _made(OutreachEvent, token)
        if before is not None:
            return before
        not_yet(facts.held_on, "held_on")
        counts = {
            name: getattr(facts, name)
            for name in ("attendance", "leaflets", "booklets", "signs", "blockers")
        }
        for name, many in counts.items():
            if not 0 <= many <= MOST_PEOPLE:
                raise RuleBroken("Enter a number from 0 to 100,000.", field=name)
        if not facts.place.strip():
            raise RuleBroken("Enter where it was.", field="place")
        event = OutreachEvent(
            held_on=facts.held_on,
            kind=facts.kind,
            audience=facts.audience,
            place=facts.place.strip(),
            district=facts.district,
            staff=facts.staff.strip(),
            by_id=actor.id,
            by_name=actor.name,
            token=token,
            **counts,
        )
        session.add(event)
        session.flush()
        audit.record("fraud.event_recorded", event, actor)
        return event


def link_case(event: OutreachEvent, case: CaseFile, *, actor: Actor) -> bool:
    """Write down that a case came of an event; whether that is new."""
    with transaction() as session:
        is_new = insert_once(
            session,
            OutreachCase.__table__,  # type: ignore[arg-type]
            event_id=event.id,
            case_id=case.id,
            by_id=actor.id,
            by_name=actor.name,
        )
        if is_new:
            audit.record("fraud.event_linked", event, actor, case_id=case.id)
        return is_new


def _made(model: type[Once], token: str) -> Once | None:
    """The row that this form has made already, where it was sent twice."""
    if not 1 <= len(token) <= TOKEN_CHARS:
        raise RuleBroken("Open this page again, and enter it once more.")
    return db.session.scalar(sa.select(model).where(model.token == token))


def _check_call(facts: CallFacts) -> None:
    if not facts.bank.strip():
        raise RuleBroken("Enter the bank.", field="bank")
    if not evidence_key(facts.incident):
        raise RuleBroken("Enter the police incident number.", field="incident")
    if facts.called_at > clock.now():
        raise RuleBroken("The call cannot lie in the future.", field="called_at")
    if not 0 < facts.at_risk_pence <= MOST_PENCE:
        raise RuleBroken("Enter the amount that was about to be paid.", field="at_risk")
    if not 0 <= facts.stopped_pence <= facts.at_risk_pence:
        raise RuleBroken(
            "No more can be stopped than was about to be paid. Check both amounts.",
            field="stopped",
        )
