"""Finding a referral of which no case has come, by whatever the caller can say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any  # a row of the database

import sqlalchemy as sa

from beacon.cases.models import Crime
from beacon.cases.queries import name_of
from beacon.core import clock, scope
from beacon.core.db import db, evened
from beacon.core.scope import Viewer
from beacon.people import queries as people
from beacon.people import rules
from beacon.people.models import SearchKey, Victim
from beacon.people.queries import Way
from beacon.people.rules import Sought
from beacon.referrals.access import RECEIVE
from beacon.referrals.models import Referral
from beacon.referrals.terms import ReferralState, Waits

FOUND_AT_MOST = 20
LOOKED_AT = 200
_NO_CASE = SearchKey.case_id.is_(None)


@dataclass(frozen=True, kw_only=True)
class FoundReferral:
    """One line of what was found: no way to reach anybody is in it."""

    id: int
    name: str
    crime_reference: str
    offence: str
    feed: str
    state: ReferralState
    waits: Waits | None
    received_at: datetime


def search(viewer: Viewer, words: str, *, at_most: int = FOUND_AT_MOST) -> list[FoundReferral]:
    """The referrals without a case, within what the viewer may see, that the words point to."""
    meant = rules.sought(words, today=clock.today())
    if meant.is_nobody or viewer.roles.isdisjoint(RECEIVE):
        return []
    near = _candidates(meant)
    if not near:
        return []
    asked = {"near": evened(list(near))}
    rows = db.session.execute(_lines(scope.condition(viewer, Referral)), asked).all()
    rows = sorted(rows, key=lambda row: (*near[row.victim_id], row.id))
    return [_found(row) for row in rows[:at_most]]


# Putting it together takes about as long as asking; the condition is the same all day.
@lru_cache(maxsize=1_000)
def _lines(seen: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """The referrals without a case of some people, with what one line shows."""
    return (
        sa.select(
            Referral.id,
            Referral.victim_id,
            Victim.title,
            Victim.first_name,
            Victim.last_name,
            Victim.organisation,
            Crime.reference,
            Crime.offence,
            Referral.feed,
            Referral.state,
            Referral.waits,
            Referral.received_at,
        )
        .join(Crime, Crime.id == Referral.crime_id)
        .join(Victim, Victim.id == Referral.victim_id)
        .where(
            seen,
            Referral.case_id.is_(None),
            Referral.victim_id.in_(sa.bindparam("near", expanding=True)),
        )
    )


def _candidates(meant: Sought) -> dict[int, tuple[int, str]]:
    """The nearest people without a case, by their ids, each with where they stand in the order."""
    near: dict[int, tuple[int, str]] = {}
    steps, _was_cut = people.walk(meant.ranges(), [Way(_NO_CASE)], most=LOOKED_AT)
    for step in steps:
        place = (step.rank, step.key)
        near[step.victim_id] = min(near.get(step.victim_id, place), place)
    if meant.narrowing():
        called = people.words_of(meant.narrowing(), victim_ids=list(near))
        near = {one: near[one] for one in {step.victim_id for step in called}}
    near |= dict.fromkeys(people.reached(meant, most=LOOKED_AT), (0, ""))
    return near


def _found(row: Any) -> FoundReferral:
    return FoundReferral(
        id=row.id,
        name=name_of(row),
        crime_reference=row.reference,
        offence=row.offence,
        feed=row.feed,
        state=row.state,
        waits=row.waits,
        received_at=row.received_at,
    )
