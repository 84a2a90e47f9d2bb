"""Days and times as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-9]{2}))?(?::[0-9]{2})?\s*(?P<half>am|pm)?"
)
NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


def read_time(text: str) -> time:
    """A time of day as people write it: 9.30am, 09:30, 2pm, midday."""
    plain = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
    if plain in NAMED_TIMES:
        return NAMED_TIMES[plain]
    found = CLOCK_TIME.fullmatch(plain)
    if not found:
        raise ValueError("Enter the time like 9:30am or 14:15.")
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if not half and not found["minute"]:
        raise ValueError("Enter the time with am or pm, like 9am, or like 09:00.")
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise ValueError("Enter a real time, like 9:30am or 14:15.")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def read_date(parts: Sequence[str], name: str) -> date | None:
    """A day from three boxes (day, month, year), or from one box written 2026-11-24."""
    boxes = [part.strip() for part in parts]
    if not any(boxes):
        return None
    if len(boxes) == 1 and ISO_DATE.fullmatch(boxes[0]):
        boxes = boxes[0].split("-")[::-1]
    if len(boxes) != 3:
        raise ValueError(f"{name} must have a day, a month and a year.")
    missing = [word for word, box in zip(("day", "month", "year"), boxes, strict=True) if not box]
    if missing:
        raise ValueError(f"{name} must have a {' and a '.join(missing)}.")
    try:
        day = date(_figures(boxes[2], 4), read_month(boxes[1]), _figures(boxes[0], 2))
    except ValueError as wrong:
        raise ValueError(f"{name} must be a real date, like 24 11 2026.") from wrong
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{name} must be between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def read_month(text: str) -> int:
    """A month as a number or by its name."""
    word = text.lower()
    return MONTHS.index(word[:3]) + 1 if word.isalpha() and word.isascii() else _figures(text, 2)


def _figures(text: str, most: int) -> int:
    if not re.fullmatch(rf"[0-9]{{1,{most}}}", text):
        raise ValueError(text)
    return int(text)
