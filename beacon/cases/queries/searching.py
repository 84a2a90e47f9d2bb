"""Finding a case by whatever the caller can say.

In two steps: first the nearest words, along the indexes of what the viewer may find; then those of
their cases that the scope lets the viewer see, with what a line of a list shows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any  # the lines of a list

import sqlalchemy as sa

from beacon.cases import findable
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import CaseRow, as_row, listed
from beacon.core import clock
from beacon.core.db import db, evened
from beacon.core.scope import Viewer
from beacon.people import queries as people
from beacon.people import rules
from beacon.people.access import victims_in_conflict
from beacon.people.rules import Sought

FOUND_AT_MOST = 50
# As many as are shown; and further, where some of them may not be seen.
FURTHER = (1, 10, 100)


def search(viewer: Viewer, words: str, *, at_most: int = FOUND_AT_MOST) -> list[CaseRow]:
    """The cases, within what the viewer may see, that the words point to.

    Our reference; an e-mail address; a postcode; a telephone number or its last six digits; a date
    of birth; a reference or a part of one; a name, from its beginning or by its sound. Live cases
    come first, then whoever is spelt as was asked.
    """
    meant = rules.sought(words, today=clock.today())
    for times in FURTHER:
        near, was_cut = _near(viewer, meant, at_most * times)
        found, more = _reached(viewer, meant, at_most, at_most * times)
        found |= _seen(viewer, [one for one in near if one not in found], at_most)
        if len(found) >= at_most or not (was_cut or more):
            break
    order = {case_id: place for place, case_id in enumerate(near)}
    rows = sorted(found.values(), key=lambda row: (row.is_closed, order.get(row.id, -1), row.id))
    return rows[:at_most]


def kin_meant(viewer: Viewer, words: str, *, whole_words: bool = False) -> list[int]:
    """The cases that the words point to and that a conflict of interest closes to the viewer.

    `whole_words`: only those that a whole name, number or reference points to, as long as the
    viewer is still typing.
    """
    meant = rules.sought(words, today=clock.today())
    kin = [] if meant.is_nobody else list(db.session.scalars(victims_in_conflict(viewer)))
    if not kin:
        return []
    ranges = meant.whole() if whole_words else meant.ranges()
    by_word = {step.case_id for step in people.words_of(ranges, victim_ids=kin)}
    if meant.narrowing():
        by_word &= {step.case_id for step in people.words_of(meant.narrowing(), victim_ids=kin)}
    by_point = set(people.reached(meant, most=FOUND_AT_MOST)) & set(kin)
    query = (
        sa.select(CaseFile.id)
        .where(
            CaseFile.victim_id.in_(kin),
            CaseFile.erased_at.is_(None),
            sa.or_(CaseFile.id.in_(by_word), CaseFile.victim_id.in_(by_point)),
        )
        .order_by(CaseFile.id)
        .limit(FOUND_AT_MOST)
    )
    return list(db.session.scalars(query))


def _reached(
    viewer: Viewer, meant: Sought, at_most: int, most: int
) -> tuple[dict[int, CaseRow], bool]:
    """By a number, an e-mail address or a postcode; and whether more people have the same."""
    victims = people.reached(meant, most=most)
    if not victims:
        return {}, False
    asked = {"victims": evened(victims), "most": at_most}
    rows = {
        row.id: as_row(row) for row in db.session.execute(_of_victims(listed(viewer)), asked).all()
    }
    return rows, len(victims) >= most


def _near(viewer: Viewer, meant: Sought, most: int) -> tuple[list[int], bool]:
    """The nearest cases in order, by their ids, and whether there may be more."""
    ranges = meant.ranges()
    few = findable.one_by_one(viewer) if ranges else []
    met, was_cut = people.walk(ranges, findable.ways(viewer), most=most)
    steps = people.words_of(ranges, case_ids=few) + met
    steps.sort(key=lambda step: (step.rank, step.key, step.case_id or 0))
    near = list(dict.fromkeys(step.case_id for step in steps if step.case_id))
    if meant.narrowing():
        called = {one.case_id for one in people.words_of(meant.narrowing(), case_ids=near)}
        near = [one for one in near if one in called]
    return near, was_cut


def _seen(viewer: Viewer, ids: list[int], at_most: int) -> dict[int, CaseRow]:
    """The first of these cases that the viewer may see, as many as are shown."""
    found: dict[int, CaseRow] = {}
    for start in range(0, len(ids), at_most):
        asked = {"ids": evened(ids[start : start + at_most])}
        rows = db.session.execute(_of_ids(listed(viewer)), asked).all()
        found |= {row.id: as_row(row) for row in rows}
        if len(found) >= at_most:
            break
    return found


# Putting these together takes about as long as asking; a viewer's list is the same all day.
@lru_cache(maxsize=1_000)
def _of_ids(lines: sa.Select[Any]) -> sa.Select[Any]:
    return lines.where(CaseFile.id.in_(sa.bindparam("ids", expanding=True)))


@lru_cache(maxsize=1_000)
def _of_victims(lines: sa.Select[Any]) -> sa.Select[Any]:
    mine = lines.where(CaseFile.victim_id.in_(sa.bindparam("victims", expanding=True)))
    return mine.order_by(CaseFile.id).limit(sa.bindparam("most", type_=sa.Integer))
