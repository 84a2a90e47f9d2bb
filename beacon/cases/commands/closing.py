"""Closing a case, and opening it again."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases import ends
from beacon.cases.commands.asking import end_requests_with_case, take_up_requests
from beacon.cases.commands.crimes import take_up_proposals
from beacon.cases.commands.keeping import held, keep_history, keep_next_due
from beacon.cases.commands.milestones import open_earlier_duties
from beacon.cases.commands.rights import held_for, still_open_to
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import CasePermission, CaseStatus, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as duties
from beacon.entitlements import queries as entitlements
from beacon.entitlements.codes import FIRST_CONTACT


def close_case(case: CaseFile, *, note: str, version: int, actor: Actor) -> None:
    """Close the case with a note; first everything owed to the victim is told or explained.

    What others were asked and have not answered ends with the case.
    """
    note = note.strip()
    with transaction():
        row = held_for(case, actor, CasePermission.WORK, version=version)
        if not note:
            raise RuleBroken("Enter how the case ended.", field="note")
        _refuse_open_ends(row)
        end_requests_with_case(row, actor)
        row.status, row.closed_at, row.closing_note = CaseStatus.CLOSED, clock.now(), note
        row.version += 1
        audit.record("case.closed", row, actor)
        keep_history(row.id, TimelineEvent.CLOSED, actor, words=note)


def end_at_triage(case: CaseFile, *, note: str, actor: Actor) -> None:
    """Close a new case whose referral ends at triage: only our own first contact may be owed.

    Where the Code owes them more already, a case manager closes it. In the transaction of the
    decision.
    """
    with transaction():
        row = held_for(case, actor, CasePermission.TRIAGE)
        owed = entitlements.open_duties(row.id)
        if row.manager_id is not None or any(duty.rule != FIRST_CONTACT for duty in owed):
            raise RuleBroken(
                "More is owed to them than a first contact, or somebody has the case. Its case "
                "manager closes it."
            )
        for duty in owed:
            duties.not_applicable(duty, reason=note, actor=actor)
        keep_next_due(row)
        _refuse_open_ends(row)
        row.status, row.closed_at, row.closing_note = CaseStatus.CLOSED, clock.now(), note
        row.version += 1
        audit.record("case.closed", row, actor)
        keep_history(row.id, TimelineEvent.CLOSED, actor, words=note)


def reopen_case(case: CaseFile, *, note: str, version: int, actor: Actor) -> None:
    """Take a closed case up again, with what has happened since and can still be told in time.

    What others were asked waits again; a wish for updates and an order's last day never ended.
    """
    note = note.strip()
    with transaction():
        row = held(case, version=version)
        still_open_to(row, actor, CasePermission.WORK)
        if row.is_open:
            raise RuleBroken("This case is not closed.")
        if not note:
            raise RuleBroken("Enter why the case is opened again.", field="note")
        row.status, row.closed_at = _status_before(row), None
        row.version += 1
        audit.record("case.reopened", row, actor)
        keep_history(row.id, TimelineEvent.REOPENED, actor, words=note)
        open_earlier_duties(row, actor=actor)
        take_up_requests(row, actor)
        take_up_proposals(row, actor)
        keep_next_due(row)


def _status_before(case: CaseFile) -> CaseStatus:
    return CaseStatus.OPEN if case.first_contact_at else CaseStatus.NEW


def _refuse_open_ends(case: CaseFile) -> None:
    owed = len(entitlements.duties_owed(case.id))
    if owed:
        raise RuleBroken(
            f"The victim must still be told something ({owed}). Tell them, or say why not, before "
            "you close the case."
        )
    tasks = db.session.scalar(
        sa.select(sa.func.count()).where(CaseTask.case_id == case.id, CaseTask.done_at.is_(None))
    )
    if tasks:
        raise RuleBroken(
            f"There is still something to do ({tasks}). Do it before you close the case."
        )
    waiting = [end for end in ends.of(case) if end.waits]
    if waiting:
        raise RuleBroken(
            f"Something is still open ({len(waiting)}): {waiting[0].words}. Answer it before you "
            "close the case."
        )
