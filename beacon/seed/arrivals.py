"""Who is referred when: the rows of every file that the county's feeds have sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from beacon.core import clock
from beacon.core.working_days import is_working_day
from beacon.seed.chance import Chance
from beacon.seed.diary import Diary, at
from beacon.seed.people import People, Person
from beacon.seed.words import (
    BANKS,
    FRAUDS,
    OFFENCES,
    PARTNER_REASONS,
    PARTNERS,
    PLACES,
    Fraud,
    Offence,
)

POLICE, FRAUD, PARTNER = "police", "fraud", "partner"
ARRIVES = {POLICE: "07:15", FRAUD: "08:05", PARTNER: "09:05"}
RECENT_DAYS, OLDEST_DAYS, APART = 13, 395, 6
GOLDEN = 0.618_033_988_75
STATUSES = (
    *("none",) * 8, *("identified",) * 3, *("arrested",) * 3, *("interviewed",) * 2,
    *("bailed",) * 2, *("rui",) * 2, *("charged",) * 2, "nfa",
)  # fmt: skip
# How many in a hundred came how long ago, in days: from, to.
AGES = ((6, 0, 0), (12, 1, 1), (34, 2, 13), (62, 14, 90), (100, 91, OLDEST_DAYS))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of one file, and what it is the beginning of."""

    feed: str
    day: date
    person: Person
    reference: str
    columns: dict[str, str]
    offence: Offence | None = None
    fraud: Fraud | None = None
    status: str = ""
    leads: bool = True  # of several victims of one crime, the one by whom it is told
    untouched: bool = False  # stays in the queue of triage


