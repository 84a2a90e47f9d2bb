"""Numbers in addresses: whatever is asked for, the database can be asked about it."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter

# The greatest number that a key can be, on both databases. No row will ever bear it.
LARGEST = 2**63 - 1
FIGURES = len(str(LARGEST))


class NumberInAddress(IntegerConverter):
    """A record's number. One beyond any stands for a record that is not there.

    So it is answered, and written down, like any other that is absent (security.md Z-03).
    """

    def to_python(self, value: str) -> int:
        """The number, or the largest where it is larger than a key can be."""
        return min(int(value), LARGEST) if len(value) <= FIGURES else LARGEST


def init_app(app: Flask) -> None:
    """Read every number in an address so. Comes before the pages, whose addresses use it."""
    app.url_map.converters["int"] = NumberInAddress
