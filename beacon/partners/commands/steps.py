"""What every step of a referral does: check the table, write it down, tell the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.tasks import finish_tasks_about
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind, TimelineEvent
from beacon.core import clock, settings
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.partners import rules
from beacon.partners.models import PartnerReferral, PartnerStep
from beacon.partners.standards import AFTER
from beacon.partners.terms import PartnerPermission, ReferralState, Side, StepKind

STALE = "Somebody else has changed this referral since you opened the page. Look at it again."
ENDED_BY_THEM = frozenset({ReferralState.DECLINED, ReferralState.FINISHED})


def held_sharing(
    case: CaseFile, sharing: PartnerReferral, actor: Actor, *, version: int
) -> PartnerReferral:
    """One referral of an open case as it is now, held, as long as this person may send it."""
    row = held_for(case, actor, PartnerPermission.SEND)
    part = db.session.get(PartnerReferral, sharing.id, with_for_update=True, populate_existing=True)
    if part is None or part.case_id != row.id:
        raise NotFound
    if part.version != version:
        raise Stale(STALE)
    return part


def take(
    row: PartnerReferral, new: ReferralState, side: Side, actor: Actor, *, words: str = ""
) -> PartnerStep:
    """Take a referral to another state, as the table of steps allows."""
    if not rules.may_step(row.state, new, side):
        raise RuleBroken(
            f"This referral is: {row.state.label.lower()}. It cannot become: {new.label.lower()}. "
            "Look at it again."
        )
    row.state = new
    row.version += 1
    if new is ReferralState.REVOKED:
        row.revoked_at = clock.now()
    if new in ENDED_BY_THEM:
        last = clock.today() + timedelta(days=settings.count(AFTER))
        row.expires_on = min(row.expires_on, last)
    return write(row, StepKind(new.value), side, actor, words=words)


def write(
    row: PartnerReferral, kind: StepKind, side: Side, actor: Actor, *, words: str = ""
) -> PartnerStep:
    """Write a step into the history of the referral, and a line into that of its case."""
    step = PartnerStep(
        sharing_id=row.id,
        kind=kind,
        happened_at=clock.now(),
        is_theirs=side is Side.THEIRS,
        by_id=actor.id,
        by_name=actor.name,
    )
    step.words = words.strip()
    db.session.add(step)
    db.session.flush()
    told = f"{row.to_whom}: {kind.label[:1].lower()}{kind.label[1:]}"
    # Of what a job does the history says Beacon; the log says which job.
    by = replace(actor, name="Beacon") if actor.is_machine else actor
    cases.keep_history(row.case_id, TimelineEvent.PARTNER, by, words=told)
    return step


def waits_no_more(row: PartnerReferral, actor: Actor) -> None:
    """Take off what reminds of an answer, once there is one or none is wanted."""
    finish_tasks_about(row.case_id, about_wait(row), actor)


def tell_manager(row: PartnerReferral, step: PartnerStep, actor: Actor) -> None:
    """Put what the agency said on the desk of the case manager, to be read."""
    cases.add_task(
        row.case_id,
        kind=TaskKind.PARTNER_SAID,
        about=f"partner-said:{step.id}",
        due_on=clock.today(),
        actor=actor,
    )


def about_wait(row: PartnerReferral) -> str:
    """How a task names the referral that it waits for; the number of the reminder follows."""
    return f"partner:{row.id}:"
