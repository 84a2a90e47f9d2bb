"""The police units that a URN names, as far as they are known (domain.md 6.3)."""

from __future__ import annotations

import re

UNITS = {
    "41B2": "Hatfield",
    "41C1": "Watford Central",
    "41D1": "Hemel Hempstead",
    "41E1": "Stevenage",
    "41F1": "St Albans",
    "41NP": "Prosecutors other than the police",
}
NOT_KNOWN = "Unit not known"
_URN = re.compile(r"([0-9]{2}[A-Z0-9]{2})[0-9]{3,7}")


def unit_of(urn: str) -> str:
    """The unit that a URN was given by: its first four characters, with the name if known."""
    match = _URN.fullmatch(urn)
    if match is None:
        return NOT_KNOWN
    name = UNITS.get(match[1])
    return f"{match[1]} {name}" if name else match[1]
