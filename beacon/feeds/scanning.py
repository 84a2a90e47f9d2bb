"""The virus scanner, where there is one: a file is shown to it before anything reads it (M-19)."""

from __future__ import annotations

import subprocess  # nosec B404
from enum import StrEnum

from beacon.feeds.terms import FileRefused

SECONDS = 60
CLEAN, INFECTED = 0, 1  # as clamdscan and most others answer
HARMFUL = "The virus scanner refuses the file. Do not open it, and tell whoever is in charge of IT."
NOT_SCANNED = "The file could not be scanned for viruses, so it is not read. Try again later."


class _Scanner:
    """The command that scans, once the configuration has been read."""

    held: tuple[str, ...] = ()


def configure(command: tuple[str, ...]) -> None:
    """Say which command scans what it is given on its standard input, when an app is made."""
    _Scanner.held = command


class Verdict(StrEnum):
    """What the scanner says of a file."""

    NO_SCANNER = "no_scanner"
    CLEAN = "clean"
    HARMFUL = "harmful"
    NO_ANSWER = "no_answer"

    @property
    def label(self) -> str:
        """The answer as a page says it."""
        return self.value.replace("_", " ").capitalize()


def is_on() -> bool:
    """Whether there is a scanner."""
    return bool(_Scanner.held)


def check(data: bytes) -> None:
    """Have the bytes of a file scanned. Raises FileRefused where it is harmful or not scanned."""
    answer = verdict(data)
    if answer is Verdict.HARMFUL:
        raise FileRefused(HARMFUL)
    if answer is Verdict.NO_ANSWER:
        raise FileRefused(NOT_SCANNED)


def verdict(data: bytes) -> Verdict:
    """Have the bytes of a file scanned, and say what came of it; it takes a minute at most."""
    if not _Scanner.held:
        return Verdict.NO_SCANNER
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603  # from the settings alone
            _Scanner.held,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Verdict.NO_ANSWER
    known = {CLEAN: Verdict.CLEAN, INFECTED: Verdict.HARMFUL}
    return known.get(done.returncode, Verdict.NO_ANSWER)
