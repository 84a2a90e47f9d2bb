"""What can be told of an account from its facts alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

DORMANT_AFTER = timedelta(days=45)  # security.md TM-04

# Looked for in this order: most browsers claim to be several others as well.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Version", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """A browser and its machine in a few words, from what the browser says of itself."""
    browser = next(
        (word for mark, word in _BROWSERS if re.search(rf"\b{mark}[A-Za-z]*/", agent)), ""
    )
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "A browser that does not say which it is"


def is_dormant(last_signed_in_at: datetime | None, made_at: datetime, now: datetime) -> bool:
    """Whether nobody has signed in to the account for so long that it should be looked at."""
    return now - (last_signed_in_at or made_at) > DORMANT_AFTER
