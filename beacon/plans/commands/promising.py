"""Promises: given, moved, kept, broken, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import keep_history
from beacon.cases.models import CaseFile, ContactLog
from beacon.cases.promising import Said
from beacon.cases.terms import TimelineEvent
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.core.errors import RuleBroken
from beacon.plans.commands.keeping import (
    as_owner,
    change,
    check_owner,
    held_case,
    held_part,
    needed,
)
from beacon.plans.models import Promise
from beacon.plans.terms import Part, PromisedTo, PromiseState


@dataclass(frozen=True, kw_only=True)
class PromiseGiven:
    """To whom, what, by when, and by whom: nobody named is the case manager."""

    words: str
    due_on: date
    to: PromisedTo = PromisedTo.VICTIM
    owner_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseEnd:
    """What became of it, when, and why where it was not kept."""

    state: PromiseState = PromiseState.OPEN
    on: date | None = None
    reason: str = ""


def give_promise(case: CaseFile, given: PromiseGiven, *, actor: Actor) -> Promise:
    """Write down a promise. A form that was sent twice makes one."""
    with transaction():
        row = held_case(case, actor)
        return _give(row, given, None, actor)


def promise_in_contact(case: CaseFile, contact: ContactLog, said: Said, actor: Actor) -> Promise:
    """Write down what was promised to the victim in a contact, in the contact's transaction."""
    with transaction():
        given = PromiseGiven(words=said.words, due_on=said.due_on)
        return _give(case, given, contact.id, actor)


def _give(row: CaseFile, given: PromiseGiven, contact_id: int | None, actor: Actor) -> Promise:
    words = needed(given.words, "Enter what is promised.", "words")
    owner_id = as_owner(row, given.owner_id)
    check_owner(row, owner_id)
    if given.due_on < clock.today():
        raise RuleBroken("Enter a day that has not passed.", "due_on")
    said = {"case_id": row.id, "due_on": given.due_on, "to": given.to, "by_id": actor.id}
    standing = sa.select(Promise).filter_by(**said, state=PromiseState.OPEN)
    for one in db.session.scalars(standing):
        if one.words == words and one.owner_id == owner_id:
            return one
    promise = Promise(**said, owner_id=owner_id, contact_id=contact_id, by_name=actor.name)
    promise.words = words
    db.session.add(promise)
    audit.record("promise.given", promise, actor, operation=Operation.COLLECTION, case_id=row.id)
    by = f"{words}, by {given.due_on.day} {given.due_on:%B %Y}"
    keep_history(row.id, TimelineEvent.PROMISED, actor, words=by)
    return promise


def change_promise(
    case: CaseFile,
    promise: Promise,
    given: PromiseGiven,
    end: PromiseEnd,
    *,
    version: int,
    actor: Actor,
) -> None:
    """Move a promise or hand it on with a reason, or say what became of it.

    Once its day is past it cannot be moved any more: it was broken, and a new one may be given.
    """
    with transaction():
        row = held_part(case, Promise, promise.id, actor, version=version)
        owner_id = as_owner(case, given.owner_id)
        if owner_id != row.owner_id:
            check_owner(case, owner_id)
        values = {
            "words": needed(given.words, "Enter what is promised.", "words"),
            "to": given.to,
            "due_on": given.due_on,
            "owner_id": owner_id,
        }
        _check_move(row, given.due_on)
        if any(getattr(row, name) != new for name, new in values.items()):
            needed(end.reason, "Enter why it is changed.", "reason")
        _end(row, end, actor)
        change(row, Part.PROMISE, values, end.reason, actor)


def keep_promise(case: CaseFile, promise: Promise, *, actor: Actor) -> None:
    """Say that it was kept, today; a second time changes nothing."""
    with transaction():
        row = held_part(case, Promise, promise.id, actor, version=None)
        if row.state is PromiseState.OPEN:
            _end(row, PromiseEnd(state=PromiseState.KEPT), actor)


def _check_move(row: Promise, due_on: date) -> None:
    if due_on == row.due_on:
        return
    if row.due_on < clock.today():
        raise RuleBroken(
            "Its day is past, so it cannot be moved. Say that it was broken, and promise anew.",
            "due_on",
        )
    if due_on < clock.today():
        raise RuleBroken("Enter a day that has not passed.", "due_on")


def _end(row: Promise, end: PromiseEnd, actor: Actor) -> None:
    if end.state in {PromiseState.BROKEN, PromiseState.WITHDRAWN}:
        needed(end.reason, "Enter the reason.", "reason")
    on = None if end.state is PromiseState.OPEN else end.on or row.ended_on or clock.today()
    if on is not None and on > clock.today():
        raise RuleBroken("That day has not come yet. Check the date.", "ended_on")
    if on is not None and on < clock.london_day(row.created_at):
        raise RuleBroken("It had not been promised yet on that day. Check the date.", "ended_on")
    if (row.state, row.ended_on) == (end.state, on):
        return
    # Day and reason are set with the state, before anything is written: the table holds them to it.
    with db.session.no_autoflush:
        row.reason = end.reason.strip()
        change(row, Part.PROMISE, {"state": end.state, "ended_on": on}, end.reason, actor)
    why = end.reason.strip().rstrip(".")  # the line of the history ends with its own
    because = f": {why}" if why else ""
    words = f"{row.words}, {end.state.label.lower()}{because}"
    keep_history(row.case_id, TimelineEvent.PROMISE_ENDED, actor, words=words)
