"""What a fraud victim is given against the next fraud, and the checks some months later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases import commands as cases
from beacon.cases.commands.tasks import finish_tasks_about
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import TaskKind
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements.terms import Channel
from beacon.fraud_hub.commands.once import held_case, made_before, not_yet
from beacon.fraud_hub.models import RepeatCheck, SupportItem
from beacon.fraud_hub.terms import (
    ENDS_OF_LOAN,
    STARTS,
    RepeatOutcome,
    SupportKind,
    SupportState,
)


@dataclass(frozen=True, kw_only=True)
class SupportFacts:
    """One item of a support plan: how it was given, and of a loan, until when."""

    kind: SupportKind
    state: SupportState
    on: date
    serial: str = ""
    due_back_on: date | None = None
    words: str = ""


def add_support(case: CaseFile, facts: SupportFacts, *, token: str, actor: Actor) -> SupportItem:
    """Write down what was advised, given, fitted or lent (domain.md 4.6)."""
    with transaction() as session:
        held = held_case(case)
        before = made_before(SupportItem, held, token)
        if before is not None:
            return before
        _check_support(facts)
        item = SupportItem(
            case_id=held.id,
            kind=facts.kind,
            state=facts.state,
            started_on=facts.on,
            due_back_on=facts.due_back_on,
            by_id=actor.id,
            by_name=actor.name,
            token=token,
        )
        item.serial, item.words = facts.serial.strip(), facts.words.strip()
        session.add(item)
        session.flush()
        audit.record(
            "fraud.support_given", item, actor, operation=Operation.COLLECTION, case_id=held.id
        )
        return item


def end_loan(
    item: SupportItem, state: SupportState, *, on: date, words: str = "", actor: Actor
) -> None:
    """Write down that a loan came back, or will not; a second time changes nothing."""
    with transaction() as session:
        row = session.get(SupportItem, item.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if state not in ENDS_OF_LOAN:
            raise RuleBroken("Say whether it came back.", field="state")
        if row.state is state:
            return
        if not row.is_out:
            raise RuleBroken("This is not lent. Open the plan again.")
        not_yet(on, "on")
        if on < row.started_on:
            raise RuleBroken("It cannot come back before it was lent.", field="on")
        row.state, row.ended_on = state, on
        row.words = words.strip() or row.words
        finish_tasks_about(row.case_id, _about_loan(row.id), actor, whole=True)
        audit.record("fraud.loan_ended", row, actor, case_id=row.case_id, state=state.value)


def chase_loan(item_id: int, *, actor: Actor) -> bool:
    """Ask for a loan that should be back; whether there was need to. Asks once for each loan."""
    with transaction() as session:
        row = session.get(SupportItem, item_id, populate_existing=True)
        if row is None or not row.is_out or row.due_back_on is None:
            return False
        if row.due_back_on >= clock.today():
            return False
        about = _about_loan(row.id)
        if _is_asked(row.case_id, about):
            return False
        cases.add_task(
            row.case_id,
            kind=TaskKind.LOAN_DUE_BACK,
            about=about,
            due_on=clock.today(),
            actor=actor,
        )
        return True


def open_check(case_id: int, months: int, due_on: date, *, actor: Actor) -> bool:
    """Ask whether fraud has come again, so many months after the first support; once each."""
    with transaction() as session:
        fresh = sa.select(RepeatCheck.id).filter_by(case_id=case_id, months=months)
        if session.scalar(fresh) is not None:
            return False
        row = RepeatCheck(case_id=case_id, months=months, due_on=due_on)
        session.add(row)
        session.flush()
        cases.add_task(
            case_id,
            kind=TaskKind.FRAUD_CHECK,
            about=_about_check(months),
            due_on=due_on,
            actor=actor,
        )
        audit.record("fraud.check_opened", row, actor, case_id=case_id, months=months)
        return True


@dataclass(frozen=True, kw_only=True)
class CheckFacts:
    """What a check found, when, and how they were reached."""

    outcome: RepeatOutcome
    on: date
    channel: Channel
    words: str = ""


def record_check(check: RepeatCheck, facts: CheckFacts, *, actor: Actor) -> None:
    """Write down what a check found; it is never written over."""
    with transaction() as session:
        row = session.get(RepeatCheck, check.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.done_on is not None:
            if (row.outcome, row.done_on) == (facts.outcome, facts.on):
                return
            raise RuleBroken("Somebody has already written down this check.")
        not_yet(facts.on, "on")
        row.done_on, row.outcome, row.channel = facts.on, facts.outcome, facts.channel
        row.words, row.by_id, row.by_name = facts.words.strip(), actor.id, actor.name
        finish_tasks_about(row.case_id, _about_check(row.months), actor, whole=True)
        audit.record(
            "fraud.check_done",
            row,
            actor,
            operation=Operation.COLLECTION,
            case_id=row.case_id,
            found=facts.outcome.value,
        )


def _about_loan(item_id: int) -> str:
    return f"loan:{item_id}"


def _about_check(months: int) -> str:
    return f"fraud-check:{months}"


def _is_asked(case_id: int, about: str) -> bool:
    query = sa.select(CaseTask.id).where(CaseTask.case_id == case_id, CaseTask.about == about)
    return db.session.scalar(query.limit(1)) is not None


def _check_support(facts: SupportFacts) -> None:
    if facts.state not in STARTS:
        raise RuleBroken("Choose how it was given.", field="state")
    not_yet(facts.on, "on")
    lent = facts.state is SupportState.LENT
    if lent and not facts.kind.is_equipment:
        raise RuleBroken("Only equipment is lent. Choose how it was given.", field="state")
    held = facts.kind.is_equipment and facts.state is not SupportState.ADVISED
    if held and not facts.serial.strip():
        raise RuleBroken("Enter the serial number that stands on it.", field="serial")
    if lent and facts.due_back_on is None:
        raise RuleBroken("Enter the day by which it is to come back.", field="due_back_on")
    if facts.due_back_on is not None and not lent:
        raise RuleBroken("Only what is lent is to come back. Leave it empty.", field="due_back_on")
    if facts.due_back_on is not None and facts.due_back_on < facts.on:
        raise RuleBroken("It cannot be due back before it was lent.", field="due_back_on")
