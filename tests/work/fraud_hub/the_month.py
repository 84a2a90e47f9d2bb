"""The sample month of the fraud list, taken in, and its rows worked through one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
import sqlalchemy as sa

from beacon.cases import commands as cases
from beacon.cases.models import CaseFile, CaseTask
from beacon.cases.terms import ContactOutcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.entitlements import commands as duties
from beacon.entitlements import queries as entitlements
from beacon.feeds.commands import Report
from beacon.fraud_hub import commands, queries
from beacon.fraud_hub.queries import MonthList
from beacon.fraud_hub.terms import Asked, Decision, Standing
from beacon.plans import commands as plans
from beacon.plans.terms import ClosingReason, NotAssessed
from beacon.referrals.imports import import_file
from tests.factories import TEST
from tests.work.fraud_hub.builders import attempt

SAMPLE = Path(__file__).parents[2] / "data" / "fraud.xlsx"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROWS = 702
REFUSED = "fraud hub has not decided"


def taken_in() -> Report:
    """The sample file, taken in as the drop folder would."""
    return import_file("fraud", SAMPLE, file_name=SAMPLE.name, actor=TEST)


def on_the_list(officer: Actor) -> set[int]:
    """The cases that are still on the list."""
    rows = MonthList(viewer=officer).page(size=ROWS + 1)
    return {row.case_id for row in rows}


def the_rows(officer: Actor) -> Sequence[queries.MonthRow]:
    """Every row, whatever its standing."""
    return MonthList(viewer=officer, everything=True).page(size=ROWS + 1).rows


def settled(case: CaseFile) -> None:
    """Nothing is owed any more before a closing: only the decision of the hub is left."""
    for duty in entitlements.duties_owed(case.id):
        duties.not_applicable(duty, reason="Not this time.", actor=TEST)
    waiting = sa.select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.done_at.is_(None))
    for task in db.session.scalars(waiting).all():
        cases.finish_task(task, actor=TEST)


def close(case: CaseFile, actor: Actor) -> None:
    """Close it with its summary."""
    given = plans.ClosingGiven(
        reason=ClosingReason.DONE, summary="Over.", not_assessed=NotAssessed.DECLINED
    )
    row = db.session.get_one(CaseFile, case.id, populate_existing=True)
    plans.close(row, given, version=row.version, actor=actor)


def leave(case: CaseFile, decision: Decision, officer: Actor) -> None:
    """Take one row off the list as the rules say; what comes before the decision leaves it there.

    Every step is tried in the wrong order first, and refused.
    """
    report = commands.DecisionGiven(
        decision=decision,
        reason="As it was agreed.",
        handed_to="Trading Standards" if decision is Decision.HANDED_ON else "",
    )
    with pytest.raises(RuleBroken, match="Nobody has tried"):
        commands.decide(case, report, seen=0, actor=officer)
    for number, outcome in enumerate(_tries(decision)):
        with clock.fixed(MONDAY + timedelta(days=number)):
            asked = Asked.SAFE if outcome is ContactOutcome.SPOKE else Asked.NOBODY
            seen = queries.newest_contact(case.id)
            once = attempt(outcome=outcome, asked=asked)
            commands.record_attempt(case, once, seen=seen, actor=officer)
    assert _standing(case, officer).is_on_the_list
    settled(case)
    with pytest.raises(RuleBroken, match=REFUSED):
        close(case, officer)
    if decision.needs_triage:
        page = queries.contact_in(officer, case)
        ticked = commands.TriageGiven(factors=page.ticked)
        commands.confirm_triage(case, ticked, number=0, actor=officer)
    commands.decide(case, report, seen=queries.newest_contact(case.id), actor=officer)
    assert not _standing(case, officer).is_on_the_list
    settled(case)


def work_through(worked: Iterable[CaseFile], officer: Actor) -> dict[Decision, int]:
    """Take these off the list, by every decision in turn, and close each."""
    done = dict.fromkeys(Decision, 0)
    for case, decision in zip(worked, cycle(Decision), strict=False):
        leave(case, decision, officer)
        close(case, officer)
        assert _standing(case, officer) is Standing.CLOSED
        done[decision] += 1
    return done


def _standing(case: CaseFile, officer: Actor) -> Standing:
    row = queries.row_of(officer, case.id)
    assert row is not None
    return row.standing


def _tries(decision: Decision) -> list[ContactOutcome]:
    if decision.needs_talk:
        return [ContactOutcome.NO_ANSWER, ContactOutcome.SPOKE]
    if decision is Decision.UNREACHABLE:
        return [ContactOutcome.NO_ANSWER] * 3
    return [ContactOutcome.NO_ANSWER]
