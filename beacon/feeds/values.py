"""One cell read as what its column holds, with the form by which it is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from beacon.core import clock, phone
from beacon.core.mailbox import written_well
from beacon.core.money import Money, NegativeAmount
from beacon.core.phone import Phone
from beacon.core.postcode import Postcode
from beacon.feeds.specs import Column, word_key
from beacon.feeds.terms import Cell, Fact, Kind

GRACE = timedelta(minutes=10)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)

_ISO_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_UK_DAY = r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
_DAYS = (re.compile(_ISO_DAY), re.compile(_UK_DAY))
_OFFSET = r"(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})"
_MOMENTS = (
    re.compile(rf"{_ISO_DAY}(?:(?:[Tt]| +){_CLOCK} ?{_OFFSET}?)?"),
    re.compile(rf"{_UK_DAY}(?: +{_CLOCK})?(?P<offset>)"),
)
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2}))?"
    r" ?(?P<half>[ap])?(?:(?<=[ap])\.?m\.?)?"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FIRST_YEAR, LAST_YEAR = 1890, 2100


class Unreadable(ValueError):
    """A cell that cannot be read as what its column holds, where that rejects the row."""


class _TooLong(ValueError):
    """A text that the record cannot keep whole; it stays in the raw row."""


@dataclass(frozen=True)
class Reading:
    """What a cell says (nothing, where it is not known), and the form by which it is compared."""

    fact: Fact | None
    normal: str = ""
    warning: str | None = None


NOTHING = Reading(None)
SAID = dict.fromkeys(YES, Reading(True, "yes")) | dict.fromkeys(NO, Reading(False, "no"))


def text_of(cell: Cell) -> str:
    """A cell as text, as it stands in the file or as a person would type it."""
    if isinstance(cell, str):  # nearly every cell, so it is asked first
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return "" if cell is None else str(cell)


def read(column: Column, cell: Cell) -> Reading:
    """Read a cell by the kind of its column; an unreadable date or amount raises `Unreadable`."""
    text = text_of(cell).strip()
    if not text:
        return NOTHING
    if text in EXCEL_ERRORS:
        return Reading(None, text, "holds an Excel error; taken as not known")
    try:
        return READERS[column.kind](column, cell, text)
    except _TooLong:
        return _unknown(text, f"is longer than {column.most:,} characters; left out")


def _line(text: str) -> str:
    """On one line, accents in one form, no control characters."""
    if text.isascii() and text.isprintable():  # the same answer, sooner
        return " ".join(text.split())
    return " ".join(_printable(unicodedata.normalize("NFC", text)).split())


def _printable(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _kept(column: Column, text: str) -> str:
    if len(text) > column.most:
        raise _TooLong
    return text


def _text(column: Column, _cell: Cell, text: str) -> Reading:
    read = _kept(column, _line(text))
    return Reading(read or None, read)


def _notes(column: Column, _cell: Cell, text: str) -> Reading:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    read = _kept(column, _printable(unicodedata.normalize("NFC", lines)).strip())
    return Reading(read or None, _line(read))


def _unknown(text: str, warning: str) -> Reading:
    return Reading(None, f"? {_line(text).casefold()}", warning)


def _word(column: Column, _cell: Cell, text: str) -> Reading:
    word = column.words.get(word_key(text))
    unknown = "holds a word that is not on its list; taken as not known"
    return _unknown(text, unknown) if word is None else Reading(word, word)


def _boolean(_column: Column, _cell: Cell, text: str) -> Reading:
    unknown = "is neither yes nor no; taken as not known"
    return SAID.get(text.casefold()) or _unknown(text, unknown)


def _money(_column: Column, _cell: Cell, text: str) -> Reading:
    try:
        pence = Money.parse(text).pence
    except NegativeAmount as fault:
        raise Unreadable("is below zero") from fault
    except ValueError as fault:
        raise Unreadable("cannot be read as an amount in pounds") from fault
    return Reading(pence, str(pence))


def _phone(column: Column, _cell: Cell, text: str) -> Reading:
    # A number cell that went through another program: 7700900123.0
    typed = _kept(column, re.sub(r"(?<=[0-9])\.0$", "", _line(text)))
    try:
        number = Phone.parse(typed).e164
    except ValueError:
        normal = phone.normal(typed) or typed.casefold()
        return Reading(typed, f"? {normal}", "is not a telephone number that can be rung; kept")
    return Reading(number, number)


def _email(column: Column, _cell: Cell, text: str) -> Reading:
    typed = _kept(column, _line(text))
    try:
        address = written_well(typed)
    except ValueError:
        return Reading(typed, f"? {typed.casefold()}", "is not an email address; kept")
    return Reading(address, address.casefold())


def _postcode(column: Column, _cell: Cell, text: str) -> Reading:
    typed = _kept(column, _line(text).upper())
    try:
        code = str(Postcode.parse(typed))
    except ValueError:
        return Reading(typed, f"? {typed}", "is not a full postcode; kept")
    return Reading(code, code)


def _reference(column: Column, cell: Cell, text: str) -> Reading:
    if isinstance(cell, (date, time)):
        raise Unreadable("was turned into a date by Excel; format the column as text")
    if column.check:
        checked = column.check(text)
        return Reading(_kept(column, checked.normal), checked.normal, checked.warning)
    normal = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return Reading(_kept(column, normal), normal)


def _date(column: Column, cell: Cell, text: str) -> Reading:
    match = next((found for form in _DAYS if (found := form.fullmatch(text))), None)
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
    elif match:
        day = _day(match)
    else:
        raise Unreadable("cannot be read as a date (YYYY-MM-DD or DD/MM/YYYY)")
    _check_year(day)
    if column.past and day > clock.today():
        return _unknown(day.isoformat(), "is in the future; taken as not known")
    return Reading(day, day.isoformat())


def _moment(column: Column, cell: Cell, text: str) -> Reading:
    moment, warning = _typed_moment(cell) if isinstance(cell, date) else _written_moment(text)
    if column.past and moment > clock.now() + GRACE:
        raise Unreadable("is later than now")
    return Reading(moment, moment.isoformat(), warning)


def _time(_column: Column, cell: Cell, text: str) -> Reading:
    if isinstance(cell, datetime):
        cell = cell.time()
    at = cell if isinstance(cell, time) else _written_time(text.casefold())
    if at is None:
        return _unknown(text, "cannot be read as a time (HH:MM or 9.30am); taken as not known")
    at = at.replace(second=0, microsecond=0)
    return Reading(at, at.isoformat("minutes"))


def _typed_moment(cell: date) -> tuple[datetime, str | None]:
    if isinstance(cell, datetime):
        return _in_london(cell.date(), cell.time())
    return _in_london(cell, time.min)


def _written_moment(text: str) -> tuple[datetime, str | None]:
    match = next((found for form in _MOMENTS if (found := form.fullmatch(text))), None)
    if not match:
        raise Unreadable("cannot be read as a date and time (YYYY-MM-DD HH:MM or DD/MM/YYYY HH:MM)")
    day = _day(match)
    if match["hour"] is None:
        moment, warning = _in_london(day, time.min)
        return moment, warning or "gives no time of day; taken as midnight"
    try:
        at = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError as fault:
        raise Unreadable("holds a time of day that does not exist") from fault
    if not match["offset"]:
        return _in_london(day, at)
    return _with_offset(datetime.combine(day, at), match["offset"].upper()), None


def _with_offset(wall: datetime, offset: str) -> datetime:
    try:
        zone = datetime.strptime(offset, "%z").tzinfo
        return wall.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise Unreadable("holds an offset from UTC that does not exist") from fault


def _in_london(day: date, at: time) -> tuple[datetime, str | None]:
    """London time, where no offset is given (contract.md 3): the earlier where it comes twice."""
    _check_year(day)
    try:
        moment = clock.from_london(day, at)
    except clock.NoSuchTime as fault:
        raise Unreadable("is a time that does not exist: the clocks went forward") from fault
    if clock.is_ambiguous(day, at):
        return moment, "came twice that night, as the clocks went back; taken as the earlier"
    return moment, None


def _day(match: re.Match[str]) -> date:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as fault:
        raise Unreadable("holds a date that does not exist") from fault
    _check_year(day)
    return day


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(f"holds a year outside {FIRST_YEAR} to {LAST_YEAR}")


def _written_time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if not match or not (match["minute"] or match["half"]):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    try:
        return time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None


READERS: dict[Kind, Callable[[Column, Cell, str], Reading]] = {
    Kind.TEXT: _text,
    Kind.NOTES: _notes,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.TIME: _time,
    Kind.BOOLEAN: _boolean,
    Kind.MONEY: _money,
    Kind.WORD: _word,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.POSTCODE: _postcode,
    Kind.REFERENCE: _reference,
}
