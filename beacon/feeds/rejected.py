"""Rows that are sent back: a file beside the input, as the rows were, with the reason."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from beacon.feeds.terms import Cell

ADDED = ("rejected_row", "rejected_reason")
# The full-width signs too: Excel takes them for the narrow ones.
_STARTS = tuple("=+-@|%\t\r\n＝＋－＠")
_SKIPPED = " \u00a0\u3000\ufeff"


class Returned(Protocol):
    """A row as it stands in its file."""

    @property
    def row_no(self) -> int:
        """Its number as in a spreadsheet."""
        ...

    @property
    def texts(self) -> Sequence[str]:
        """Its cells as in the file."""
        ...


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (security.md X-01)."""
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(_STARTS) else text


def unguarded(cell: Cell) -> Cell:
    """The cell as it was before `guarded`, when a file of rejected rows comes back."""
    if isinstance(cell, str) and cell.startswith("'") and guarded(cell[1:]) == cell:
        return cell[1:]
    return cell


def write_rejected(
    source: Path, headers: Sequence[str], rows: Iterable[tuple[Returned, str]], fallback: Path
) -> Path | None:
    """Write `FILE.rejected.csv` beside the input, mode 0600, or in `fallback` where that fails.

    Gives where it lies; nothing is written where no row was rejected.
    """
    lines = list(rows)
    if not lines:
        return None
    return write_beside(source, ".rejected.csv", _content(headers, lines), fallback)


def write_beside(source: Path, ending: str, content: bytes, fallback: Path) -> Path:
    """Write `FILE` with this ending beside it, mode 0600, or in `fallback`; gives where it lies."""
    name = f"{source.name}{ending}"
    try:
        return _written(source.with_name(name), content)
    except OSError:
        fallback.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _written(fallback / name, content)


def _content(headers: Sequence[str], lines: Sequence[tuple[Returned, str]]) -> bytes:
    width = max(len(headers), *(len(row.texts) for row, _ in lines))
    blanks = [""] * width
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*map(guarded, [*headers, *blanks][:width]), *ADDED])
    for row, reason in lines:
        cells = [*row.texts, *blanks][:width]
        writer.writerow([*map(guarded, cells), row.row_no, guarded(reason)])
    # With the mark by which Excel knows UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _written(path: Path, content: bytes) -> Path:
    """Written whole under another name first, so that no link is followed and no half is left."""
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