@dataclass
class Arrivals:
    """Plans all rows at once; files are made of them day by day."""

    chance: Chance
    people: People
    diary: Diary
    rows: list[Row] = field(default_factory=list)
    _references: set[int] = field(default_factory=set)

    def plan(self, victims: int) -> None:
        """Decide for so many victims when they come, how, and what was done to them."""
        left = victims
        while left > 0:
            place = victims - left
            day = self._day(place)
            if place % 9 in (2, 6):
                rows = [self._fraud(day)]
            elif place % 12 == 7:
                rows = [self._partner(day)]
            else:
                rows = self._crime(day, min(left, self.chance.pick((1,) * 9 + (2, 3))))
            self.rows += rows
            left -= len(rows)
        self._come_again(victims // 12)

    def days(self) -> list[date]:
        """The days on which files came, the oldest first."""
        return sorted({row.day for row in self.rows})

    def of(self, feed: str, day: date) -> list[Row]:
        """The rows of one feed on one day."""
        return [row for row in self.rows if row.feed == feed and row.day == day]

    def arrival(self, feed: str, day: date) -> datetime:
        """When the file of a feed came that day; today's has always just come."""
        newest = self.diary.now - timedelta(minutes=25)
        return min(at(day, ARRIVES[feed]), newest)

    def crime_row(self, day: date, person: Person, **given: object) -> Row:
        """One more crime to somebody, for those of whom something special is told."""
        row = next(self._victims_of(day, [person]))
        columns = row.columns | {name: str(text) for name, text in given.items()}
        return replace(row, columns=columns)

    def fraud_row(self, day: date) -> Row:
        """One more report of fraud."""
        return self._fraud(day)

    def partner_row(self, day: date, person: Person, agency: str) -> Row:
        """One more person sent by this partner."""
        return self._partner(day, person, agency)

    def _day(self, place: int) -> date:
        """The day of arrival: of every age, however few there are."""
        share = (place * GOLDEN) % 1 * 100
        _, newest, oldest = next(age for age in AGES if share < age[0])
        back = self.chance.whole(newest, oldest)
        if back > RECENT_DAYS:
            back -= back % APART
        day = self.diary.today - timedelta(days=back)
        while back > RECENT_DAYS and not is_working_day(day):
            day -= timedelta(days=1)
        return day

    def _crime(self, day: date, count: int) -> list[Row]:
        young = self.chance.happens(0.06)
        people = [self.people.victim(under_18=young and not place) for place in range(count)]
        return list(self._victims_of(day, people))

    def _victims_of(self, day: date, people: list[Person]) -> Iterator[Row]:
        """The victims of one crime: one row each, in one file."""
        chance, offence = self.chance, self.chance.weighted(OFFENCES)
        recorded = self._recorded(POLICE, day)
        reference = f"41/{self._number()}/{recorded:%y}"
        done_on = clock.london_day(recorded) - timedelta(days=chance.whole(0, 3))
        status = chance.pick(STATUSES)
        crime = {
            "crime_reference": reference,
            "recorded_at": f"{clock.london(recorded):%Y-%m-%dT%H:%M}",
            "offence": offence.title,
            "offence_code": offence.code,
            "offence_date": done_on.isoformat(),
            "offence_place": chance.pick(PLACES),
            "suspect_status": status,
            "officer_name": f"PC {self.chance.pick(('Ashdown', 'Birtwell', 'Coyle', 'Dunmore'))}",
            "officer_email": f"officer{chance.whole(100, 999)}@example.net",
            "officer_collar": str(chance.whole(1000, 2999)),
        }
        if offence.flag:
            crime[offence.flag] = "race" if offence.flag == "hate_strand" else "yes"
        for place, person in enumerate(people):
            careful = offence.flag == "domestic_abuse"
            who = person.careful(self.people.careful_words()) if careful else person
            consent = {"consent_to_referral": chance.pick(("yes", "yes", "not_asked"))}
            yield Row(
                feed=POLICE,
                day=day,
                person=who,
                reference=reference,
                columns=who.columns | crime | consent,
                offence=offence,
                status=status,
                leads=place == 0,
            )

    def _fraud(self, day: date) -> Row:
        chance, fraud = self.chance, self.chance.weighted(FRAUDS)
        person = self.people.victim(older=chance.happens(0.7))
        reported = self._recorded(FRAUD, day)
        reference = f"NFRC{reported:%y%m}{self._number():08}"
        last = clock.london_day(reported) - timedelta(days=chance.whole(1, 20))
        first = last - timedelta(days=chance.whole(0, 90))
        columns = {
            "fraud_reference": reference,
            "reported_at": f"{clock.london(reported):%Y-%m-%dT%H:%M}",
            "fraud_code": fraud.code,
            "fraud_type": fraud.title,
            "first_payment_on": first.isoformat(),
            "last_payment_on": last.isoformat(),
            "amount_lost": f"{chance.whole(fraud.least, fraud.most):,}.00",
            "payment_method": chance.pick(fraud.methods),
            "sending_bank": chance.pick(BANKS),
            "still_paying": "yes" if chance.happens(0.08) else "no",
            "remote_access": "yes" if fraud.code == "NFIB3E" else "no",
            "vulnerable": "yes" if chance.happens(0.25) else "no",
        }
        columns |= {name: text for name, text in person.columns.items() if name in _FRAUD_PERSON}
        return Row(
            feed=FRAUD, day=day, person=person, reference=reference, columns=columns, fraud=fraud
        )

    def _partner(self, day: date, person: Person | None = None, agency: str = "") -> Row:
        person = person or self.people.victim()
        agency = agency or self.chance.pick(PARTNERS)
        reference = f"{agency[:2].upper()}-{self._number()}"
        recorded = clock.london(self._recorded(PARTNER, day))
        columns = person.columns | {
            "agency": agency,
            "agency_reference": reference,
            "recorded_at": f"{recorded:%Y-%m-%dT%H:%M}",
            "reason": self.chance.pick(PARTNER_REASONS),
            "crime_reported": "no",
            "consent_to_referral": "yes",
        }
        return Row(feed=PARTNER, day=day, person=person, reference=reference, columns=columns)

    def _recorded(self, feed: str, day: date) -> datetime:
        """Some hours before the file came; now and then days before, which is late."""
        late = 96 if self.chance.happens(0.07) else 0
        hours = self.chance.whole(3, 30) + late
        return self.arrival(feed, day) - timedelta(hours=hours, minutes=self.chance.whole(0, 59))

    def _come_again(self, count: int) -> None:
        """Some people are victims more than once, and one of them three times in the year."""
        known = sorted(
            (row for row in self.rows if row.feed == POLICE and row.leads and row.person.mobile),
            key=lambda row: row.day,
        )
        early = known[: max(1, len(known) // 2)]
        again = self.chance.some(early, count) + early[-1:] * 2
        for row in again:
            days = max(2, (self.diary.today - row.day).days)
            day = self.diary.today - timedelta(days=self.chance.whole(1, days - 1))
            self.rows += self._victims_of(day, [row.person])

    def _number(self) -> int:
        while True:
            number = self.chance.whole(10_000, 99_999)
            if number not in self._references:
                self._references.add(number)
                return number


_FRAUD_PERSON = frozenset(
    {
        "title", "first_name", "last_name", "date_of_birth", "gender", "ethnicity", "language",
        "interpreter", "mobile", "email", "address", "postcode", "district", "preferred_contact",
        "safe_to_contact", "safe_contact_notes",
    }
)  # fmt: skip
