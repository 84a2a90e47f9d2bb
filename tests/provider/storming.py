"""A storm of kills: dispatchers that send, and somebody outside who kills each at a bad moment.

Nothing in the product helps: the database, the journal and the provider's file are watched, and
the microsecond of a claim says whose it is.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.notify.models import TextAttempt
from beacon.notify.terms import AttemptEnd
from tests.provider.kind import EVENING
from tests.provider.process import ROOT, Provider
from tests.provider.several import environment

AT_ONCE = 3
# Seconds of a life that nobody aims at, and of one that is aimed at in vain.
LONGEST_LIFE, LAST_CHANCE = 0.8, 1.2
CLAIMED, WRITTEN, CALLED = "claim to journal", "journal to call", "call to record"
STAGES = (CLAIMED, WRITTEN, CALLED)
# Every second kill is aimed at one of the two short gaps; the long one needs no aim.
AIMS: tuple[str | None, ...] = (CLAIMED, None, WRITTEN, None)


class Tail:
    """The lines that come to a file, read as they come."""

    def __init__(self, path: Path) -> None:
        self.path, self.read_to = path, 0
        self.tokens: set[str] = set()

    def look(self) -> set[str]:
        """The token at the head of every line so far."""
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self.read_to)
                added = file.read()
            whole = added[: added.rfind(b"\n") + 1]
            self.read_to += len(whole)
            self.tokens |= {line.partition(",")[0] for line in whole.decode().splitlines()}
        return self.tokens


@dataclass
class Doomed:
    """One dispatcher, and when it is to be killed."""

    number: int
    pid: int
    aim: str | None
    born: float
    life: float


@dataclass
class Storm:
    """What is watched from outside, and who was killed where."""

    app: Flask
    provider: Provider
    chance: random.Random
    kills: int = 0
    journal: Tail = field(init=False)
    seen: Tail = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Tail(self.app.extensions["beacon_post"].journal.path)
        self.seen = Tail(self.provider.file.with_name(self.provider.file.name + ".seen"))

    def rage(self, kills: int) -> None:
        """Keep three dispatchers at work, and kill one after the other."""
        with nursery(environment(self.app, self.provider)) as cradle:
            alive = [self._born(cradle, n + 1) for n in range(AT_ONCE)]
            born = AT_ONCE
            while self.kills < kills:
                for place, one in enumerate(alive):
                    if self._has_come_for(one):
                        end(one.pid)
                        self.kills += 1
                        born += 1
                        alive[place] = self._born(cradle, born)
            for one in alive:
                end(one.pid)

    def _born(self, cradle: subprocess.Popen[str], number: int) -> Doomed:
        assert cradle.stdin is not None
        assert cradle.stdout is not None
        cradle.stdin.write(f"{(EVENING + timedelta(microseconds=number)).isoformat()}\n")
        cradle.stdin.flush()
        pid = int(cradle.stdout.readline())
        aim = AIMS[number % len(AIMS)]
        return Doomed(number, pid, aim, time.monotonic(), self.chance.uniform(0, LONGEST_LIFE))

    def _has_come_for(self, one: Doomed) -> bool:
        """Whether this is the moment: that of its draw, or once then what is aimed at is seen."""
        age = time.monotonic() - one.born
        if age < one.life:
            time.sleep(0.0005)
            return False
        return one.aim is None or age > LAST_CHANCE or self._is_seen(one)

    def _is_seen(self, one: Doomed) -> bool:
        tokens = self.open_claims()[one.number]
        written = tokens & self.journal.look()
        return bool(tokens - written if one.aim == CLAIMED else written - self.seen.look())

    def open_claims(self) -> dict[int, set[str]]:
        """The claims that nobody has recorded, by the number of the dispatcher that made them."""
        found: dict[int, set[str]] = defaultdict(set)
        rows = sa.select(TextAttempt.claimed_at, TextAttempt.token).where(
            TextAttempt.ended == AttemptEnd.OPEN
        )
        with db.engine.connect() as connection:
            for claimed_at, token in connection.execute(rows):
                found[claimed_at.microsecond].add(token)
        return found

    def where_they_died(self) -> tuple[Counter[str], Counter[str]]:
        """For each gap: how many kills fell in it, and how many texts they left there.

        A dispatcher has many texts in hand, so one kill may fall in several gaps.
        """
        kills, texts = Counter[str](), Counter[str]()
        journal, seen = self.journal.look(), self.seen.look()
        for tokens in self.open_claims().values():
            gaps = Counter(
                CALLED if token in seen else WRITTEN if token in journal else CLAIMED
                for token in tokens
            )
            texts += gaps
            kills.update(gaps.keys())
        return kills, texts


def end(pid: int) -> None:
    """Kill a process from outside, and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.0005)


@contextmanager
def nursery(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Where dispatchers are made."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.provider.nursery"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.kill()
        process.wait()
