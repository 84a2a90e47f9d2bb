"""A court list, taken defendant by defendant: new, moved, vacated, changed, or as before.

Contract 3.4. A hearing keeps one identity through its moves. A row that says what the last list
said of its hearing changes nothing, whatever a person has done since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.names import name_key
from beacon.courts.columns import COURT_LIST
from beacon.courts.commands import listed_facts as facts_of
from beacon.courts.commands.hearings import list_hearing
from beacon.courts.commands.notices import tell_of_listing, withdraw_notice
from beacon.courts.commands.versions import keep_version
from beacon.courts.models import Court, Defendant, Hearing
from beacon.courts.rules import Held, Match, match_list
from beacon.courts.terms import HearingStatus, ListChange, ListStatus
from beacon.feeds.columns import ParsedRow, parse_row
from beacon.feeds.commands import Result
from beacon.feeds.models import FeedRecord, ImportBatch
from beacon.feeds.reading import RawRow
from beacon.feeds.rows import Book, Known
from beacon.feeds.terms import Fact

CREATED, MOVED, VACATED = "created", "moved", "vacated"
UPDATED, UNCHANGED = "updated", "unchanged"
OUTCOMES = (CREATED, MOVED, VACATED, UPDATED, UNCHANGED)
# What a victim must be told anew when it changes: time, date and location (Code 8.1).
WHEN_AND_WHERE = frozenset({"held_on", "starts_at", "court_id"})


class DefendantRows:
    """The rows of one defendant in one list, within one transaction."""

    def __init__(
        self,
        rows: Sequence[ParsedRow],
        courts: Mapping[int, int],
        *,
        batch: ImportBatch,
        actor: Actor,
    ) -> None:
        self.rows = rows
        self.courts = courts  # the id of the court of each row, by row number
        self.batch = batch
        self.actor = actor
        self.book = Book(COURT_LIST.name)
        self.defendant = find_defendant(rows[0])
        self.hearings: list[Hearing] = list(self.defendant.hearings) if self.defendant else []
        self.book.look_up(_key(hearing.id) for hearing in self.hearings)
        self.in_list: set[int] = set()
        self.results: dict[int, str] = {}

    def take(self) -> list[Result]:
        """Match each row with a hearing and write down what it says."""
        new = {(_type(row), facts_of.day_of(row.facts)) for row in self.rows if self._is_news(row)}
        left = [row for row in self.rows if not self._said_before(row, new)]
        left = [row for row in left if not self._adopted(row)]
        by_type: dict[str, list[ParsedRow]] = defaultdict(list)
        for row in left:
            by_type[_type(row)].append(row)
        for type_code, rows in by_type.items():
            self._take_type(type_code, rows)
        return [Result(outcome=self.results[row.row_no]) for row in self.rows]

    def _is_news(self, row: ParsedRow) -> bool:
        return not any(self._says_the_same(hearing, row) for hearing in self.hearings)

    def _said_before(self, row: ParsedRow, new: set[tuple[str, date]]) -> bool:
        """Whether this is, in normal form, what the last list said of one of the hearings.

        Where another row of this list says something new of that day, they count in file order.
        """
        for hearing in self.hearings:
            if (_type(row), hearing.held_on) in new:
                continue
            if self._says_the_same(hearing, row):
                self.in_list.add(hearing.id)
                self.results[row.row_no] = UNCHANGED
                return True
        return False

    def _adopted(self, row: ParsedRow) -> bool:
        """Find the hearing that a person made for the same crime, surname and day, and take it."""
        day, kind = facts_of.day_of(row.facts), _type(row)
        if any((hearing.held_on, hearing.type_code) == (day, kind) for hearing in self.hearings):
            return False
        hearing = made_by_hand(row, day)
        if hearing is None:
            return False
        if self.defendant is None:
            self.defendant = hearing.defendant
            self.defendant.made_by_hand = False
            self.hearings = list(self.defendant.hearings)
        else:
            hearing.defendant = self.defendant
            self.hearings.append(hearing)
        hearing.made_by_hand = False
        self.in_list.add(hearing.id)
        self._write(row, hearing, ListChange.ADOPTED)
        self.results[row.row_no] = UPDATED
        return True

    def _take_type(self, type_code: str, rows: Sequence[ParsedRow]) -> None:
        same_type = [hearing for hearing in self.hearings if hearing.type_code == type_code]
        held = [
            Held(hearing.id, hearing.held_on, hearing.is_live and hearing.id not in self.in_list)
            for hearing in same_type
        ]
        made: dict[int, Hearing] = {}
        by_id = {hearing.id: hearing for hearing in same_type}
        days = [facts_of.day_of(row.facts) for row in rows]
        for match in match_list(days, held):
            row = rows[match.row]
            hearing = made.get(match.first) or by_id.get(match.hearing_id or 0)
            if hearing is None:
                made[match.first] = self._create(row)
                self.results[row.row_no] = CREATED
            else:
                self.results[row.row_no] = self._change(row, hearing, match, made)
                made[match.first] = hearing

    def _change(
        self, row: ParsedRow, hearing: Hearing, match: Match, made: Mapping[int, Hearing]
    ) -> str:
        if self._says_the_same(hearing, row):
            return UNCHANGED
        moved = not match.same_day and match.first not in made
        was = hearing.status
        if moved:
            self._write(row, hearing, ListChange.MOVED)
            return MOVED
        self._write(row, hearing, ListChange.UPDATED)
        vacated = hearing.status is HearingStatus.VACATED and was is not HearingStatus.VACATED
        return VACATED if vacated else UPDATED

    def _create(self, row: ParsedRow) -> Hearing:
        if self.defendant is None:
            self.defendant = facts_of.new_defendant(row.facts, actor=self.actor)
        else:
            facts_of.write_defendant(self.defendant, row.facts, actor=self.actor)
        court = db.session.get_one(Court, self.courts[row.row_no])
        hearing = list_hearing(
            self.defendant,
            facts_of.listing_of(row.facts, court),
            status=facts_of.status_of(row.facts) or HearingStatus.LISTED,
            actor=self.actor,
        )
        facts_of.write_doubts(hearing, _unreadable(row))
        self.hearings.append(hearing)
        self.book.keep(row, [_key(hearing.id)], hearing.id, self.batch)
        return hearing

    def _write(self, row: ParsedRow, hearing: Hearing, change: ListChange) -> None:
        """Take over what the row says and the last one did not; a version of the hearing."""
        known = self._known(hearing)
        news = _news(row, known)
        unreadable = _unreadable(row) & (news.keys() | _said_of(change))
        court = db.session.get_one(Court, self.courts[row.row_no]) if "court" in news else None
        was, was_live = hearing.status, hearing.is_live
        if change is ListChange.MOVED and news.get("status") in {None, ListStatus.ADJOURNED}:
            hearing.status = HearingStatus.LISTED  # adjourned to this day, on which it is live
            news.pop("status", None)
        changed = facts_of.write_defendant(hearing.defendant, news, actor=self.actor)
        changed |= facts_of.write_hearing(hearing, news, court)
        changed |= facts_of.write_doubts(hearing, unreadable)
        again = hearing.is_live and (not was_live or bool(changed & WHEN_AND_WHERE))
        if again:
            hearing.listing_no += 1
        if change is ListChange.UPDATED:
            change = _change_of_status(was, hearing.status)
        keep_version(hearing, change, changed=changed, actor=self.actor)
        if again:
            tell_of_listing(hearing, actor=self.actor)
        elif was_live and not hearing.is_live:
            withdraw_notice(hearing, actor=self.actor)
        if known:
            self.book.replace(known, row, [_key(hearing.id)], self.batch)
        else:
            self.book.keep(row, [_key(hearing.id)], hearing.id, self.batch)

    def _says_the_same(self, hearing: Hearing, row: ParsedRow) -> bool:
        known = self._known(hearing)
        return known is not None and self.book.says_the_same(known, row)

    def _known(self, hearing: Hearing) -> Known | None:
        return self.book.find(_key(hearing.id))


def find_defendant(row: ParsedRow) -> Defendant | None:
    """The defendant: by URN and reference, else by URN, name and day of birth (contract 3.4)."""
    facts = row.facts
    reference = facts_of.words(facts, "defendant_reference")
    of_urn = sa.select(Defendant).where(Defendant.urn == facts_of.words(facts, "urn"))
    if reference:
        named = of_urn.where(Defendant.reference == reference).order_by(Defendant.id).limit(1)
        if found := db.session.scalar(named):
            return found
        of_urn = of_urn.where(Defendant.reference == "")
    first, last = (facts_of.words(facts, f"defendant_{which}_name") for which in ("first", "last"))
    return db.session.scalar(
        of_urn.where(
            Defendant.name_key == name_key(f"{first} {last}"),
            Defendant.date_of_birth.is_not_distinct_from(facts.get("date_of_birth")),
        )
        .order_by(Defendant.id)
        .limit(1)
    )


def made_by_hand(row: ParsedRow, day: date) -> Hearing | None:
    """A hearing that a person made for the same crime, surname and day, not yet on any list.

    Not one of somebody else of that surname: a parent and a child may be charged together.
    """
    last = facts_of.words(row.facts, "defendant_last_name")
    first, born = facts_of.words(row.facts, "defendant_first_name"), row.facts.get("date_of_birth")
    made = db.session.scalars(
        sa.select(Hearing)
        .join(Defendant)
        .where(
            Hearing.made_by_hand,
            Hearing.held_on == day,
            Defendant.crime_key == facts_of.crime_key_of(row.facts),
            Defendant.surname_key == name_key(last),
        )
        .order_by(Hearing.id)
    ).all()
    return facts_of.nearest(made, first, born if isinstance(born, date) else None)


def by_defendant(
    rows: Sequence[ParsedRow], key: Mapping[int, str]
) -> Iterator[tuple[ParsedRow, ...]]:
    """The rows of each defendant together, in the order in which they first appear."""
    grouped: dict[str, list[ParsedRow]] = defaultdict(list)
    for row in rows:
        grouped[key[row.row_no]].append(row)
    for group in grouped.values():
        yield tuple(group)


def _news(row: ParsedRow, known: Known | None) -> dict[str, Fact | None]:
    """What the row says that the last row of its hearing did not."""
    if known is None:
        return dict(row.facts)
    record = db.session.get_one(FeedRecord, known.record_id)
    earlier = RawRow(row_no=record.row_no, cells=json.loads(record.raw), texts=())
    said = json.loads(parse_row(COURT_LIST, earlier).normal)
    says = json.loads(row.normal)
    return {name: row.facts[name] for name in says if says[name] != said.get(name)}


def _said_of(change: ListChange) -> set[str]:
    """What a row says of the new day of a hearing, though the last one said the same of the old."""
    return {"status"} if change is ListChange.MOVED else set()


def _unreadable(row: ParsedRow) -> set[str]:
    """The columns that say something which cannot be read."""
    said: dict[str, str] = json.loads(row.normal)
    return {name for name, normal in said.items() if normal.startswith("? ")}


def _change_of_status(was: HearingStatus, now: HearingStatus) -> ListChange:
    if was is now:
        return ListChange.UPDATED
    return {
        HearingStatus.LISTED: ListChange.RELISTED,
        HearingStatus.UNCLEAR: ListChange.UPDATED,
        HearingStatus.VACATED: ListChange.VACATED,
        HearingStatus.ADJOURNED: ListChange.ADJOURNED,
    }[now]


def _type(row: ParsedRow) -> str:
    return facts_of.words(row.facts, "hearing_type")


def _key(hearing_id: int) -> str:
    return f"hearing:{hearing_id}"
