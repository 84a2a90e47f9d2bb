"""The champions' network: who stands in it, and on which courses they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.core.errors import RuleBroken
from beacon.partners.commands.agencies import held_contact
from beacon.partners.models import AgencyContact, ChampionTraining


@dataclass(frozen=True, kw_only=True)
class TrainingGiven:
    """A course, on which day, and until when it holds."""

    course: str
    done_on: date
    expires_on: date | None = None


def make_champion(
    contact: AgencyContact, *, since: date | None, version: int, actor: Actor
) -> None:
    """Put somebody into the champions' network since a day; without one, take them out of it."""
    with transaction():
        row = held_contact(contact, version, actor)
        if since is not None and since > clock.today():
            raise RuleBroken("That day has not come yet. Check the date.", field="since")
        if row.champion_since == since:
            return
        row.champion_since = since
        row.version += 1
        audit.record("agency_contact.changed", row, actor, fields=("champion_since",))


def add_training(
    contact: AgencyContact, given: TrainingGiven, *, version: int, actor: Actor
) -> ChampionTraining:
    """Add a course that a champion was on. The same form sent twice adds one."""
    with transaction() as session:
        row = held_contact(contact, version, actor)
        if row.champion_since is None:
            raise RuleBroken("They are not in the champions' network. Put them into it first.")
        course = " ".join(given.course.split())
        if not course:
            raise RuleBroken("Enter the name of the course.", field="course")
        if given.done_on > clock.today():
            raise RuleBroken("That day has not come yet. Check the date.", field="done_on")
        if given.expires_on is not None and given.expires_on < given.done_on:
            raise RuleBroken("It must not end before the course was.", field="expires_on")
        same = sa.select(ChampionTraining).filter_by(
            contact_id=row.id, course=course, done_on=given.done_on
        )
        if (before := session.scalar(same)) is not None:
            before.expires_on = given.expires_on
            return before
        made = ChampionTraining(
            contact_id=row.id, course=course, done_on=given.done_on, expires_on=given.expires_on
        )
        session.add(made)
        audit.record(
            "champion_training.added",
            made,
            actor,
            operation=Operation.COLLECTION,
            contact_id=row.id,
        )
        return made
