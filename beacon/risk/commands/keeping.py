"""What the service keeps of its own: what each district asks for, and the licensed wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import insert_or_change, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.risk.commands.ground import come, said, short
from beacon.risk.models import AsbThreshold, RiskWording
from beacon.risk.rules import CEILING, Threshold, questions_of
from beacon.risk.terms import RiskPermission, RiskTool

WORDING_AT_MOST = 1_000
STALE = "Somebody else has changed this since you opened the page. Look at it again."
LARGEST = {"count": CEILING.count, "or_people": 20, "hate_count": 20}


@dataclass(frozen=True, kw_only=True)
class ThresholdGiven:
    """What a district asks for, from where that is known, and on which day it was verified."""

    threshold: Threshold
    friend_may_apply: bool
    anonymous_accepted: bool
    source: str
    note: str
    verified_on: date | None


def change_threshold(
    row: AsbThreshold, given: ThresholdGiven, *, version: int, actor: Actor
) -> AsbThreshold:
    """Change what a district asks for. No council may ask for more than the Act allows."""
    with transaction() as session:
        still_may(actor, RiskPermission.SET_DISTRICTS)
        kept = session.get(AsbThreshold, row.id, with_for_update=True, populate_existing=True)
        if kept is None:
            raise NotFound
        if kept.version != version:
            raise RuleBroken(STALE)
        _check(given.threshold)
        for name in ("count", "window_months", "report_within_months", "or_people", "hate_count"):
            setattr(kept, name, getattr(given.threshold, name))
        kept.counted_by = given.threshold.counted_by
        kept.friend_may_apply = given.friend_may_apply
        kept.anonymous_accepted = given.anonymous_accepted
        kept.source = said(given.source, "source", "Enter where you read it.", at_most=200)
        kept.note = short(given.note, "note", at_most=500)
        if given.verified_on is not None:
            come(given.verified_on, "verified_on")
        kept.verified_on = given.verified_on
        kept.verified_by = actor.name if given.verified_on else ""
        kept.version += 1
        audit.record("asb_threshold.changed", kept, actor, district=kept.district)
        return kept


def load_wording(tool: RiskTool, wording: Mapping[int, str], *, actor: Actor) -> int:
    """Put the licensed wording of a tool in the place of our own topics; how many questions."""
    known = questions_of(tool)
    if unknown := sorted(set(wording) - set(known)):
        raise RuleBroken(f"{tool.label} has no question {unknown[0]}: it has {len(known)}.")
    for number, words in wording.items():
        if not words.strip() or len(words) > WORDING_AT_MOST:
            raise RuleBroken(
                f"Question {number} must have from 1 to {WORDING_AT_MOST:,} characters."
            )
    rows = [
        {"created_at": clock.now(), "tool": tool, "number": number, "wording": words.strip()}
        for number, words in sorted(wording.items())
    ]
    with transaction() as session:
        table: sa.Table = RiskWording.__table__  # type: ignore[assignment]
        insert_or_change(session, table, rows, key=("tool", "number"))
        audit.record("risk_wording.loaded", ("risk_wording", tool.value), actor)
    return len(rows)


def _check(asked: Threshold) -> None:
    for name, most in LARGEST.items():
        figure = getattr(asked, name)
        if figure is not None and not 0 < figure <= most:
            raise RuleBroken(f"Enter a number from 1 to {most}.", field=name)
    if not CEILING.window_months <= asked.window_months <= 24:
        raise RuleBroken(
            "Enter a number of months from 6 to 24: the Act lets no council look back less far.",
            field="window_months",
        )
    within = asked.report_within_months
    if within is not None and not 0 < within <= 24:
        raise RuleBroken("Enter a number of months from 1 to 24.", field="report_within_months")
