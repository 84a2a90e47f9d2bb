"""Rows that are sent back: a file beside the input, as the rows were, with the reason."""

from __future__ import annotations

import codecs
import csv
import io
import os
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from beacon.feeds.terms import Cell

ENDING = ".rejected.csv"
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
    source: Path,
    headers: Sequence[str],
    rows: Iterable[tuple[Returned, str]],
    fallback: Path,
    *,
    dry_run: bool = False,
) -> Path | None:
    """Write `FILE.rejected.csv` beside the input, mode 0600, or in `fallback` where that fails.

    Gives where it lies; nothing is written where no row was rejected, and what an earlier import
    wrote beside the input is taken away, since no row of it is still to be mended.
    """
    lines = list(rows)
    if lines:
        return write_beside(source, ENDING, _content(headers, lines), fallback)
    if not dry_run:
        with suppress(OSError):
            _take_away(source.with_name(f"{source.name}{ENDING}"))
    return None


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


def _take_away(path: Path) -> None:
    """Delete a file of rejected rows; never a link, nor a file that another hand wrote."""
    if path.is_symlink() or not path.is_file():
        return
    with path.open("rb") as file:
        is_ours = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 and _is_headed(file)
    if is_ours:
        path.unlink()


def _is_headed(file: BinaryIO) -> bool:
    """Whether its first row ends as that of a file of rejected rows does."""
    try:
        header = next(csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline="")), [])
    except (UnicodeDecodeError, csv.Error):
        return False
    return tuple(header[-len(ADDED) :]) == ADDED


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
