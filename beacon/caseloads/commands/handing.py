"""Cases of a leaver or an absent manager that go to colleagues, each accepted by its receiver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from beacon.accounts import queries as accounts
from beacon.accounts.commands import still_may
from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.caseloads import queries
from beacon.caseloads.commands.giving import FULL, hold, judged_of, keep_choice, pass_on
from beacon.caseloads.models import CaseHandOver
from beacon.caseloads.terms import CaseloadPermission, HandOverState
from beacon.cases import commands as cases
from beacon.cases.commands import HandedOver
from beacon.cases.commands.keeping import HOLD
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import NotFound, RuleBroken


def hand_over(
    given: Mapping[int, int],
    *,
    of: Staff,
    reason: str,
    although_full: bool = False,
    actor: Actor,
) -> HandedOver:
    """Give each of these cases of one manager to the colleague beside it, and wait for their word.

    Each goes in a transaction of its own, against a fresh count of what its receiver carries. The
    receiver answers for it from now on; until they accept it, it stands before the leader.
    """
    if not reason.strip():
        raise RuleBroken("Say why these cases change hands.", field="reason")
    by_receiver: defaultdict[int, list[int]] = defaultdict(list)
    for case_id, to_id in given.items():
        by_receiver[to_id].append(case_id)
    whole = HandedOver()
    for to_id, case_ids in by_receiver.items():
        came = cases.hand_over(
            case_ids,
            of=of,
            to=accounts.get_staff(to_id),
            before=lambda row, to: _wait_for(
                row, to, reason=reason, although_full=although_full, actor=actor
            ),
            actor=actor,
        )
        whole.done += came.done
        whole.refused |= came.refused
    return whole


def accept(handed: CaseHandOver, *, actor: Actor) -> None:
    """The receiver has read what is due and takes it on."""
    with transaction():
        row = _held(handed, actor)
        row.state, row.settled_at = HandOverState.ACCEPTED, clock.now()
        audit.record("case_hand_over.accepted", row, actor, case_id=row.case_id)


def decline(handed: CaseHandOver, *, reason: str, actor: Actor) -> None:
    """The receiver cannot take it: it stands before the leader again, with the reason.

    Until the leader has given it to somebody else the receiver answers for it: nobody is left
    without a case manager.
    """
    if not reason.strip():
        raise RuleBroken("Say why you cannot take this case.", field="reason")
    with transaction():
        row = _held(handed, actor)
        row.state, row.settled_at = HandOverState.DECLINED, clock.now()
        row.reason = reason.strip()
        audit.record("case_hand_over.declined", row, actor, case_id=row.case_id, reason="given")


def _wait_for(row: CaseFile, to: Staff, *, reason: str, although_full: bool, actor: Actor) -> None:
    """Refuse whoever is full by now, and let the case wait for the receiver's word."""
    hold(to)
    judged = queries.judged_for(row)
    mine = judged_of(judged, to)
    if mine is not None and mine.is_full and not although_full:
        weight = queries.weigh_one(row.id).points
        person = mine.person
        raise RuleBroken(
            FULL.format(
                name=to.name, points=person.points, capacity=person.capacity, more=weight
            ).strip()
        )
    with transaction() as session:
        pass_on(row.id)
        keep_choice(row, to, judged, reason=reason, actor=actor)
        handed = CaseHandOver(case_id=row.id, from_id=row.manager_id, to_id=to.id, by_id=actor.id)
        session.add(handed)
        session.flush()
        audit.record("case_hand_over.begun", handed, actor, case_id=row.id, to=to.id)


def _held(handed: CaseHandOver, actor: Actor) -> CaseHandOver:
    """The hand-over as it is now, held; it is its receiver's alone to answer, and only once."""
    with transaction() as session:
        now = still_may(actor, CaseloadPermission.OWN)
        row = session.get_one(CaseHandOver, handed.id, with_for_update=HOLD, populate_existing=True)
        if row.to_id != now.id or queries.waiting_for(now, case_id=row.case_id) == []:
            raise NotFound
        return row
