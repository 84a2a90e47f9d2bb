"""Tables that leave as files: a CSV that no spreadsheet takes for formulas (security.md X-01)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from beacon.feeds.rejected import guarded


def csv_of(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A header and its rows, every cell a text, with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(guarded, headers))
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")
