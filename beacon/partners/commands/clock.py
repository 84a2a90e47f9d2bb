"""What the clock does to referrals: chase what is not answered, and end what has run out."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.models import CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.working_days import add_working_days
from beacon.partners.commands.steps import about_wait, take, waits_no_more, write
from beacon.partners.models import PartnerReferral
from beacon.partners.standards import CHASE
from beacon.partners.terms import ReferralState, Side, StepKind


def chase(sharing_id: int, *, actor: Actor) -> bool:
    """Remind the case manager that an agency has not answered; whether there was need to."""
    with transaction():
        row = _held(sharing_id)
        today = clock.today()
        if row is None or not row.state.is_unanswered:
            return False
        if row.reply_due_on is None or row.reply_due_on >= today:
            return False
        row.chased += 1
        row.reply_due_on = add_working_days(today, settings.count(CHASE))
        if row.state is ReferralState.SENT:
            take(row, ReferralState.NO_REPLY, Side.CLOCK, actor)
        else:
            write(row, StepKind.CHASED, Side.CLOCK, actor)
        if not _is_reminded(row):
            about = f"{about_wait(row)}{row.chased}"
            cases.add_task(
                row.case_id,
                kind=TaskKind.PARTNER_NO_REPLY,
                about=about,
                due_on=today,
                actor=actor,
            )
        audit.record("partner_referral.chased", row, actor, case_id=row.case_id, times=row.chased)
        return True


def expire(sharing_id: int, *, actor: Actor) -> bool:
    """End a referral whose last day has passed; the agency saw it no more since that day."""
    with transaction():
        row = _held(sharing_id)
        if row is None or not row.state.is_live or row.expires_on >= clock.today():
            return False
        take(row, ReferralState.EXPIRED, Side.CLOCK, actor)
        waits_no_more(row, actor)
        audit.record("partner_referral.expired", row, actor, case_id=row.case_id)
        return True


def _held(sharing_id: int) -> PartnerReferral | None:
    return db.session.get(PartnerReferral, sharing_id, with_for_update=True, populate_existing=True)


def _is_reminded(row: PartnerReferral) -> bool:
    """Whether the last reminder still waits on the desk."""
    query = sa.select(CaseTask.id).where(
        CaseTask.case_id == row.case_id,
        CaseTask.kind == TaskKind.PARTNER_NO_REPLY,
        CaseTask.about.startswith(about_wait(row), autoescape=True),
        CaseTask.done_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None
