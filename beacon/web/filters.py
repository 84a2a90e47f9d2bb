"""How days, moments, money and words are written on every page. None is written as nothing."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from flask import Flask

from beacon.core import clock, phone
from beacon.core.money import Money
from beacon.core.phone import Phone

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


def _london_date(when: date | datetime) -> date:
    return clock.london_day(when) if isinstance(when, datetime) else when


def day(when: date | datetime | None) -> str:
    """24 November 2026."""
    if when is None:
        return ""
    on = _london_date(when)
    return f"{on.day} {on:%B %Y}"


def short_day(when: date | datetime | None) -> str:
    """Tue 24 Nov; with its year where that is not this year."""
    if when is None:
        return ""
    on = _london_date(when)
    year = "" if on.year == clock.today().year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"


def clock_time(when: time | datetime | None) -> str:
    """9:30am, 9am, midday, midnight: as the GOV.UK style guide writes times."""
    if when is None:
        return ""
    at = clock.london(when).time() if isinstance(when, datetime) else when
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def exact_time(when: datetime) -> str:
    """15:42:07, in London: for logs."""
    return f"{clock.london(when):%H:%M:%S}"


def moment(when: datetime | None) -> str:
    """24 November 2026 at 9:30am, in London."""
    return "" if when is None else f"{day(when)} at {clock_time(when)}"


def ago(when: datetime | None) -> str:
    """Just now, 5 minutes ago, 3 hours ago, yesterday, 4 days ago, then the day itself."""
    if when is None:
        return ""
    seconds = (clock.now() - when).total_seconds()
    days = (clock.today() - clock.london_day(when)).days
    if seconds < 0 or days > 13:
        return day(when)
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return _counted(int(seconds // MINUTE), "minute")
    if days == 0 or seconds < HOUR * 6:
        return _counted(int(seconds // HOUR), "hour")
    return "yesterday" if days == 1 else _counted(days, "day")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'} ago"


def counted(number: int, word: str, many: str | None = None) -> str:
    """1 duty, 12 duties."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def pounds(pence: int | Money | None) -> str:
    """£1,234.56 from whole pence."""
    if pence is None:
        return ""
    return str(pence if isinstance(pence, Money) else Money(pence))


def label(word: StrEnum | None) -> str:
    """A word of the trade as people say it."""
    if word is None:
        return ""
    said = getattr(word, "label", None)
    return str(said) if said is not None else str(word.value).replace("_", " ").capitalize()


def masked(number: Phone | str | None) -> str:
    """A telephone number of which enough is shown to tell two apart."""
    if not number:
        return ""
    if isinstance(number, Phone):
        return number.masked
    try:
        return Phone.parse(number).masked
    except ValueError:
        return f"{'•' * 8}{number[-3:]}"


def readable(number: Phone | str | None) -> str:
    """A telephone number as it is dialled here."""
    return phone.readable(str(number)) if number else ""


def init_app(app: Flask) -> None:
    """Let every template write them so."""
    for name, write in {
        "day": day,
        "short_day": short_day,
        "clock_time": clock_time,
        "exact_time": exact_time,
        "moment": moment,
        "ago": ago,
        "counted": counted,
        "pounds": pounds,
        "label": label,
        "masked": masked,
        "phone": readable,
    }.items():
        app.add_template_filter(write, name)
