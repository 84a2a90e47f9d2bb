"""How well people of the labelled set were found again: what was linked, queued, and missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from beacon.core import clock
from beacon.core.actor import machine
from beacon.core.db import db
from beacon.people.models import PersonLink
from beacon.people.terms import LinkState
from beacon.referrals.imports import import_file
from beacon.referrals.models import Referral
from tests.labelled.rows import FIRST, rows_as_file
from tests.labelled.set import LabelledSet
from tests.labelled.terms import Damage, Likeness

Pairs = Collection[frozenset[int]]  # two records, by their places in the set
TAKEN_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
APART = (Likeness.TWIN, Likeness.SON)  # queued is right, linked is wrong


@dataclass(frozen=True)
class Measured:
    """What a matcher made of the set."""

    made: LabelledSet
    linked: Pairs
    queued: Pairs

    @property
    def wrongly_linked(self) -> list[frozenset[int]]:
        """The pairs that were linked and are two people."""
        return [pair for pair in self.linked if not self._is_true(pair)]

    @property
    def precision(self) -> float:
        """How many of the links are right."""
        return 1 - len(self.wrongly_linked) / max(len(self.linked), 1)

    @property
    def missed(self) -> list[frozenset[int]]:
        """The people who came again and were neither linked nor queued."""
        found = {*self.linked, *self.queued}
        return [pair for pair in self.made.true_pairs() if pair not in found]

    @property
    def recall(self) -> float:
        """How many of those who came again were linked or queued."""
        return 1 - len(self.missed) / len(self.made.true_pairs())

    @property
    def wrongly_queued(self) -> Counter[Likeness | None]:
        """The queued pairs that are two people, by how they come to look alike."""
        return Counter(self._alike(pair) for pair in self.queued if not self._is_true(pair))

    @property
    def noise(self) -> int:
        """The queued pairs that are two people, but for twins, and fathers and sons."""
        return sum(n for kind, n in self.wrongly_queued.items() if kind not in APART)

    @property
    def later(self) -> int:
        """How many records came after the first two thousand."""
        return sum(1 for one in self.made.records if one.came.damage or one.came.likeness)

    def table(self) -> Iterator[str]:
        """The figures by kind of damage, then by kind of trap."""
        yield f"{'kind of damage':58} linked queued missed"
        for kind in Damage:
            pairs = {p for p, one in self.made.true_pairs().items() if one.came.damage is kind}
            linked = len(pairs.intersection(self.linked))
            missed = len(pairs.intersection(self.missed))
            yield f"{kind.value:58} {linked:6} {len(pairs) - linked - missed:6} {missed:6}"
        yield f"{'two people who look alike':58} linked queued"
        wrong = Counter(self._alike(pair) for pair in self.wrongly_linked)
        for like in (*Likeness, None):
            name = like.value if like else "by chance"
            yield f"{name:58} {wrong[like]:6} {self.wrongly_queued[like]:6}"

    def figures(self) -> Iterator[str]:
        """The figures that are asked for."""
        rows = len(self.made.records)
        yield f"links {len(self.linked)}, precision {self.precision:.3f}"
        yield f"recall of linked and queued {self.recall:.3f}"
        yield (
            f"queued and not the same, twins and father and son apart: {self.noise} of {rows} rows "
            f"({self.noise / rows:.1%}), {self.noise / self.later:.1%} of the later {self.later}"
        )

    def _is_true(self, pair: frozenset[int]) -> bool:
        one, other = (self.made.records[place].person for place in pair)
        return one == other

    def _alike(self, pair: frozenset[int]) -> Likeness | None:
        persons = frozenset(self.made.records[place].person for place in pair)
        return self.made.alike.get(persons)


def measured(made: LabelledSet) -> Measured:
    """Take the set in by the police feed, and read what was linked and what was queued."""
    with clock.fixed(TAKEN_AT):
        content = rows_as_file(made.records)
        report = import_file("police", content, file_name="set.csv", actor=machine("labelled"))
    if report.counts["created"] != len(made.records):
        raise AssertionError(f"not every row was taken in: {report.rejects[:3]}")
    place_of = {
        victim_id: int(reference.split("/")[1]) - FIRST
        for reference, victim_id in db.session.execute(
            sa.select(Referral.source_reference, Referral.victim_id)
        )
    }
    said: dict[LinkState, list[frozenset[int]]] = {LinkState.LINKED: [], LinkState.POSSIBLE: []}
    for link in db.session.scalars(sa.select(PersonLink)):
        said[link.state].append(frozenset((place_of[link.victim_id], place_of[link.other_id])))
    return Measured(made, said[LinkState.LINKED], said[LinkState.POSSIBLE])
