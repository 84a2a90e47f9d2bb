"""Giving a case to somebody."""

from __future__ import annotations

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases.commands.access_reviews import meet_kin_chosen
from beacon.cases.commands.finding import move_findable
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.reminding import hand_on_reminders
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import CasePermission, CrimeKind, TimelineEvent
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.db import db, in_transaction, transaction
from beacon.core.errors import RuleBroken, Stale
from beacon.core.roles import Role
from beacon.people import queries as people

_FOR_ANY_CRIME = frozenset({Role.CASE_MANAGER, Role.TEAM_LEADER})


class TakesNoPart(RuleBroken):
    """Somebody who must not meet the victim; why is nobody else's business."""


def assign_manager(case: CaseFile, manager: Staff, *, version: int, actor: Actor) -> None:
    """Give the case to one named person, who from now on answers for it, and to their team."""
    try:
        with transaction():
            row = _held(case, version, actor)
            _hold_manager(manager)
            _check(row, manager)
            audit.record("case.assigned", row, actor, was=row.manager_id, now=manager.id)
            row.manager_id, row.team_id = manager.id, manager.team_id
            row.version += 1
            move_findable(row)
            hand_on_reminders(row.id, manager)
            keep_history(row.id, TimelineEvent.ASSIGNED, actor, words=manager.name)
    except TakesNoPart:
        if not in_transaction():  # whoever opened it says so when it is undone
            meet_kin_chosen(case.id, manager.id, actor=actor)
        raise


def _held(case: CaseFile, version: int, actor: Actor) -> CaseFile:
    """The case, held; where somebody was quicker, whose it is now (security.md L-01)."""
    try:
        return held_for(case, actor, CasePermission.ASSIGN, version=version)
    except Stale as stale:
        row = db.session.get_one(CaseFile, case.id)
        if row.manager is None:
            raise
        raise Stale(f"{row.manager.name} has this case already. {stale.message}") from stale


def _hold_manager(manager: Staff) -> None:
    """Read the manager as they are now, so that nobody is given a case while they are stopped."""
    wanted = {"read": True, "of": Staff}
    db.session.get(Staff, manager.id, with_for_update=wanted, populate_existing=True)


def why_not(manager: Staff, kind: CrimeKind, *, enhanced: bool) -> str:
    """Why this person cannot be given a case of this kind; empty where they can."""
    if not manager.may_sign_in(clock.today()):
        return f"{manager.name} no longer works here. Choose somebody else."
    if not roles.may(manager.roles, CasePermission.WORK):
        return f"{manager.name} does not manage cases. Choose somebody else."
    if enhanced and not roles.may(manager.roles, CasePermission.ENHANCED):
        return f"{manager.name} does not take enhanced cases."
    if kind is not CrimeKind.FRAUD and _FOR_ANY_CRIME.isdisjoint(manager.roles):
        return f"{manager.name} takes fraud cases only."
    return ""


def _check(case: CaseFile, manager: Staff) -> None:
    """An enhanced victim has a manager who may take enhanced cases (domain.md RULE 1.4)."""
    if why := why_not(manager, case.crime.kind, enhanced=case.enhanced):
        raise RuleBroken(why, "manager")
    if manager.id in people.staff_in_conflict(case.victim_id):
        raise TakesNoPart(f"{manager.name} cannot take this case. Choose somebody else.", "manager")
