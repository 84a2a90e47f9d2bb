"""Who gets a court reminder, and which consequence is true (domain.md 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from beacon.core import clock
from beacon.core.phone import Phone, PhoneKind
from beacon.courts.rules.hours import begins
from beacon.courts.terms import Initiation, NotTexted, Remand, TextBar

ADULT = 18
TEXTABLE = frozenset({Remand.UNCONDITIONAL, Remand.CONDITIONAL, Remand.NOT_APPLICABLE})
ON_BAIL = frozenset({Remand.UNCONDITIONAL, Remand.CONDITIONAL})


@dataclass(frozen=True, kw_only=True)
class CourtFacts:
    """What a text must know of a court."""

    in_county: bool
    closed: bool
    verified_on: date | None
    postcode: str


@dataclass(frozen=True, kw_only=True)
class TypeFacts:
    """What a text must know of a hearing type."""

    text_reminder: bool
    defendant_attends: bool


@dataclass(frozen=True, kw_only=True)
class ReminderFacts:
    """Everything that decides whether one defendant is texted about one hearing."""

    held_on: date
    starts_at: time | None
    is_live: bool
    is_clear: bool = True  # whether the list's word on it can be read
    kind: TypeFacts | None
    remand: Remand | None
    date_of_birth: date | None
    mobile: str
    do_not_text: bool
    text_bar: TextBar | None
    interpreter_language: str
    is_spoken: bool = False  # whether words in that language are approved
    court: CourtFacts


def eligible(facts: ReminderFacts, *, at: datetime, verified_for: int) -> NotTexted | None:
    """The first reason why nobody is texted about this hearing, or None: they are.

    domain.md RULE 5.2 and 6.1, contract 3.4 ("Textable"). Whether somebody we protect holds the
    number (RULE 5.3) is asked after this, of the one window in the wall.
    """
    return next((reason for check in CHECKS if (reason := check(facts, at, verified_for))), None)


def _listing(facts: ReminderFacts, at: datetime, _days: int) -> NotTexted | None:
    if not facts.is_live:
        return NotTexted.NOT_LISTED
    if facts.held_on < clock.london_day(at):
        return NotTexted.PAST
    begun = facts.starts_at and begins(facts.held_on, facts.starts_at)
    return NotTexted.PAST if begun and begun <= at else None


def _status(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    return None if facts.is_clear else NotTexted.UNCLEAR


def _type(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    if facts.kind is None:
        return NotTexted.TYPE_UNKNOWN
    wanted = facts.kind.text_reminder and facts.kind.defendant_attends
    return None if wanted else NotTexted.TYPE


def _remand(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    if facts.remand is None:
        return NotTexted.REMAND_UNKNOWN
    return None if facts.remand in TEXTABLE else NotTexted.CUSTODY


def _age(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    if facts.date_of_birth is None:
        return NotTexted.AGE_UNKNOWN
    return None if age_on(facts.held_on, facts.date_of_birth) >= ADULT else NotTexted.UNDER_18


def _wishes(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    if not facts.do_not_text:
        return None
    return facts.text_bar.reason if facts.text_bar else NotTexted.DO_NOT_TEXT


def _court(facts: ReminderFacts, at: datetime, days: int) -> NotTexted | None:
    court = facts.court
    if court.closed:
        return NotTexted.COURT_CLOSED
    if not court.in_county:
        return NotTexted.COURT_OUTSIDE
    oldest = clock.london_day(at) - timedelta(days=days)
    verified = court.verified_on is not None and court.verified_on >= oldest and court.postcode
    return None if verified else NotTexted.COURT_UNVERIFIED


def _time(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    known = facts.starts_at is not None and begins(facts.held_on, facts.starts_at)
    return None if known else NotTexted.NO_TIME


def _number(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    if not facts.mobile.strip():
        return NotTexted.NO_NUMBER
    try:
        number = Phone.parse(facts.mobile)
    except ValueError:
        return NotTexted.NOT_A_NUMBER
    if number.is_uk_mobile:
        return None
    landline = number.kind is PhoneKind.LANDLINE
    return NotTexted.LANDLINE if landline else NotTexted.NOT_A_UK_MOBILE


def _language(facts: ReminderFacts, _at: datetime, _days: int) -> NotTexted | None:
    needs_another = facts.interpreter_language.strip() and not facts.is_spoken
    return NotTexted.INTERPRETER if needs_another else None


Check = Callable[[ReminderFacts, datetime, int], NotTexted | None]
# What the hearing is, then who the person is, then whether a text could reach them.
CHECKS: tuple[Check, ...] = (
    _listing, _status, _type, _remand, _age, _wishes, _court, _time, _number, _language,
)  # fmt: skip


# Of somebody who was told of a hearing: may they be told that it changed, and of the new one?
OF_PERSON: tuple[Check, ...] = (_remand, _age, _wishes, _number, _language)
OF_PLACE: tuple[Check, ...] = (_status, _court, _time)


def may_be_corrected(
    facts: ReminderFacts, *, goes_ahead: bool, at: datetime, verified_for: int
) -> NotTexted | None:
    """The first reason why somebody who was texted of a hearing is not texted of its change."""
    checks = OF_PERSON + OF_PLACE if goes_ahead else OF_PERSON
    return next((reason for check in checks if (reason := check(facts, at, verified_for))), None)


def age_on(day: date, born: date) -> int:
    """How old somebody is on a day. Born on 29 February: a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def bail_wording(remand: Remand | None, initiation: Initiation | None) -> bool:
    """Whether "you could be arrested" is true: on bail after a charge (contract 3.4)."""
    return remand in ON_BAIL and initiation is Initiation.CHARGE


def spoken_time(at: time) -> str:
    """A time of day as the text says it: 9.30am, 10am, 12 noon."""
    if (at.hour, at.minute) == (12, 0):
        return "12 noon"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def spoken_day(on: date) -> str:
    """A day as the text says it: Tue 24 Nov."""
    return f"{on:%a} {on.day} {on:%b}"


def spoken_when(sent_on: date, held_on: date) -> str:
    """How a text that leaves on one day speaks of another: TODAY, TOMORROW, or on."""
    return {0: "TODAY", 1: "TOMORROW"}.get((held_on - sent_on).days, "on")
