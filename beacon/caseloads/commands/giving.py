"""Giving a case to whom the rule proposes, or to another with a reason; against a fresh count."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.caseloads import queries
from beacon.caseloads.models import CaseHandOver, ManagerChoice
from beacon.caseloads.rules import Judged, proposed
from beacon.caseloads.terms import HandOverState
from beacon.cases import commands as cases
from beacon.cases.commands.access_reviews import meet_kin_chosen
from beacon.cases.commands.assigning import TakesNoPart
from beacon.cases.commands.keeping import HOLD
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import CasePermission
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, in_transaction, transaction
from beacon.core.errors import RuleBroken

FULL = "{name} carries {points} of {capacity} points, and this case {more}. "
FULL_SO = "Choose somebody else, or tick that they are to have it all the same and say why."
UNSETTLED = (HandOverState.WAITING, HandOverState.DECLINED)
ANOTHER = "{name} is not one of those proposed. Say why they are to have it."


def give(
    case: CaseFile,
    manager: Staff,
    *,
    reason: str = "",
    although_full: bool = False,
    version: int,
    actor: Actor,
) -> None:
    """Give the case to somebody, with what the rule says of them at this moment.

    One at a time for each person: of two leaders who fill somebody's last place at once, the second
    is told that it is gone. Who is not proposed gets it for a typed reason; who is full, for a tick
    beside it.
    """
    try:
        with transaction():
            row = held_for(case, actor, CasePermission.ASSIGN, version=version)
            hold(manager)
            said = check(row, manager, reason=reason, although_full=although_full)
            pass_on(row.id)
            keep_choice(row, manager, said, reason=reason, actor=actor)
            cases.assign_manager(row, manager, version=row.version, actor=actor)
    except TakesNoPart:
        if not in_transaction():
            meet_kin_chosen(case.id, manager.id, actor=actor)
        raise


def hold(manager: Staff) -> None:
    """Keep out whoever else would give this person something, until we commit."""
    db.session.get(Staff, manager.id, with_for_update=HOLD | {"of": Staff}, populate_existing=True)


def check(row: CaseFile, manager: Staff, *, reason: str, although_full: bool) -> list[Judged]:
    """Refuse what the rule does not bear without a reason; give what it says of everybody.

    Of somebody of whom the rule knows nothing, casework itself says why not.
    """
    judged = queries.judged_for(row)
    mine = judged_of(judged, manager)
    if mine is None or manager.id == row.manager_id:
        return judged
    if mine.is_full and not (although_full and reason.strip()):
        person = mine.person
        full = FULL.format(
            name=manager.name,
            points=person.points,
            capacity=person.capacity,
            more=queries.weigh_one(row.id).points,
        )
        raise RuleBroken(full + FULL_SO, field="manager")
    if mine not in proposed(judged, but=row.manager_id) and not reason.strip():
        raise RuleBroken(ANOTHER.format(name=manager.name), field="reason")
    return judged


def judged_of(judged: list[Judged], manager: Staff) -> Judged | None:
    """What the rule says of one person, if it knows them."""
    return next((one for one in judged if one.person.staff_id == manager.id), None)


def pass_on(case_id: int) -> None:
    """The case goes to somebody else: what was said of an earlier hand-over is settled with it."""
    with transaction() as session:
        for row in session.scalars(
            sa.select(CaseHandOver)
            .where(CaseHandOver.case_id == case_id, CaseHandOver.state.in_(UNSETTLED))
            .order_by(CaseHandOver.id)
        ):
            row.state, row.settled_at = HandOverState.PASSED_ON, clock.now()


def keep_choice(
    row: CaseFile, manager: Staff, judged: list[Judged], *, reason: str, actor: Actor
) -> None:
    """Write down whom the rule proposed, who was chosen, and why."""
    mine = judged_of(judged, manager)
    best = next((one for one in judged if one.fits), None)
    choice = ManagerChoice(
        case_id=row.id,
        chosen_id=manager.id,
        proposed_id=best.person.staff_id if best else None,
        was_proposed=mine is not None and mine in proposed(judged, but=row.manager_id),
        over_capacity=mine is not None and mine.is_full,
        by_id=actor.id,
    )
    choice.words, choice.reason = mine.words if mine else "", reason.strip()
    with transaction() as session:
        session.add(choice)
        session.flush()
        audit.record(
            "case.manager_chosen",
            choice,
            actor,
            case_id=row.id,
            chosen=manager.id,
            proposed=choice.proposed_id,
            over_capacity=choice.over_capacity or None,
            reason="given" if choice.reason else "",
        )
