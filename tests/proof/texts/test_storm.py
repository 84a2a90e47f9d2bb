"""The kill storm: dispatchers killed at random while the provider misbehaves. None texted twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.notify import jobs
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.rules import RANK, SETTLED
from beacon.notify.terms import AttemptEnd, TextState
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider, provider
from tests.provider.several import dispatcher, environment, go, until, without_caps

DUE, KILLS, PROCESSES, SEEDS = 2_000, 200, 3, (1, 2, 3)
CALL, LONGEST_LIFE = 0.4, 1.0
FAULTS = [
    {"do": "status", "status": 429, "code": 20429},
    {"do": "status", "status": 503},
    {"do": "accept_then_status", "status": 500},
    {"do": "accept_then_drop"},
    {"do": "accept_then_garbage"},
    {"do": "drop"},
]


@pytest.fixture
def stormy(app: Flask, tmp_path: Path) -> Iterator[Provider]:
    """A slow provider of which one answer in five goes wrong."""
    kind.register()
    was = app.extensions["beacon_post"]
    with provider(tmp_path) as started:
        kind.send_through(app, started)
        yield started
    app.extensions["beacon_post"] = was


def storm(app: Flask, stand_in: Provider, seed: int) -> int:
    """Let three dispatchers run at once, kill each at a random moment of its life, and so on."""
    chance = random.Random(seed)
    env = environment(app, stand_in)
    ready = [dispatcher(env, EVENING, passes=0) for _ in range(PROCESSES)]
    kills = 0
    while kills < KILLS:
        for process in ready:
            until(process, "ready")
        running, ready = ready, [dispatcher(env, EVENING, passes=0) for _ in range(PROCESSES)]
        for process in running:
            go(process)
        begun = time.monotonic()
        for life, process in zip(sorted(lives(chance)), running, strict=True):
            time.sleep(max(0, begun + life - time.monotonic()))
            process.kill()
            process.wait()
            kills += 1
    for process in ready:
        process.kill()
        process.wait()
    return kills


def lives(chance: random.Random) -> list[float]:
    """How long each of the three may live."""
    return [chance.uniform(0, LONGEST_LIFE) for _ in range(PROCESSES)]


def calm(minutes: int) -> None:
    """Every job of texts once, some minutes later."""
    with clock.fixed(EVENING + timedelta(minutes=minutes)):
        jobs.send_texts()
        jobs.settle_texts()
    db.session.remove()


def where_they_died(app: Flask, stand_in: Provider) -> Counter[str]:
    """For each claim that was never recorded: how far it had come when its process was killed."""
    journal = app.extensions["beacon_post"].journal.path.read_text()
    called = {line["token"] for line in stand_in.seen()}
    open_claims = db.session.scalars(
        sa.select(TextAttempt.token).where(TextAttempt.ended == AttemptEnd.OPEN)
    )
    return Counter(
        "call to record"
        if token in called
        else "journal to call"
        if token in journal
        else "claim to journal"
        for token in open_claims
    )


@pytest.mark.proves("T-04")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", SEEDS)
def test_two_hundred_kills_and_nobody_is_texted_twice(app: Flask, stormy: Provider, seed: int):
    without_caps()
    with clock.fixed(EVENING):
        for n in range(DUE):
            a_text(n)
    db.session.remove()
    stormy.behave(always={"do": "accept", "delay": CALL}, share=0.2, among=FAULTS, seed=seed)
    kills = storm(app, stormy, seed)
    died = where_they_died(app, stormy)
    stormy.behave()
    for minutes in (10, 30, 45, 60, 75, 90, 120, 150):
        calm(minutes)
    accepted = stormy.accepted()
    rows = {
        row.token: row.state
        for row in db.session.execute(sa.select(OutboundText.token, OutboundText.state))
    }
    states = Counter(db.session.scalars(sa.select(OutboundText.state)))
    print(f"kills {kills}, {dict(died)}, {dict(states)}, accepted {len(accepted)}")
    assert stormy.twice() == []
    assert set(states) <= SETTLED | set(RANK), "something is left in between"
    assert sum(states.values()) == DUE
    assert all(rows.get(message["token"]) in RANK for message in accepted), (
        "an accepted one is lost"
    )
    reached = sum(count for state, count in states.items() if state in RANK)
    assert reached == len(accepted)
    assert TextState.UNKNOWN not in states
