"""What every order of plans does beside its own work: hold a part, and write down each change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar  # a part of a plan is changed by the names of its columns

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import CasePermission, TimelineEvent
from beacon.core import clock, roles, scope
from beacon.core.actor import Actor
from beacon.core.db import Base, db
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.plans.models import Plan, PlanChange
from beacon.plans.terms import Part, PlanState

STALE = "Somebody else has saved this since you opened the page. Both versions are below."
NO_OWNER = "The case manager"
M = TypeVar("M", bound=Base)


def held_case(case: CaseFile, actor: Actor) -> CaseFile:
    """The open case, held, as long as this person may work on it."""
    return held_for(case, actor, CasePermission.WORK)


def held_part(
    case: CaseFile, model: type[M], row_id: int, actor: Actor, *, version: int | None
) -> M:
    """One part of the case's plan as it is now, held; refused where the page was an older one."""
    row = held_case(case, actor)
    part: Any = db.session.get(model, row_id, with_for_update=True, populate_existing=True)
    if part is None or part.case_id != row.id:
        raise NotFound
    if version is not None and part.version != version:
        raise Stale(STALE)
    return part  # type: ignore[no-any-return]


def change(row: Any, part: Part, values: Mapping[str, Any], reason: str, actor: Actor) -> bool:
    """Set what differs, and write down of each what it said and says; whether anything did."""
    differing = {name: new for name, new in values.items() if getattr(row, name) != new}
    if not differing:
        return False
    for name, new in differing.items():
        note(row.case_id, part, row.id, name, getattr(row, name), new, reason, actor)
        setattr(row, name, new)
    row.version += 1
    audit.record(f"{part.value}.changed", row, actor, fields=tuple(differing), case_id=row.case_id)
    return True


def note(
    case_id: int,
    part: Part,
    about_id: int,
    field: str,
    old: object,
    new: object,
    reason: str,
    actor: Actor,
) -> None:
    """Write down one change, with its reason."""
    line = PlanChange(
        case_id=case_id,
        part=part,
        about_id=about_id,
        field=field,
        by_id=actor.id,
        by_name=actor.name,
    )
    line.old, line.new, line.reason = _said(field, old), _said(field, new), reason.strip()
    db.session.add(line)


def tell(case_id: int, words: str, actor: Actor) -> None:
    """A line of the case's own history: that the plan was worked on, and at what."""
    keep_history(case_id, TimelineEvent.PLAN, actor, words=words)


def touched(case_id: int, actor: Actor) -> Plan:
    """The plan of the case, made where there is none; what was approved must be approved anew."""
    plan = db.session.scalar(
        sa.select(Plan).where(Plan.case_id == case_id).execution_options(populate_existing=True)
    )
    if plan is None:
        plan = Plan(case_id=case_id)
        db.session.add(plan)
        db.session.flush()
    elif plan.state is not PlanState.DRAFT:
        note(case_id, Part.PLAN, plan.id, "state", plan.state, PlanState.DRAFT, CHANGED, actor)
        plan.state = PlanState.DRAFT
        plan.version += 1
    return plan


CHANGED = "The plan was changed."


def check_owner(case: CaseFile, owner_id: int | None) -> None:
    """Refuse to give something to do to somebody who may not open the case."""
    if owner_id is None:
        return
    owner = db.session.get(Staff, owner_id)
    if owner is None or not owner.may_sign_in(clock.today()):
        raise RuleBroken("That person no longer works here. Choose somebody else.", "owner")
    asked = Actor(
        kind="staff", id=owner.id, name=owner.name, team_id=owner.team_id, roles=owner.roles
    )
    seen = sa.select(CaseFile.id).where(CaseFile.id == case.id, scope.condition(asked, CaseFile))
    may = roles.may(asked.roles, CasePermission.WORK)
    if not may or db.session.scalar(seen) is None:
        raise RuleBroken("That person cannot take this. Choose somebody else.", "owner")


def as_owner(case: CaseFile, owner_id: int | None) -> int | None:
    """Who answers for it: nobody by name where it is the case manager, so that it goes on with
    the case."""
    return None if owner_id == case.manager_id else owner_id


def needed(text: str, sentence: str, field: str) -> str:
    """Words that must be there."""
    if not text.strip():
        raise RuleBroken(sentence, field)
    return text.strip()


def _said(field: str, value: object) -> str:
    """A value as the history says it."""
    if field == "owner_id":
        owner = db.session.get(Staff, value) if value is not None else None
        return owner.name if owner else NO_OWNER
    if value is None or value == "":
        return ""
    if isinstance(value, StrEnum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return str(value)
