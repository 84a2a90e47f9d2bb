"""Taking a feed's rows in: found again by their keys, new, changed or the same (contract 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.lots import Lot
from beacon.feeds.columns import ParsedRow
from beacon.feeds.commands import Result
from beacon.feeds.models import ImportBatch
from beacon.feeds.rows import Book, Known
from beacon.people import queries as people
from beacon.people.rules import Fingerprint
from beacon.referrals import columns, commands, queries
from beacon.referrals.commands.receiving import is_named_now, once_named, opens_now
from beacon.referrals.imports.making import (
    KEYS,
    Making,
    Sketch,
    Taken,
    created,
    crime_key,
    sketched,
)
from beacon.referrals.imports.reading import READERS
from beacon.referrals.imports.rehearsal import Rehearsal, Standing
from beacon.referrals.intake import Intake, Judgement, judge
from beacon.referrals.models import Referral

UNCHANGED = Result(outcome="unchanged")


class Taking:
    """The rows of one feed while its file is taken in."""

    def __init__(self, feed: str, actor: Actor, *, dry_run: bool) -> None:
        self.feed = feed
        self.keys = KEYS[feed]
        self.read = READERS[feed]
        self.actor = actor
        self.book = Book(feed)
        self.rehearsal = Rehearsal()
        self.register = people.Register(remembers=dry_run, judges=True)
        self.intakes: dict[int, Intake] = {}
        self.crimes: set[str] = set()
        self.lot: Lot | None = None
        self.of_staff: frozenset[str] = frozenset()
        self.most_needed: Counter[sa.Table] = Counter()
        self.aside: set[str] = set()
        self.changes = False

    @property
    def needed(self) -> Mapping[sa.Table, int]:
        """How many keys of each table a lot has needed at most."""
        if self.lot:
            self.most_needed |= self.lot.needed
        return self.most_needed

    def beside(self, batch_id: int) -> Making:
        """What processes beside this one do with rows of this batch."""
        return Making(self.feed, self.actor, batch_id)

    def begin(self, *, together: bool) -> None:
        """Put new rows by, where that may be; else each is taken alone."""
        self.lot = Lot(db.session()) if together else None
        self.of_staff = people.marks_of_staff()

    def ahead(self, rows: Sequence[ParsedRow]) -> None:
        """Look up the keys of the next rows, their crimes and who they may be, at once."""
        self.intakes = {row.row_no: self.read(row) for row in rows}
        self._look_up([sketched(self.feed, row, self.intakes[row.row_no]) for row in rows])

    def ahead_of_made(self, rows: Sequence[Taken | Sketch]) -> None:
        """The same for rows that were made beside this process."""
        self.intakes.clear()
        self._look_up([row.sketch if isinstance(row, Taken) else row for row in rows])

    def _look_up(self, sketches: Sequence[Sketch]) -> None:
        self.aside.clear()
        self.changes = False
        self.book.look_up(key for one in sketches for key in one.keys)
        self.crimes = queries.crimes_held(one.crime for one in sketches)
        self.register.look_up(
            {one.fingerprint: one.handles for one in sketches if not self._is_unchanged(one)}
        )

    def accept(self, row: Taken | Sketch) -> Result | None:
        """Have a row that was made be written, if it is new; None where it is to be taken here.

        Those are taken after the others. So whatever one of them may have a part in must wait too.
        """
        sketch = row.sketch if isinstance(row, Taken) else row
        known = next((found for key in sketch.keys if (found := self.book.find(key))), None)
        waits = not self.aside.isdisjoint(sketch.keys)
        if known is not None and known.mac == sketch.mac and not waits:
            return UNCHANGED
        if isinstance(row, Taken) and known is None and not waits and self._may_go_first(sketch):
            return self._accepted(row)
        self.aside.update(sketch.keys)
        self.crimes.add(sketch.crime)
        self.register.set_aside(sketch.fingerprint)
        self.changes = self.changes or known is not None
        return None

    def _accepted(self, row: Taken) -> Result:
        assert self.lot is not None
        assert row.packed is not None
        self.lot.unpack(row.packed)
        audit.take_in(row.recorded)
        self.book.remember(row.known, row.sketch.keys)
        self.register.put(row.victim_id, row.sketch.fingerprint)
        self.crimes.add(row.sketch.crime)
        return row.result

    def _may_go_first(self, sketch: Sketch) -> bool:
        """Whether a row is new, and has nothing to do with those that are taken after it."""
        return (
            self._is_new(sketch.crime, sketch.fingerprint)
            and not self.register.may_be_aside(sketch.fingerprint)
            and not (self.changes and self.register.touches(sketch.fingerprint))
        )

    def end(self) -> None:
        """Write whatever was put by."""
        if self.lot:
            self.lot.write()

    def take(self, row: ParsedRow, batch: ImportBatch) -> Result:
        """Take in one row, within the transaction that is open."""
        keys = self.keys(row.facts)
        known = self._find(row, keys)
        if known is not None and self.book.says_the_same(known, row):
            return UNCHANGED
        intake = self.intakes.get(row.row_no) or self.read(row)
        if self.lot:
            if known is None and self._is_new(crime_key(intake), intake.fingerprint):
                return self._put_by(row, keys, intake, batch, self.lot)
            self.lot.write()
        if known is not None:
            referral = db.session.get_one(Referral, known.subject_id)
            judged = self._judge_named(referral, intake)
            opened = commands.update_referral(referral, intake, judgement=judged, actor=self.actor)
            self.register.put(referral.victim_id, people.print_of(referral.victim))
            self.book.replace(known, row, keys, batch)
            return Result(outcome="updated", also=("cases_opened",) if opened else ())
        judgement = self._judge(intake)
        referral = commands.receive_referral(intake, judgement, batch_id=batch.id, actor=self.actor)
        self.register.put(referral.victim_id, intake.fingerprint)
        self.book.keep(row, keys, referral.id, batch)
        return created(judgement)

    def _is_new(self, crime: str, sought: Fingerprint) -> bool:
        """Whether nothing that this row would make hangs on anything that is there.

        Its crime is not held, nobody may be its person, and nobody who works here may be.
        """
        return (
            crime not in self.crimes
            and self.of_staff.isdisjoint(sought.marks)
            and not any(one.is_certain or one.is_likely for one in self.register.likenesses(sought))
        )

    def _put_by(
        self, row: ParsedRow, keys: Sequence[str], intake: Intake, batch: ImportBatch, lot: Lot
    ) -> Result:
        """Take in a row of which nothing is held yet, to be written with others like it."""
        judgement = judge(intake, (), namesake=False, twin=False)
        with lot.open():
            referral = commands.receive_referral(
                intake, judgement, batch_id=batch.id, actor=self.actor
            )
            self.book.keep(row, keys, referral.id, batch)
        self.register.put(referral.victim_id, intake.fingerprint)
        self.crimes.add(crime_key(intake))
        return created(judgement)

    def rehearse(self, row: ParsedRow) -> Result:
        """Say what would become of one row, and change nothing."""
        keys = self.keys(row.facts)
        known = self._find(row, keys)
        if known is not None and self.book.says_the_same(known, row):
            return UNCHANGED
        intake = self.intakes[row.row_no]
        if known is not None:
            self.book.rehearse(row, keys, known.subject_id)
            opens = self._would_open(known.subject_id, intake)
            self._would_say(known.subject_id, intake)
            return Result(outcome="updated", also=("cases_opened",) if opens else ())
        judgement = self._judge(intake)
        number = self.rehearsal.add(crime_key(intake), intake, judgement.waits)
        self.register.put(number, intake.fingerprint)
        self.book.rehearse(row, keys, number)
        return created(judgement)

    def _is_unchanged(self, one: Sketch) -> bool:
        """Whether the row is the last one of a key of its: nobody need be looked for."""
        found = (self.book.find(key) for key in one.keys)
        return any(known and known.mac == one.mac for known in found)

    def _find(self, row: ParsedRow, keys: Sequence[str]) -> Known | None:
        """The record of this row, by the surer of its keys; never one of another reference."""
        for key in keys:
            known = self.book.find(key)
            if known is not None and self._is_of(known, row, surest=key == keys[0]):
                return known
        return None

    def _is_of(self, known: Known, row: ParsedRow, *, surest: bool) -> bool:
        own = row.facts.get("victim_reference")
        if own is None or surest or self.book.says_the_same(known, row):
            return True
        theirs = self._reference_of(known.subject_id)
        return columns.same_victim({"victim_reference": own}, {"victim_reference": theirs or None})

    def _reference_of(self, subject_id: int) -> str:
        seen = self.rehearsal.seen.get(subject_id)
        if seen is not None:
            return seen.print.reference
        if self.lot:
            self.lot.write()
        return db.session.get_one(Referral, subject_id).victim.victim_reference or ""

    def _judge_named(self, referral: Referral, intake: Intake) -> Judgement | None:
        """Who somebody may be who only now has a name."""
        if not is_named_now(referral.waits, intake):
            return None
        return self._judge(intake, but={referral.victim_id})

    def _judge(self, intake: Intake, *, but: Collection[int] = ()) -> Judgement:
        key, sought = crime_key(intake), intake.fingerprint
        found = self.register.likenesses(sought, but=but)
        certain = [one.victim_id for one in found if one.is_certain]
        return judge(
            intake,
            found,
            namesake=self._is_namesake(key, intake) and bool(sought.name),
            twin=bool(certain) and self._is_victim_of(key, certain),
        )

    def _is_namesake(self, key: str, intake: Intake) -> bool:
        sought = intake.fingerprint
        if self.rehearsal.is_namesake(key, sought):
            return True
        if key not in self.crimes:
            self.crimes.add(key)
            return False
        return queries.namesake_of(key, sought.name, sought.born)

    def _is_victim_of(self, key: str, ids: Sequence[int]) -> bool:
        return queries.is_victim_of(key, ids) or self.rehearsal.is_victim_of(key, ids)

    def _would_open(self, subject_id: int, intake: Intake) -> bool:
        """Whether a waiting referral would open its case, now that its row says more."""
        seen = self.rehearsal.seen.get(subject_id) or self.rehearsal.held.get(subject_id)
        if seen is None:
            referral = db.session.get_one(Referral, subject_id)
            held = bool(referral.victim.contact_points or referral.victim.addresses)
            seen = Standing(waits=referral.waits, consent=referral.consent, can_be_reached=held)
            self.rehearsal.held[subject_id] = seen
        seen.consent = intake.consent or seen.consent
        seen.can_be_reached = seen.can_be_reached or intake.person.can_be_reached
        if is_named_now(seen.waits, intake):
            seen.waits = once_named(self._judge(intake, but={_person_of(subject_id)}))
        opens = opens_now(seen.waits, seen.consent, can_be_reached=seen.can_be_reached)
        seen.waits = None if opens else seen.waits
        return opens

    def _would_say(self, subject_id: int, intake: Intake) -> None:
        """Remember what the person's record would say, now that its row says more."""
        seen = self.rehearsal.seen.get(subject_id)
        if seen is not None:
            seen.print = people.received(seen.print, intake.person)
            self.register.put(subject_id, seen.print)
            return
        victim = db.session.get_one(Referral, subject_id).victim
        before = self.register.print_of(victim.id) or people.print_of(victim)
        now = people.received(before, intake.person, confirmed=people.confirmed_facts(victim))
        self.register.put(victim.id, now)


def _person_of(subject_id: int) -> int:
    """Whose record is a referral's; one that a dry run remembers has its number."""
    return subject_id if subject_id < 0 else db.session.get_one(Referral, subject_id).victim_id
