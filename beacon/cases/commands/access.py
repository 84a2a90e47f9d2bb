"""Restricting a case to those who are named, and opening it to its team again (Z-08)."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.cases import queries
from beacon.cases.commands.finding import move_findable
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile, CaseName
from beacon.cases.terms import CasePermission, TimelineEvent
from beacon.core import clock, roles
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.people import queries as people

NOT_THEM = "{name} cannot be named on this case. Choose somebody else."


def restrict(case: CaseFile, *, reason: str, version: int, actor: Actor) -> None:
    """Close the case to all but its manager, the leader of its team, and those who are named."""
    with transaction():
        row = _decided(case, reason, version, actor)
        if row.restricted:
            raise RuleBroken("This case is restricted already.")
        row.restricted = True
        row.version += 1
        move_findable(row)
        audit.record("case.restricted", row, actor, reason="given", fields=("restricted",))
        keep_history(row.id, TimelineEvent.RESTRICTED, actor, words=reason.strip())


def lift_restriction(case: CaseFile, *, reason: str, version: int, actor: Actor) -> None:
    """Open the case to its team again; whoever was named on it is named no longer."""
    with transaction():
        row = _decided(case, reason, version, actor)
        if not row.restricted:
            raise RuleBroken("This case is not restricted.")
        row.restricted = False
        row.version += 1
        move_findable(row)
        audit.record("case.restriction_lifted", row, actor, reason="given", fields=("restricted",))
        keep_history(row.id, TimelineEvent.UNRESTRICTED, actor, words=reason.strip())
        for name in db.session.scalars(
            sa.select(CaseName)
            .where(CaseName.case_id == row.id, CaseName.removed_at.is_(None))
            .order_by(CaseName.id)
        ):
            _take_off(name, actor)


def name_person(case: CaseFile, person: Staff, *, actor: Actor) -> None:
    """Let one more person open a restricted case."""
    with transaction() as session:
        row = _held(case, actor)
        if not row.restricted:
            raise RuleBroken("Restrict the case before you name people on it.", field="person")
        _check_person(row, person)
        name = session.scalar(
            sa.select(CaseName).where(CaseName.case_id == row.id, CaseName.staff_id == person.id)
        )
        if name is None:
            name = CaseName(case_id=row.id, staff_id=person.id)
            session.add(name)
        elif name.removed_at is None:
            raise RuleBroken(f"{person.name} is named already.", field="person")
        name.named_by_id, name.removed_at = actor.id, None
        audit.record("case.named", row, actor, person=person.id)
        keep_history(row.id, TimelineEvent.NAMED, actor, words=person.name)


def remove_name(case: CaseFile, name: CaseName, *, actor: Actor) -> None:
    """Take a name off a restricted case, from the next page on."""
    with transaction() as session:
        row = _held(case, actor)
        held = session.get_one(CaseName, name.id, populate_existing=True)
        if held.removed_at is None:
            _take_off(held, actor)
            person = session.get_one(Staff, held.staff_id)
            keep_history(row.id, TimelineEvent.NAME_REMOVED, actor, words=person.name)


def _decided(case: CaseFile, reason: str, version: int, actor: Actor) -> CaseFile:
    row = _held(case, actor, version=version)
    if not reason.strip():
        raise RuleBroken("Enter why.", field="reason")
    return row


def _held(case: CaseFile, actor: Actor, *, version: int | None = None) -> CaseFile:
    row = held_for(case, actor, CasePermission.RESTRICT, version=version)
    if not queries.may_decide(row, actor):
        raise RuleBroken(
            "Only the case manager and the leader of the team say who may open this case. Ask one "
            "of them."
        )
    return row


def _check_person(case: CaseFile, person: Staff) -> None:
    """Why somebody cannot be named is not said: it may be a conflict of interest (Z-11)."""
    fit = person.may_sign_in(clock.today()) and roles.may(person.roles, CasePermission.READ)
    if not fit or person.id in people.staff_in_conflict(case.victim_id):
        raise RuleBroken(NOT_THEM.format(name=person.name), field="person")


def _take_off(name: CaseName, actor: Actor) -> None:
    name.removed_at = clock.now()
    audit.record("case.name_removed", ("case_file", name.case_id), actor, person=name.staff_id)
