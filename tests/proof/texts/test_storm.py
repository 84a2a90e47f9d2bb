"""The kill storm: dispatchers killed at random while the provider misbehaves. None texted twice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.notify import commands, jobs
from beacon.notify.models import OutboundText
from beacon.notify.rules import RANK, SETTLED
from beacon.notify.terms import TextState
from tests import servers
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import Provider, provider
from tests.provider.several import without_caps
from tests.provider.storming import STAGES, Storm

# A smaller storm for a quick look: `STORM=40` kills, and ten texts for each.
KILLS = int(os.environ.get("STORM") or 200)
DUE, SEEDS, LEAST = KILLS * 10, (1, 2, 3), KILLS // 10
CALL = 0.4  # seconds
FAULTS = [
    {"do": "status", "status": 429, "code": 20429},
    {"do": "status", "status": 503},
    {"do": "accept_then_status", "status": 500},
    {"do": "accept_then_drop"},
    {"do": "accept_then_garbage"},
    {"do": "drop"},
]


@pytest.fixture
def durable(app: Flask) -> Iterator[dict[str, str]]:
    """The database waits for the disk, as it is shipped."""
    with servers.as_shipped(app) as said:
        yield said


def calm(minutes: int) -> None:
    """Every job of texts once, some minutes later."""
    with clock.fixed(EVENING + timedelta(minutes=minutes)):
        jobs.send_texts()
        jobs.settle_texts()
    db.session.remove()


def told_by_token(stand_in: Provider) -> int:
    """Let the provider report on whatever is unknown and was accepted: the token settles it."""
    db.session.rollback()
    doubtful = set(
        db.session.scalars(
            sa.select(OutboundText.token).where(OutboundText.state == TextState.UNKNOWN)
        )
    )
    taken = [line for line in stand_in.accepted() if line["token"] in doubtful]
    with clock.fixed(EVENING + timedelta(minutes=7)):
        for line in taken:
            commands.record_receipt(commands.Receipt(line["token"], line["sid"], "sent"))
    accepted = {line["token"] for line in taken}
    rows = sa.select(OutboundText.state).where(OutboundText.token.in_(accepted))
    db.session.rollback()
    left = [state for state in db.session.scalars(rows) if state not in RANK]
    assert left == [], "a token did not settle what was accepted"
    return len(taken)


def one_storm(app: Flask, folder: Path, seed: int) -> Counter[str]:
    """Two hundred kills over two thousand texts, and the count of what came of them."""
    with ExitStack() as held:
        stand_in = held.enter_context(provider(folder))
        kind.register()
        kind.send_through(app, stand_in)
        without_caps()
        with clock.fixed(EVENING), transaction():
            for n in range(DUE):
                a_text(n)
        db.session.remove()
        stand_in.behave(always={"do": "accept", "delay": CALL}, share=0.2, among=FAULTS, seed=seed)
        begun = time.monotonic()
        storm = Storm(app, stand_in, random.Random(seed))
        storm.rage(KILLS)
        took = time.monotonic() - begun
        killed, left = storm.where_they_died()
        stand_in.behave()
        calm(6)
        settled = told_by_token(stand_in)
        for minutes in (10, 30, 45, 60, 75, 90, 120, 150):
            calm(minutes)
        print(
            f"seed {seed}: {storm.kills} kills in {took:.0f} s; kills by gap {dict(killed)}; "
            f"texts left there {dict(left)}; {settled} in doubt settled by their token"
        )
        none_twice_none_lost(stand_in)
        return killed


def none_twice_none_lost(stand_in: Provider) -> None:
    """Judge by the provider's own file."""
    accepted = stand_in.accepted()
    rows = {
        row.token: row.state
        for row in db.session.execute(sa.select(OutboundText.token, OutboundText.state))
    }
    states = Counter(db.session.scalars(sa.select(OutboundText.state)))
    print(
        f"    accepted {len(accepted)} + not accepted {sum(states.values()) - len(accepted)} "
        f"= {sum(states.values())}; { ({state.value: n for state, n in states.items()}) }"
    )
    assert stand_in.twice() == [], "somebody was texted twice"
    assert set(states) <= SETTLED | set(RANK), "something is left in between"
    assert sum(states.values()) == DUE
    lost = [one["token"] for one in accepted if rows.get(one["token"]) not in RANK]
    assert lost == [], "an accepted one is lost"
    reached = sum(count for state, count in states.items() if state in RANK)
    assert reached == len(accepted), "one is marked as sent that never left"


@pytest.mark.proves("T-04", "T-19", "T-21")
@pytest.mark.timeout(7200)
def test_six_hundred_kills_and_nobody_is_texted_twice(
    app: Flask, durable: dict[str, str], tmp_path: Path
):
    was, gaps = app.extensions["beacon_post"], Counter[str]()
    print(durable)
    for seed in SEEDS:
        db.session.remove()
        servers.fresh_copy(app)
        folder = tmp_path / str(seed)
        folder.mkdir()
        app.config["BEACON"].journal.unlink(missing_ok=True)
        try:
            gaps += one_storm(app, folder, seed)
        finally:
            app.extensions["beacon_post"] = was
    print(f"kills in each gap, of all seeds: { ({gap: gaps[gap] for gap in STAGES}) }")
    assert {gap: count for gap in STAGES if (count := gaps[gap]) < LEAST} == {}
