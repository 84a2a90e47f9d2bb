"""Rows of a file of which nothing is held yet: made in a lot, and written many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from beacon.core.db import db
from beacon.core.lots import Lot
from beacon.people import queries as people
from beacon.people.queries import Likeness
from beacon.people.rules import Fingerprint
from beacon.referrals.imports.rehearsal import Rehearsal
from beacon.referrals.intake import Intake


class NewRows:
    """The new rows of one transaction, put by until somebody must look for one of them.

    A row is new when its crime and its keys are not held, nobody may be its person, and nobody
    who works here may be. All of that is asked for many rows at once. Every other row is taken
    alone, after what was put by has been written.
    """

    def __init__(self) -> None:
        self._lot = Lot(db.session())
        self._marks = people.marks_of_staff()
        self._found: dict[Fingerprint, list[Likeness]] = {}
        self._taken = Rehearsal()  # what this transaction has taken in, written or put by

    def look_up(self, intakes: Sequence[Intake]) -> None:
        """Ask who the persons of the next rows may be."""
        sought = [intake.fingerprint for intake in intakes]
        self._found = dict(zip(sought, people.likenesses_of_many(sought), strict=True))

    def is_new(self, intake: Intake) -> bool:
        """Whether the person of this row, whose crime is not held, hangs on nobody who is there."""
        sought = intake.fingerprint
        met = [*self._found[sought], *self._taken.likenesses(sought)]
        is_somebody = any(one.is_certain or one.is_likely for one in met)
        return not is_somebody and self._marks.isdisjoint(people.marks_of(intake.person))

    @contextmanager
    def put_by(self, intake: Intake) -> Iterator[None]:
        """Have what is made here put by with the others."""
        with self._lot.open():
            yield
        self.remember(intake)

    def remember(self, intake: Intake) -> None:
        """Know the person of a row that was taken, for those that follow."""
        self._taken.add("", intake, None)

    def write(self) -> None:
        """Write what was put by."""
        self._lot.write()
