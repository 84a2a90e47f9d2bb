"""Postcodes of the United Kingdom, and addresses as they are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from beacon.core.names import name_key

# The shapes that Royal Mail gives out, letter by letter; not whether such a street exists.
_SHAPE = re.compile(
    r"(?P<outward>GIR|[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]"
    r"|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY]))"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2})"
)
_DROPPED = re.compile(r"[\s.\-]+")


@dataclass(frozen=True)
class Postcode:
    """A full postcode, in capitals, in its two halves."""

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a postcode in any case and with any spaces."""
        typed = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).upper()
        match = _SHAPE.fullmatch(typed)
        if not match:
            raise ValueError("Enter a full postcode, such as AL1 3LB.")
        return cls(match["outward"], match["inward"])

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


def postcode_key(postcode: str) -> str:
    """A postcode as it is compared, whatever was typed."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", postcode)).upper()


def address_key(lines: str, postcode: str) -> str:
    """A whole address as it is compared; empty where the street is not known."""
    street = name_key(lines)
    return f"{street}|{postcode_key(postcode)}" if street else ""
