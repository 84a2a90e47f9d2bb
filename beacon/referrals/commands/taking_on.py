"""Referrals of live cases that are taken on from another system: there is nothing to triage."""

from __future__ import annotations

from beacon.audit import commands as audit
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.referrals.commands.receiving import open_case_of
from beacon.referrals.models import Referral
from beacon.referrals.terms import Place


def open_waiting(referral: Referral, *, enhanced: bool = False, actor: Actor) -> CaseFile:
    """Open the case of a referral that waited: elsewhere somebody works on it already."""
    with transaction():
        crime, victim = referral.crime, referral.victim
        return open_case_of(referral, crime, victim, None, enhanced=enhanced, actor=actor)


def leave_queue(referral: Referral, *, actor: Actor) -> None:
    """What was decided before the case was taken on is not decided again."""
    with transaction():
        if referral.is_done:
            return
        referral.place = Place.DONE
        referral.decided_at, referral.decided_by_id = clock.now(), actor.id
        referral.version += 1
        audit.record("referral.taken_on", referral, actor, case_id=referral.case_id)
