"""Whom the person on the line may be, asked while a member of staff is still typing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beacon.cases.models import CaseFile
from beacon.core import scope
from beacon.core.db import db
from beacon.core.scope import Viewer
from beacon.people import queries as people
from beacon.people.models import Victim
from beacon.people.queries import Likeness
from beacon.people.rules import PersonFacts
from beacon.people.terms import Fact

SHOWN_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody who agrees with what was typed. Of a record that may not be opened, only that."""

    victim_id: int
    facts: tuple[Fact, ...]
    is_certain: bool
    is_likely: bool
    name: str = ""
    date_of_birth: date | None = None
    cases: tuple[str, ...] = ()

    @property
    def agrees_in(self) -> str:
        """The facts that agree, in words."""
        return ", ".join(fact.label for fact in self.facts)

    @property
    def strength(self) -> str:
        """How sure it is (contract 3.5)."""
        if self.is_certain:
            return "Certain"
        return "Likely" if self.is_likely else "One fact alone"


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What came of looking: the nearest, and how many more agree in something."""

    shown: tuple[Known, ...]
    more: int

    @property
    def ids(self) -> list[int]:
        """The records of which something is shown."""
        return [one.victim_id for one in self.shown if one.name]


def who_may_be(viewer: Viewer, facts: PersonFacts) -> Looked:
    """Everybody who agrees with these facts in anything, the surest first (contract 3.5).

    The viewer's own kin are not among them, not even as a number (domain.md RULE 7.7).
    """
    found = {one.victim_id: one for one in people.likenesses(people.fingerprint(facts))}
    for kin in people.known_as_kin(viewer, found):
        del found[kin]
    near = list(found.values())
    return Looked(
        shown=tuple(_known(viewer, one) for one in near[:SHOWN_AT_MOST]),
        more=max(0, len(near) - SHOWN_AT_MOST),
    )


def _known(viewer: Viewer, one: Likeness) -> Known:
    person = db.session.scalars(
        scope.visible(viewer, Victim).where(Victim.id == one.victim_id)
    ).first()
    said = Known(
        victim_id=one.victim_id,
        facts=one.facts,
        is_certain=one.is_certain,
        is_likely=one.is_likely,
    )
    if person is None:
        return said
    references = db.session.scalars(
        scope.visible(viewer, CaseFile)
        .where(CaseFile.victim_id == one.victim_id)
        .with_only_columns(CaseFile.reference)
        .order_by(CaseFile.id)
    )
    return Known(
        victim_id=one.victim_id,
        facts=one.facts,
        is_certain=one.is_certain,
        is_likely=one.is_likely,
        name=person.full_name,
        date_of_birth=person.date_of_birth,
        cases=tuple(references),
    )
