"""Telling several victims of one crime of one milestone: all of it is recorded, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.cases.commands.duties import tell_victim
from beacon.cases.commands.keeping import held_crime
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, Crime, CrimeMilestone
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.entitlements.models import Duty
from beacon.entitlements.terms import Channel, EntitlementPermission

GONE = "This case is no longer open to you."


@dataclass(frozen=True, kw_only=True)
class Telling:
    """That one victim was told: of which duty, when, and by which channel."""

    duty_id: int
    at: datetime
    channel: Channel
    late_because: str = ""
    recovery: str = ""


class NotAllRecorded(RuleBroken):
    """Some of it cannot be recorded as it stands, so none of it was: why, by duty."""

    def __init__(self, refusals: Mapping[int, RuleBroken]) -> None:
        super().__init__("Nothing was recorded. See what is said of each case.")
        self.refusals = dict(refusals)


def tell_victims(milestone: CrimeMilestone, told: Sequence[Telling], *, actor: Actor) -> None:
    """Record for each case that its victim was told, in one transaction.

    Where one of them can no longer be recorded nothing is, and each refusal is by its duty. Rows
    are held in one order: the crime, its cases, their duties.
    """
    if not told:
        raise RuleBroken("Tick at least one victim who was told.")
    with transaction() as session:
        held_crime(session.get_one(Crime, milestone.crime_id))
        refused: dict[int, RuleBroken] = {}
        pairs = _pairs(session, milestone, told)
        cases = _held_cases(pairs, actor, refused)
        for duty_id in sorted(pairs):
            session.get(Duty, duty_id, with_for_update=True, populate_existing=True)
        for one in sorted(told, key=lambda one: one.duty_id):
            case, duty = pairs[one.duty_id]
            if case.id in cases:
                _tell(case, duty, one, actor, refused)
        if refused:
            raise NotAllRecorded(refused)


def _tell(
    case: CaseFile, duty: Duty, one: Telling, actor: Actor, refused: dict[int, RuleBroken]
) -> None:
    try:
        tell_victim(
            case,
            duty,
            at=one.at,
            channel=one.channel,
            late_because=one.late_because,
            recovery=one.recovery,
            actor=actor,
        )
    except RuleBroken as refusal:
        refused[duty.id] = refusal


def _pairs(
    session: Session, milestone: CrimeMilestone, told: Sequence[Telling]
) -> dict[int, tuple[CaseFile, Duty]]:
    """Each duty of this milestone that is named, with its case; another one is not found."""
    rows = session.execute(
        sa.select(CaseFile, Duty)
        .join(Duty, Duty.case_id == CaseFile.id)
        .where(
            Duty.id.in_([one.duty_id for one in told]),
            Duty.about == milestone.subject,
            CaseFile.crime_id == milestone.crime_id,
        )
    ).all()
    pairs = {row.Duty.id: (row.CaseFile, row.Duty) for row in rows}
    if any(one.duty_id not in pairs for one in told):
        raise NotFound
    return pairs


def _held_cases(
    pairs: Mapping[int, tuple[CaseFile, Duty]], actor: Actor, refused: dict[int, RuleBroken]
) -> set[int]:
    """The cases that this person may still record in, held; why not, for each of the others."""
    held = set()
    for case in sorted({case for case, _ in pairs.values()}, key=lambda case: case.id):
        try:
            held_for(case, actor, EntitlementPermission.RECORD)
            held.add(case.id)
        except NotFound:
            refused |= _each(pairs, case, RuleBroken(GONE))
        except RuleBroken as refusal:
            refused |= _each(pairs, case, refusal)
    return held


def _each(
    pairs: Mapping[int, tuple[CaseFile, Duty]], case: CaseFile, refusal: RuleBroken
) -> dict[int, RuleBroken]:
    return {duty.id: refusal for of, duty in pairs.values() if of.id == case.id}
