"""Finding a case by whatever the caller can say.

In two steps: first the nearest candidates, by ranges of the keys' indexes and by blind indexes;
then those of them that the scope lets the viewer see, with what a line of a list shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # a row of the database

import sqlalchemy as sa

from beacon.cases.access import found_by_role, one_by_one
from beacon.cases.models import CaseFile
from beacon.cases.queries.caseload import CaseRow, as_row, listed
from beacon.core import clock
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people import queries as people
from beacon.people import rules
from beacon.people.access import victims_in_conflict
from beacon.people.models import SearchKey, Victim
from beacon.people.queries import Way
from beacon.people.rules import Range, Sought

FOUND_AT_MOST = 50
# One more than is shown, to say that there are more; then further, where some may not be seen.
FURTHER = (1, 10, 100)


def search(viewer: Viewer, words: str, *, at_most: int = FOUND_AT_MOST) -> list[CaseRow]:
    """The cases, within what the viewer may see, that the words point to.

    Our reference; an e-mail address; a postcode; a telephone number or its last six digits; a date
    of birth; a reference or a part of one; a name, from its beginning or by its sound. Live cases
    come first, then whoever is spelt as was asked.
    """
    meant = rules.sought(words, today=clock.today())
    if meant.is_nobody:
        return []
    for times in FURTHER:
        asked = _Asked(viewer, meant, (at_most + 1) * times)
        found = asked.rows(at_most)
        if len(found) >= at_most or not asked.was_cut:
            break
    return found


def kin_meant(viewer: Viewer, words: str, *, whole_words: bool = False) -> list[int]:
    """The cases that the words point to and that a conflict of interest closes to the viewer.

    `whole_words`: only those that a whole name, number or reference points to, as long as the
    viewer is still typing.
    """
    meant = rules.sought(words, today=clock.today())
    if meant.is_nobody:
        return []
    ranges = meant.whole() if whole_words else meant.ranges()
    kin = Way(SearchKey.victim_id.in_(victims_in_conflict(viewer)), few=True)
    steps = [arm.subquery() for arm in people.arms(ranges, [kin], most=FOUND_AT_MOST)]
    meant_by = [CaseFile.id.in_(sa.select(step.c.case_id)) for step in steps]
    meant_by += [CaseFile.victim_id.in_(point) for point in people.points(meant)]
    query = (
        sa.select(CaseFile.id)
        .join(Victim, Victim.id == CaseFile.victim_id)
        .where(
            CaseFile.victim_id.in_(victims_in_conflict(viewer)),
            CaseFile.erased_at.is_(None),
            sa.or_(sa.false(), *meant_by),
            people.named(meant.name) if meant.born else sa.true(),
        )
        .order_by(CaseFile.id)
        .limit(FOUND_AT_MOST)
    )
    return list(db.session.scalars(query))


@dataclass
class _Asked:
    """One question, looked for so far along each index."""

    viewer: Viewer
    meant: Sought
    most: int
    was_cut: bool = False

    def rows(self, at_most: int) -> list[CaseRow]:
        """Those whom the viewer may see, in order."""
        near = self._candidates()
        seen: dict[int, CaseRow] = {}
        ids = list(near)
        for start in range(0, len(ids), at_most + 1):
            seen |= self._seen(ids[start : start + at_most + 1])
            if len(seen) > at_most:
                break
        rows = sorted(seen.values(), key=lambda row: (row.is_closed, *near[row.id], row.id))
        return rows[:at_most]

    def _candidates(self) -> dict[int, tuple[int, str]]:
        """The nearest cases by their ids, each with where it stands in the order."""
        arms = [arm.subquery() for arm in self._arms()]
        if not arms:
            return {}
        steps = (sa.select(sa.literal_column(str(n)).label("arm"), a) for n, a in enumerate(arms))
        walked: dict[int, int] = {}
        near: dict[int, tuple[int, str]] = {}
        for arm, rank, key, case_id in db.session.execute(sa.union_all(*steps)):
            walked[arm] = walked.get(arm, 0) + 1
            place = (int(rank), str(key))
            near[case_id] = min(near.get(case_id, place), place)
        self.was_cut = self.most in walked.values()
        return dict(sorted(near.items(), key=lambda one: (one[1], one[0])))

    def _arms(self) -> list[sa.Select[Any]]:
        roles = [Way(SearchKey.case_id.is_not(None) & way) for way in found_by_role(self.viewer)]
        few = Way(SearchKey.case_id.in_(one_by_one(self.viewer)), few=True)
        ranges: list[Range] = self.meant.ranges()
        arms = people.arms(ranges, [*roles, few], most=self.most)
        wanted = ("rank", "key", "case_id")
        found: list[sa.Select[Any]] = [
            arm.with_only_columns(*(arm.selected_columns[name] for name in wanted)) for arm in arms
        ]
        return found + [self._reached(point) for point in people.points(self.meant)]

    def _reached(self, point: sa.Select[int]) -> sa.Select[Any]:
        reached = point.limit(self.most).subquery()
        return (
            sa.select(
                sa.literal_column("0").label("rank"),
                sa.literal_column("''").label("key"),
                CaseFile.id.label("case_id"),
            )
            .join(reached, reached.c[0] == CaseFile.victim_id)
            .limit(self.most)
        )

    def _seen(self, ids: list[int]) -> dict[int, CaseRow]:
        query = listed(self.viewer).where(CaseFile.id.in_(ids))
        if self.meant.born:
            query = query.where(people.named(self.meant.name))
        return {row.id: as_row(row) for row in db.session.execute(query)}
