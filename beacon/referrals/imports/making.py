"""Rows that are made before their turn: each read, and taken as if nothing of it were held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from beacon.audit import commands as audit
from beacon.core import clock, reference
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.lots import Lot, NoKeys, Packed
from beacon.core.memory import seldom_collected
from beacon.core.reserve import Keys
from beacon.feeds.columns import ParsedRow, parse_row
from beacon.feeds.commands import Made, Result
from beacon.feeds.models import ImportBatch
from beacon.feeds.reading import RawRow
from beacon.feeds.rows import Book, Known, mac_of
from beacon.feeds.terms import RowRejected
from beacon.people import queries as people
from beacon.people.rules import Fingerprint
from beacon.referrals import columns, commands
from beacon.referrals.imports.reading import READERS
from beacon.referrals.intake import Intake, Judgement, judge

KEYS: dict[str, Callable[..., Sequence[str]]] = {
    "police": columns.police_keys,
    columns.CASELOAD.name: columns.police_keys,
    "fraud": columns.fraud_keys,
    "partner": columns.partner_keys,
}


@dataclass(frozen=True)
class Sketch:
    """By what a row is found again, and by what its person is."""

    keys: Sequence[str]
    mac: str
    crime: str
    fingerprint: Fingerprint
    handles: frozenset[people.Handle]


@dataclass(frozen=True)
class Taken:
    """A row that was taken in a process beside this one, and is to be written in this one."""

    sketch: Sketch
    result: Result
    victim_id: int
    known: Known
    recorded: Sequence[audit.Recorded]
    packed: Packed | None = None


def sketched(feed: str, row: ParsedRow, intake: Intake) -> Sketch:
    """What is asked of a row before it is taken."""
    keys, fingerprint = KEYS[feed](row.facts), intake.fingerprint
    handles = people.handles_of(fingerprint)
    return Sketch(keys, mac_of(row), crime_key(intake), fingerprint, handles)


def crime_key(intake: Intake) -> str:
    """The reference of its crime, in normal form."""
    return reference.crime_reference(intake.crime.reference).normal


def created(judgement: Judgement) -> Result:
    """A new referral, as it is counted."""
    opened = ("cases_opened",) if judgement.waits is None else ()
    return Result(outcome="created", also=(judgement.counted_as, *opened))


@dataclass(frozen=True)
class Making:
    """What a process beside the import does with the rows of one batch."""

    feed: str
    actor: Actor
    batch_id: int

    def __call__(self, rows: Sequence[RawRow], keys: Keys) -> list[Made]:
        """Read and take the rows, each by itself, with keys that were kept for them."""
        lot = Lot(db.session(), keys)
        # One moment for all of them: they are written together, and so told as made together.
        with seldom_collected(), lot.open(), clock.fixed(clock.now()):
            made = [self._made(raw, lot) for raw in rows]
            packed = iter(lot.packed())
        return [
            replace(one, row=replace(one.row, packed=next(packed)))
            if isinstance(one.row, Taken)
            else one
            for one in made
        ]

    def _made(self, raw: RawRow, lot: Lot) -> Made:
        try:
            row = parse_row(columns.FEEDS[self.feed], raw)
        except RowRejected as refusal:
            return Made(refused=refusal.message)
        intake = READERS[self.feed](row)
        sketch = sketched(self.feed, row, intake)
        try:
            taken = self._taken(row, intake, sketch, lot)
        except NoKeys:  # more hangs on it than was thought of
            lot.drop()
            audit.handed_over()
            return Made(warnings=tuple(row.warnings), row=sketch)
        return Made(warnings=tuple(row.warnings), row=taken)

    def _taken(self, row: ParsedRow, intake: Intake, sketch: Sketch, lot: Lot) -> Taken:
        judgement = judge(intake, (), namesake=False, twin=False)
        referral = commands.receive_referral(
            intake, judgement, batch_id=self.batch_id, actor=self.actor
        )
        batch = ImportBatch(id=self.batch_id)
        known = Book(self.feed).keep(row, sketch.keys, referral.id, batch)
        lot.cut()
        return Taken(
            sketch, created(judgement), referral.victim_id, known, tuple(audit.handed_over())
        )
