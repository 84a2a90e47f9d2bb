"""Which edition of the world's time zones is in use, and about how old it is (security.md D-08)."""

from __future__ import annotations

import re
from datetime import date

import tzdata

EDITION = re.compile(r"(\d{4})([a-z])")
MONTHS_APART = 2  # between one edition and the next, as they mostly come


def edition() -> str:
    """The edition of the package, such as 2026f: `core.clock` goes by no other."""
    return str(tzdata.IANA_VERSION)


def published_about(name: str) -> date | None:
    """About when an edition came out: 2026a in January, 2026b in March. None of a strange name."""
    found = EDITION.fullmatch(name)
    if not found:
        return None
    month = 1 + MONTHS_APART * (ord(found[2]) - ord("a"))
    return date(int(found[1]), min(month, 12), 1)
