"""Orders and conditions of bail that protect a victim: recorded, varied, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import queries
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.commands.tasks import finish_tasks_about
from beacon.cases.models import CaseFile, CaseOrder
from beacon.cases.terms import CasePermission, OrderKind, TimelineEvent, about_order
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken

CONDITIONS_AT_MOST = 2_000
REASON_AT_MOST = 500


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What protects them, from when until when, and on which conditions."""

    kind: OrderKind
    starts_on: date
    ends_on: date | None = None
    conditions: str = ""


def record_order(case: CaseFile, facts: OrderFacts, *, actor: Actor) -> CaseOrder:
    """Record an order or conditions of bail. A form that was sent twice makes one."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        _check(facts)
        same = next((one for one in queries.orders_that_stand(row.id) if _same(one, facts)), None)
        return same or _write(session, row, facts, actor, replaces=None)


def vary_order(case: CaseFile, order: CaseOrder, facts: OrderFacts, *, actor: Actor) -> CaseOrder:
    """Record that its conditions or its end were varied; what stood before is kept."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        before = _held(session, row, order)
        _check(facts)
        if _same(before, facts):
            return before
        before.replaced_at = clock.now()
        finish_tasks_about(row.id, about_order(before.kind, before.id), actor, whole=True)
        session.flush()
        return _write(session, row, facts, actor, replaces=before)


def end_order(case: CaseFile, order: CaseOrder, *, on: date, reason: str, actor: Actor) -> None:
    """Record that it protects them no more, and why: lifted, discharged, or run out."""
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        held = _held(session, row, order)
        if on > clock.today():
            raise RuleBroken(
                "It has not ended yet. Record a new end by changing the order.", field="on"
            )
        if on < held.starts_on:
            raise RuleBroken("That is before it began. Check the date.", field="on")
        if not reason.strip():
            raise RuleBroken("Enter why it ended.", field="reason")
        held.ended_on, held.ended_because = on, reason.strip()
        audit.record("case.order_ended", held, actor, fields=("reason",), case_id=row.id)
        words = f"{held.kind.label}, {reason.strip()}"
        keep_history(row.id, TimelineEvent.ORDER_ENDED, actor, words=words)
        finish_tasks_about(row.id, about_order(held.kind, held.id), actor, whole=True)


def _write(
    session: Session, case: CaseFile, facts: OrderFacts, actor: Actor, *, replaces: CaseOrder | None
) -> CaseOrder:
    made = CaseOrder(
        case_id=case.id,
        kind=facts.kind,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        by_id=actor.id,
        by_name=actor.name,
        replaces_id=replaces.id if replaces else None,
    )
    made.conditions = facts.conditions.strip()
    session.add(made)
    audit.record(
        "case.order_varied" if replaces else "case.order_recorded",
        made,
        actor,
        operation=Operation.ALTERATION if replaces else Operation.COLLECTION,
        case_id=case.id,
        kind=facts.kind.value,
    )
    until = f"until {_day(facts.ends_on)}" if facts.ends_on else "until further notice"
    varied = ", varied" if replaces else ""
    words = f"{facts.kind.label}{varied}, from {_day(facts.starts_on)} {until}"
    keep_history(case.id, TimelineEvent.ORDER, actor, words=words)
    return made


def _check(facts: OrderFacts) -> None:
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise RuleBroken("It cannot end before it begins. Check both dates.", field="ends_on")
    if not facts.conditions.strip():
        raise RuleBroken("Enter what the order says, in short.", field="conditions")
    if len(facts.conditions) > CONDITIONS_AT_MOST:
        raise RuleBroken(f"Use {CONDITIONS_AT_MOST:,} characters or fewer.", field="conditions")


def _held(session: Session, case: CaseFile, order: CaseOrder) -> CaseOrder:
    """The order as it is now; the case is held, so nobody else changes it."""
    row = session.get(CaseOrder, order.id, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    if not row.stands:
        raise RuleBroken("This order was changed or ended meanwhile. Look at the case again.")
    return row


def _same(row: CaseOrder, facts: OrderFacts) -> bool:
    held = (row.kind, row.starts_on, row.ends_on, row.conditions)
    return held == (facts.kind, facts.starts_on, facts.ends_on, facts.conditions.strip())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
