"""The virus scanner, where there is one: a file is shown to it before anything reads it (M-19)."""

from __future__ import annotations

import subprocess  # nosec B404

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


def check(data: bytes) -> None:
    """Have the bytes of a file scanned. Raises FileRefused where it is harmful or not scanned."""
    if not _Scanner.held:
        return
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603  # from the settings alone
            _Scanner.held,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise FileRefused(NOT_SCANNED) from fault
    if done.returncode == INFECTED:
        raise FileRefused(HARMFUL)
    if done.returncode != CLEAN:
        raise FileRefused(NOT_SCANNED)
