"""What a team leader decides about an offer that an order or a live risk blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.audit import commands as audit
from beacon.cases import commands as cases
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.people.rules import is_reason
from beacon.restorative import queries
from beacon.restorative.commands.ground import said
from beacon.restorative.models import RestorativeRuling
from beacon.restorative.terms import RestorativePermission, Ruling

NOTHING = "Nothing blocks an offer in this case, so there is nothing to decide."
CHANGED = "What stands against it has changed since you looked. Look at it again, then decide."
NO_REASON = "Give your reasons in your own words: what you weighed, and who was asked."


@dataclass(frozen=True, kw_only=True)
class RulingGiven:
    """A decision, with the keys of the orders and risks that the person was looking at."""

    ruling: Ruling
    reason: str
    seen: frozenset[str]
    until: date | None = None


def rule_on(case: CaseFile, given: RulingGiven, *, actor: Actor) -> RestorativeRuling:
    """Allow the next step once, or keep it blocked until a day; with written reasons.

    It covers what was looked at. Another order, or a risk that is raised after, blocks again.
    """
    with transaction() as session:
        row = held_for(case, actor, RestorativePermission.DECIDE)
        block = queries.block_of(row.id)
        if not block.stops:
            raise RuleBroken(NOTHING)
        keys = frozenset(stop.key for stop in block.stops)
        if keys != given.seen:
            raise Stale(CHANGED)
        reason = said(given.reason, "reason", NO_REASON)
        if not is_reason(reason):
            raise RuleBroken(NO_REASON, field="reason")
        until = _until(given)
        before = block.ruling
        if (
            before is not None
            and before.used_at is None
            and (before.ruling, before.until, before.weighed, before.reason)
            == (given.ruling, until, keys, reason)
        ):
            return before  # the form was sent twice
        made = RestorativeRuling(
            case_id=row.id,
            ruling=given.ruling,
            until=until,
            stops=" ".join(sorted(keys)),
            by_id=actor.id,
            by_name=actor.name,
        )
        made.reason = reason
        session.add(made)
        session.flush()
        audit.record(
            "restorative.ruled", made, actor, case_id=row.id, ruling=given.ruling.value,
            fields=("reason",),
        )  # fmt: skip
        words = f"{given.ruling.label.lower()}, of {block.why}"
        cases.keep_history(row.id, TimelineEvent.RESTORATIVE, actor, words=words)
        return made


def _until(given: RulingGiven) -> date | None:
    if given.ruling is Ruling.ALLOW:
        return None
    if given.until is None:
        raise RuleBroken("Enter until which day it stays blocked.", field="until")
    if given.until < clock.today():
        raise RuleBroken("The last day must be today or later.", field="until")
    return given.until
