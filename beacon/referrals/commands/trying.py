"""Trying to reach the person of a referral, and saying when somebody tries again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements.terms import Channel
from beacon.notices.terms import NoticeKind
from beacon.referrals import rules
from beacon.referrals.commands.holding import let_go
from beacon.referrals.commands.stages import held
from beacon.referrals.commands.writing import write_about
from beacon.referrals.models import ContactTry, Referral
from beacon.referrals.queries.deciding import tries
from beacon.referrals.terms import ReferralPermission


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One try, as whoever made it tells it."""

    channel: Channel
    outcome: ContactOutcome
    at: datetime
    notes: str = ""
    next_try_at: datetime | None = None


def record_try(referral: Referral, tried: Tried, *, version: int, actor: Actor) -> ContactTry:
    """Record that somebody was tried, and when they are tried again; nobody need look before.

    Where a case is open, it is recorded there too. Who was not reached as often as the service
    tries is written to, once, where a letter is safe. A form that was sent twice makes one try.
    """
    with transaction() as session:
        still_may(actor, ReferralPermission.TRIAGE)
        if (same := _same(referral, tried, actor)) is not None:
            return same
        row = held(referral, version, actor)
        if row.is_done:
            raise RuleBroken("This referral is decided. Record the contact on its case.")
        if tried.at > clock.now():
            raise RuleBroken("That has not happened yet. Check the date and time.", field="at")
        made = ContactTry(
            referral_id=row.id,
            happened_at=tried.at,
            channel=tried.channel,
            outcome=tried.outcome,
            by_id=actor.id,
            by_name=actor.name,
        )
        made.notes = tried.notes.strip()
        session.add(made)
        session.flush()
        made.next_try_at = row.next_try_at = _again(row, tried)
        row.version += 1
        audit.record(
            "referral.person_tried",
            row,
            actor,
            operation=Operation.COLLECTION,
            came_of_it=tried.outcome.value,
        )
        if row.case is not None:
            cases.log_contact(
                row.case,
                channel=tried.channel,
                outcome=tried.outcome,
                notes=tried.notes,
                at=tried.at,
                actor=actor,
            )
        if tried.outcome.reached_them:
            row.contact_by = None
        else:
            if tries(row).are_over:
                write_about(row, NoticeKind.TRIED_TO_REACH, actor=actor)
            let_go(row)
    return made


def _again(referral: Referral, tried: Tried) -> datetime | None:
    """When they are tried again: when whoever tried says, else as the rule says; if at all."""
    if tried.outcome.reached_them or tries(referral).are_over:
        return None
    again = tried.next_try_at or rules.next_try(max(tried.at, clock.now()))
    if again <= clock.now():
        raise RuleBroken("Enter a time that has still to come.", field="next_try_at")
    return again


def _same(referral: Referral, tried: Tried, actor: Actor) -> ContactTry | None:
    said = {
        "referral_id": referral.id,
        "happened_at": tried.at,
        "channel": tried.channel,
        "outcome": tried.outcome,
        "by_id": actor.id,
    }
    with transaction() as session:
        before = session.scalars(sa.select(ContactTry).filter_by(**said))
        return next((one for one in before if one.notes == tried.notes.strip()), None)
