"""How fast two thousand texts go, each claimed, journalled and recorded on the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.courts.commands import plan_texts
from beacon.courts.reference import load_reference
from beacon.notify import commands
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.post import Post
from beacon.notify.rules import THREADS
from beacon.notify.terms import AttemptEnd, TextState
from beacon.ops.bench.figures import seconds
from beacon.ops.bench.official import Plain, hand_over
from beacon.ops.bench.stub import ACCOUNT, LATENCY, TOKEN, Stub, stub
from tests import servers
from tests.factories import TEST
from tests.hearings import TUESDAY, a_hearing
from tests.provider import kind
from tests.provider.kind import EVENING, a_text
from tests.provider.process import PUBLIC, Provider
from tests.provider.several import dispatcher, environment, go, last_line, until, without_caps

DUE, SLOW, SLOW_DUE = 2_000, 5.0, 300
ASKED = 0.7  # of the bare client
BETWEEN = 0.1  # seconds between two pages


def through(app: Flask, provider: Stub) -> Post:
    """The app texts through the stand-in of the bench."""

    config = replace(
        app.config["BEACON"],
        texts="twilio",
        public_url=PUBLIC,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_from="HERTSCOURT",
        twilio_api_base_url=provider.url,
    )
    app.extensions["beacon_post"] = Post.of(config)
    found: Post = app.extensions["beacon_post"]
    return found


def lines_of(here: Post) -> int:
    """How many calls stand in the journal, which outlives the database of a test."""
    path = here.journal.path
    return len(path.read_text().splitlines()) if path.exists() else 0


@contextmanager
def pages_asked(app: Flask) -> Iterator[list[tuple[int, float]]]:
    """Somebody who opens page after page: what each answered, and how many seconds it took."""
    answers: list[tuple[int, float]] = []
    enough = threading.Event()

    def ask() -> None:
        while not enough.wait(BETWEEN):
            with app.app_context():
                begun = time.perf_counter()
                status = app.test_client().get("/sign-in").status_code
                answers.append((status, time.perf_counter() - begun))
                db.session.remove()

    somebody = threading.Thread(target=ask)
    somebody.start()
    try:
        yield answers
    finally:
        enough.set()
        somebody.join()


def plain_texts() -> None:
    """Two thousand texts of the kind of the tests, which is always right to send."""
    kind.register()
    with transaction():
        for n in range(DUE):
            a_text(n)


def court_reminders() -> None:
    """Two thousand hearings of tomorrow, each asked about again in its claim."""
    load_reference()
    with transaction():
        for _ in range(DUE):
            a_hearing()
    assert plan_texts(TUESDAY, actor=TEST) == DUE


@pytest.mark.proves("T-33")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("texts", [plain_texts, court_reminders])
def test_two_thousand_texts_beside_the_bare_client(app: Flask, texts: Callable[[], None]):
    without_caps()
    with clock.fixed(EVENING):
        texts()
    due = db.session.scalars(sa.select(OutboundText).order_by(OutboundText.id)).all()
    plain = [Plain(text.to, text.body) for text in due]
    db.session.remove()
    was = app.extensions["beacon_post"]
    with servers.as_shipped(app) as said, stub() as provider:
        here = through(app, provider)
        before = lines_of(here)
        try:
            floors = [seconds(lambda: hand_over(plain, provider.url))]
            with clock.fixed(EVENING), pages_asked(app) as answers:
                ours = seconds(commands.send_due)
            floors.append(seconds(lambda: hand_over(plain, provider.url)))
        finally:
            app.extensions["beacon_post"] = was
        assert provider.taken()["accepted"] == 3 * DUE
    bare = sum(floors) / len(floors)
    slowest = max(took for _, took in answers)
    print(
        f"{said}\n{DUE} {texts.__name__}, {LATENCY * 1000:.0f} ms at the provider, "
        f"{THREADS} threads: {DUE / ours:.0f} texts/s, {bare / ours:.2f} of the bare client's "
        f"{DUE / bare:.0f} ({ASKED} is asked); {len(answers)} pages meanwhile, the slowest in "
        f"{slowest:.2f} s"
    )
    db.session.rollback()
    assert set(db.session.scalars(sa.select(OutboundText.state))) == {TextState.ACCEPTED}
    ended = db.session.scalars(sa.select(TextAttempt.ended)).all()
    assert ended == [AttemptEnd.ACCEPTED] * DUE
    assert lines_of(here) - before == DUE
    assert {status for status, _ in answers} == {200}
    assert bare / ours >= ASKED


@pytest.mark.proves("T-33")
@pytest.mark.timeout(900)
def test_a_slow_provider_holds_up_neither_the_evening_nor_the_pages(app: Flask, twilio: Provider):
    without_caps()
    with transaction():
        for n in range(SLOW_DUE):
            a_text(n)
    db.session.remove()
    twilio.fault("accept", delay=SLOW)
    process = dispatcher(environment(app, twilio), EVENING)
    until(process, "ready")
    with pages_asked(app) as answers:
        begun = time.perf_counter()
        go(process)
        assert last_line(process) == SLOW_DUE
        took = time.perf_counter() - begun
    slowest = max(seconds for _, seconds in answers)
    print(
        f"{SLOW_DUE} texts, {SLOW:.0f} s each at the provider: done in {took:.0f} s; "
        f"{len(answers)} pages meanwhile, the slowest in {slowest:.2f} s"
    )
    assert len(twilio.accepted()) == SLOW_DUE
    assert twilio.twice() == []
    assert {status for status, _ in answers} == {200}
