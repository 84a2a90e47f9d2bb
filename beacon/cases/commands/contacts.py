"""Reaching a victim, or trying to."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import promising
from beacon.cases.commands.keeping import keep_history, keep_next_due, not_yet
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.wishes import keep_update_clock
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.terms import CasePermission, CaseStatus, ContactOutcome, TimelineEvent
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.entitlements import commands as entitlements
from beacon.entitlements.codes import FIRST_CONTACT
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, DutyState


def log_contact(
    case: CaseFile,
    *,
    channel: Channel,
    outcome: ContactOutcome,
    notes: str,
    at: datetime,
    actor: Actor,
    promised: promising.Said | None = None,
) -> ContactLog:
    """Record a contact or an attempt, and what was promised in it.

    The first that reached them opens the case and keeps our own standard; an attempt that nobody
    answered does neither (domain.md RULE 1.10). A form that was sent twice makes one contact.
    """
    with transaction() as session:
        row = held_for(case, actor, CasePermission.CONTACT)
        not_yet(at)
        said = {"happened_at": at, "channel": channel, "outcome": outcome, "by_id": actor.id}
        before = session.scalars(sa.select(ContactLog).filter_by(case_id=row.id, **said))
        if (same := next((one for one in before if one.notes == notes.strip()), None)) is not None:
            return same
        contact = ContactLog(case_id=row.id, by_name=actor.name, **said)
        contact.notes = notes.strip()
        session.add(contact)
        audit.record(
            "case.contacted", contact, actor, operation=Operation.COLLECTION, case_id=row.id
        )
        words = f"{channel.label}, {outcome.label.lower()}"
        reached = outcome.reached_them
        event = TimelineEvent.CONTACTED if reached else TimelineEvent.CONTACT_TRIED
        keep_history(row.id, event, actor, words=words, at=at)
        if reached and row.first_contact_at is None:
            _first_contact(row, at, channel, actor)
        if reached:
            keep_update_clock(row, actor)
        if promised:
            promising.promise(row, contact, promised, actor)
        return contact


def _first_contact(case: CaseFile, at: datetime, channel: Channel, actor: Actor) -> None:
    case.first_contact_at = at
    if case.status is CaseStatus.NEW:
        case.status = CaseStatus.OPEN
        audit.record("case.in_hand", case, actor)
    promised = db.session.scalar(
        sa.select(Duty).where(
            Duty.case_id == case.id,
            Duty.rule == FIRST_CONTACT,
            Duty.state == DutyState.OPEN,
        )
    )
    if promised is not None:
        entitlements.mark_told(promised, at=at, channel=channel, actor=actor)
    keep_next_due(case)
