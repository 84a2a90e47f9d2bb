"""Schedulers in processes of their own, and what they say of themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.provider.process import ROOT

LEADS, WAITS = "this scheduler leads", "this scheduler waits"
PATIENCE = 150.0  # seconds; a machine may be busy


@dataclass
class Scheduler:
    """One scheduler that runs, and the file of its log."""

    process: subprocess.Popen[bytes]
    log: Path

    def has_said(self, words: str) -> bool:
        """Whether its log has the words."""
        return words in self.log.read_text()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)

    def end(self) -> None:
        """Kill it, whatever it does."""
        if self.process.poll() is None:
            self.tell(signal.SIGCONT)
            self.process.kill()
            self.process.wait()


@contextmanager
def schedulers(
    env: dict[str, str], at: datetime, folder: Path
) -> Iterator[Callable[[], Scheduler]]:
    """How to start schedulers whose clocks begin at a moment; all are gone at the end."""
    started: list[Scheduler] = []

    def start() -> Scheduler:
        log = folder / f"scheduler-{len(started)}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.provider.waking", at.isoformat()],
                cwd=ROOT,
                env=env,
                stderr=file,
                stdout=subprocess.DEVNULL,
            )
        started.append(Scheduler(process, log))
        return started[-1]

    try:
        yield start
    finally:
        for one in started:
            one.end()


def wait_for(what: Callable[[], object], *, seconds: float = PATIENCE) -> float:
    """Ask until it is so; how many seconds it took. It fails when patience is at an end."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - begun
