"""Raising a safeguarding concern, and looking again how it stands (domain.md RULE 3.4).

Nothing here deletes one: a concern that is dealt with stays on every screen of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.models import CaseFile
from beacon.cases.terms import TaskKind, TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.risk.commands.ground import come, finish, held, said, short
from beacon.risk.models import ConcernCheck, SafeguardingConcern
from beacon.risk.terms import ConcernConsent, ConcernKind, ConcernOutcome, OverrideGround

REFERENCE_AT_MOST = 60


@dataclass(frozen=True, kw_only=True)
class ConcernGiven:
    """A concern as it is raised: why, whether they agree, to whom, and when to ask again."""

    kind: ConcernKind
    reason: str
    consent: ConcernConsent
    made_to: str
    made_at: datetime
    next_check_on: date | None
    about: str = ""
    override: OverrideGround | None = None
    override_reason: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckGiven:
    """How a concern stands on a day, and when to look again."""

    outcome: ConcernOutcome
    on: date
    words: str = ""
    next_check_on: date | None = None


def raise_concern(case: CaseFile, given: ConcernGiven, *, actor: Actor) -> SafeguardingConcern:
    """Record a concern that was passed on. Without consent it needs a ground, and words for it."""
    with transaction() as session:
        row = held(case, actor)
        if given.made_at > clock.now():
            raise RuleBroken("That has not happened yet. Check the date and time.", field="made_at")
        reason = said(given.reason, "reason", "Enter what makes you concerned.")
        _check_override(given)
        if (same := _sent_before(session, row, given, reason)) is not None:
            return same
        made = SafeguardingConcern(
            case_id=row.id,
            kind=given.kind,
            consent=given.consent,
            override_ground=given.override,
            made_at=given.made_at,
            reference=short(given.reference, "reference", at_most=REFERENCE_AT_MOST),
            next_check_on=_next(given.next_check_on),
            by_id=actor.id,
            by_name=actor.name,
        )
        made.reason, made.about = reason, short(given.about, "about", at_most=200)
        made.override_reason = given.override_reason.strip()
        made.made_to = said(given.made_to, "made_to", "Enter to whom it was made.", at_most=200)
        session.add(made)
        audit.record(
            "safeguarding.raised", made, actor, operation=Operation.DISCLOSURE, case_id=row.id,
            kind=given.kind.value, override=given.override.value if given.override else None,
        )  # fmt: skip
        words = f"{given.kind.label}, made to {made.made_to}"
        cases.keep_history(row.id, TimelineEvent.SAFEGUARDING, actor, words=words, at=given.made_at)
        _remind(row.id, made, actor)
        return made


def check_concern(
    case: CaseFile, concern: SafeguardingConcern, given: CheckGiven, *, actor: Actor
) -> ConcernCheck:
    """Record how it stands now; the next look has its own task, the last one is done.

    A form that was sent twice is one look.
    """
    with transaction() as session:
        row = held(case, actor)
        kept = session.get(SafeguardingConcern, concern.id, populate_existing=True)
        if kept is None or kept.case_id != row.id:
            raise NotFound
        come(given.on, "on")
        if given.on < clock.london_day(kept.made_at):
            raise RuleBroken("That is before the concern was made. Check the date.", field="on")
        following = None if given.outcome.is_over else _next(given.next_check_on)
        if (same := _looked_before(session, kept, given, following, actor)) is not None:
            return same
        check = ConcernCheck(
            concern_id=kept.id,
            happened_on=given.on,
            outcome=given.outcome,
            next_check_on=following,
            by_id=actor.id,
            by_name=actor.name,
        )
        check.words = short(given.words, "words")
        if given.outcome.is_over and not check.words:
            raise RuleBroken("Enter what they did, or why nothing more is done.", field="words")
        session.add(check)
        session.flush()
        kept.outcome, kept.next_check_on = given.outcome, following
        audit.record("safeguarding.checked", kept, actor, case_id=row.id)
        words = f"{kept.kind.label}: {given.outcome.label.lower()}"
        cases.keep_history(row.id, TimelineEvent.SAFEGUARDING, actor, words=words)
        finish(row.id, TaskKind.CHECK_CONCERN, actor, about=f"concern:{kept.id}:")
        _remind(row.id, kept, actor, after=check)
        return check


def _remind(
    case_id: int, concern: SafeguardingConcern, actor: Actor, *, after: ConcernCheck | None = None
) -> None:
    """Put the next look on the desk of whoever answers for the case: a new one after each look,
    though it were on the same day, for the one before is done."""
    on = concern.next_check_on
    if on is not None:
        about = f"concern:{concern.id}:{on:%Y%m%d}" + (f":{after.id}" if after else "")
        cases.add_task(case_id, kind=TaskKind.CHECK_CONCERN, about=about, due_on=on, actor=actor)


def _next(on: date | None) -> date:
    if on is None:
        raise RuleBroken("Enter when you will ask again how it stands.", field="next_check_on")
    if on < clock.today():
        raise RuleBroken("The next check must be today or later.", field="next_check_on")
    return on


def _check_override(given: ConcernGiven) -> None:
    agreed = given.consent is ConcernConsent.GIVEN
    if agreed and given.override is not None:
        raise RuleBroken(
            "They agree, so no other ground is needed. Take the ground away.", field="override"
        )
    if not agreed and given.override is None:
        raise RuleBroken("Choose why it is passed on without consent.", field="override")
    if not agreed:
        sentence = "Say in your own words why it is passed on without consent."
        said(given.override_reason, "override_reason", sentence)
    elif given.override_reason.strip():
        raise RuleBroken(
            "They agree, so no reason is needed here. Write it under the concern itself.",
            field="override_reason",
        )


def _sent_before(
    session: Session, case: CaseFile, given: ConcernGiven, reason: str
) -> SafeguardingConcern | None:
    same = {"case_id": case.id, "kind": given.kind, "made_at": given.made_at}
    before = session.scalars(sa.select(SafeguardingConcern).filter_by(**same))
    mine = (reason, given.about.strip())
    return next((one for one in before if (one.reason, one.about) == mine), None)


def _looked_before(
    session: Session,
    concern: SafeguardingConcern,
    given: CheckGiven,
    following: date | None,
    actor: Actor,
) -> ConcernCheck | None:
    """The last look at it, where this form has made that already."""
    looks = sa.select(ConcernCheck).where(ConcernCheck.concern_id == concern.id)
    last = session.scalars(looks.order_by(ConcernCheck.id.desc()).limit(1)).first()
    if last is None:
        return None
    said = (last.outcome, last.happened_on, last.next_check_on, last.words or "", last.by_id)
    now = (given.outcome, given.on, following, given.words.strip(), actor.id)
    return last if said == now else None
