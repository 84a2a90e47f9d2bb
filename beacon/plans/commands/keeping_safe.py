"""The safety plan, and what is fitted at a victim's home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.plans.commands.keeping import STALE, change, held_case, held_part, needed, tell
from beacon.plans.models import HardeningItem, SafetyPlan
from beacon.plans.terms import ItemKind, Part


@dataclass(frozen=True, kw_only=True)
class SafetyGiven:
    """What the safety plan says; and what still worries us."""

    signs: str = ""
    steps: str = ""
    people: str = ""
    children: str = ""
    concerns: str = ""
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ItemGiven:
    """One thing for a safer home, with its days."""

    kind: ItemKind
    asked_on: date
    words: str = ""
    whom: str = ""
    agreed_on: date | None = None
    fitted_on: date | None = None
    dropped_on: date | None = None


def save_safety_plan(
    case: CaseFile, given: SafetyGiven, *, reason: str, version: int, actor: Actor
) -> SafetyPlan:
    """Write or change the safety plan. Version nought is that of a plan not yet written."""
    with transaction() as session:
        row = held_case(case, actor)
        values = {
            name: getattr(given, name).strip()
            for name in ("signs", "steps", "people", "children", "concerns")
        }
        if not any(values.values()):
            raise RuleBroken("Enter at least what they do when it becomes dangerous.", "steps")
        query = sa.select(SafetyPlan).where(SafetyPlan.case_id == row.id)
        plan = session.scalar(query.execution_options(populate_existing=True))
        if (plan.version if plan else 0) != version:
            raise Stale(STALE)
        if plan is None:
            plan = _first(row.id, given, values, actor)
            tell(row.id, "the safety plan", actor)  # what it says stands in the plan alone
            return plan
        needed(reason, "Enter why it is changed.", "reason")
        if change(plan, Part.SAFETY, values | {"review_on": given.review_on}, reason, actor):
            plan.by_id, plan.by_name = actor.id, actor.name
            tell(row.id, "the safety plan", actor)
        return plan


def _first(case_id: int, given: SafetyGiven, values: Mapping[str, str], actor: Actor) -> SafetyPlan:
    plan = SafetyPlan(
        case_id=case_id, review_on=given.review_on, by_id=actor.id, by_name=actor.name
    )
    for name, words in values.items():
        setattr(plan, name, words)
    db.session.add(plan)
    audit.record(
        "safety_plan.written", plan, actor, operation=Operation.COLLECTION, case_id=case_id
    )
    return plan


def add_item(case: CaseFile, given: ItemGiven, *, actor: Actor) -> HardeningItem:
    """Write down what is asked for. A form that was sent twice asks once."""
    with transaction() as session:
        row = held_case(case, actor)
        _check(given, "")
        said = {"case_id": row.id, "kind": given.kind, "asked_on": given.asked_on}
        for one in session.scalars(sa.select(HardeningItem).filter_by(**said)):
            if (one.words, one.by_id) == (given.words.strip(), actor.id):
                return one
        item = HardeningItem(
            **said,
            agreed_on=given.agreed_on,
            fitted_on=given.fitted_on,
            by_id=actor.id,
            by_name=actor.name,
        )
        item.words, item.whom = given.words.strip(), given.whom.strip()
        session.add(item)
        audit.record("item.asked_for", item, actor, case_id=row.id)
        tell(row.id, f"for a safer home: {given.kind.label.lower()}", actor)
        return item


def change_item(
    case: CaseFile,
    item: HardeningItem,
    given: ItemGiven,
    *,
    reason: str,
    version: int,
    actor: Actor,
) -> None:
    """Say that it is agreed, fitted, or not to be fitted and why; or put it right."""
    with transaction():
        row = held_part(case, HardeningItem, item.id, actor, version=version)
        _check(given, reason)
        values = {
            "kind": given.kind,
            "words": given.words.strip(),
            "whom": given.whom.strip(),
            "asked_on": given.asked_on,
            "agreed_on": given.agreed_on,
            "fitted_on": given.fitted_on,
            "dropped_on": given.dropped_on,
        }
        with db.session.no_autoflush:
            if given.dropped_on:
                row.reason = reason.strip()
            is_changed = change(row, Part.ITEM, values, reason, actor)
        if is_changed:
            tell(row.case_id, f"{row.kind.label.lower()}: {row.standing.lower()}", actor)


def _check(given: ItemGiven, reason: str) -> None:
    for name in ("asked_on", "agreed_on", "fitted_on", "dropped_on"):
        day = getattr(given, name)
        if day is not None and day > clock.today():
            raise RuleBroken("That day has not come yet. Check the date.", name)
        if day is not None and day < given.asked_on:
            raise RuleBroken("That is before it was asked for. Check the dates.", name)
    if given.fitted_on and given.dropped_on:
        raise RuleBroken(
            "It is either fitted or given up. Leave one of the two empty.", "fitted_on"
        )
    if given.dropped_on:
        needed(reason, "Enter why it is not to be fitted.", "reason")
