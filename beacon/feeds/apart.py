"""A workbook is opened in a process of its own, with bounds on memory and time (security.md M-05).

The process knows no key and no database. It is given the file, and gives rows as lines of JSON; if
it dies, the file is refused, and nothing else has come to harm.
"""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any  # what a line of JSON holds

from openpyxl.utils.datetime import from_excel

from beacon.feeds.terms import Cell, FileRefused
from beacon.feeds.workbooks import MAX_KEPT_CELLS, cell_of

ROOT = Path(__file__).resolve().parents[2]
TOO_MUCH = (
    "The workbook takes more memory or time than a sheet of rows needs. Save the sheet as "
    "'CSV UTF-8 (comma delimited)', and import that file."
)
Record = tuple[int, tuple[Cell, ...]]
_READ: dict[str, Callable[[str], Cell]] = {
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
}


@dataclass(frozen=True)
class Bounds:
    """How much the process may use: memory in bytes of address space, time in seconds of CPU.

    A year of 57,519 police rows takes 50 MB, and 50 s where the machine has much else to do.
    """

    memory: int = 512 * 1024 * 1024
    seconds: int = 120


BOUNDS = Bounds()


class WorkbookApart:
    """The rows of a workbook that another process opens; they can be gone through many times."""

    def __init__(self, data: bytes, bounds: Bounds = BOUNDS) -> None:
        self._data = data
        self._bounds = bounds
        self._epoch = datetime(1899, 12, 30)
        self._kept: list[Record] | None = None

    def records(self) -> Iterator[Record]:
        """Each row that is not blank, with its number in the sheet. Raises FileRefused alone."""
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[Record] = []
        cells = 0
        for record in self._read():
            cells += len(record[1])
            if cells <= MAX_KEPT_CELLS:
                kept.append(record)
            yield record
        self._kept = kept if cells <= MAX_KEPT_CELLS else None

    def dated(self, number: float) -> Cell:
        """A day, moment or time that Excel kept as a bare number, counted as this workbook does."""
        try:
            return cell_of(from_excel(number, self._epoch))
        except (OverflowError, ValueError, TypeError):
            return number

    def _read(self) -> Iterator[Record]:
        bounds = [str(self._bounds.memory), str(self._bounds.seconds)]
        process = subprocess.Popen(  # noqa: S603  # nosec B603  # our own program, and two numbers
            [sys.executable, "-m", "beacon.feeds.opening", *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath},  # none of our secrets
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _hand_over(process.stdin, self._data)
            yield from self._lines(process.stdout)
        finally:
            process.kill()
            process.stdout.close()
            process.wait()

    def _lines(self, lines: IO[bytes]) -> Iterator[Record]:
        known: dict[str, str] = {}
        try:
            for line in lines:
                said: Any = json.loads(line)
                if isinstance(said, list):
                    yield said[0], tuple(_cell(one, known) for one in said[1])
                elif "refused" in said:
                    raise FileRefused(said["refused"])
                elif "epoch" in said:
                    self._epoch = datetime.fromisoformat(said["epoch"])
                else:
                    return
        except (ValueError, LookupError, TypeError) as fault:
            raise FileRefused(TOO_MUCH) from fault
        raise FileRefused(TOO_MUCH)


def _hand_over(pipe: IO[bytes], data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except BrokenPipeError:  # it is gone: that no row comes will say so
        return


def _cell(said: Any, known: dict[str, str]) -> Cell:
    """One cell; of short texts that come again and again, one copy."""
    if isinstance(said, dict):
        ((kind, text),) = said.items()
        return _READ[kind](text)
    if isinstance(said, str) and len(said) < 40 and len(known) < 100_000:
        return known.setdefault(said, said)
    return said  # type: ignore[no-any-return]  # a number, a truth or nothing


def written(cells: Sequence[Cell]) -> list[object]:
    """The cells as JSON can hold them: moments, days and times by the letter of their kind."""
    return [_written(cell) for cell in cells]


def _written(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return {"m": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"t": cell.isoformat()} if isinstance(cell, time) else cell
