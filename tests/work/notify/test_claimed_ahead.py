"""While the provider is quick some texts are claimed before their turn: what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core.db import db
from beacon.notify import commands
from beacon.notify.commands.sending import QUICK_SECONDS
from beacon.notify.gateway import Answer, Letter
from beacon.notify.models import OutboundText, TextAttempt
from beacon.notify.post import Post
from beacon.notify.rules import THREADS
from beacon.notify.terms import AttemptEnd, TextState
from tests.provider.kind import a_text
from tests.provider.process import Provider

S = TextState
MANY = 5 * THREADS
QUICK, SLOW = QUICK_SECONDS / 10, QUICK_SECONDS * 1.4


def accepted(letter: Letter, nth: int) -> Answer:
    return Answer(AttemptEnd.ACCEPTED, sid=f"SM{letter.token}")


@dataclass
class Door:
    """A provider that answers after a while, as it is told to; it looks at what is claimed."""

    engine: sa.Engine
    seconds: float
    answer: Callable[[Letter, int], Answer] = accepted
    tokens: list[str] = field(default_factory=list)
    claimed: list[int] = field(default_factory=list)

    def send(self, letter: Letter) -> Answer:
        self.tokens.append(letter.token)
        nth = len(self.tokens)
        time.sleep(self.seconds)
        with self.engine.connect() as connection:
            open_now = sa.select(sa.func.count(OutboundText.id)).where(
                OutboundText.state == S.CLAIMED
            )
            self.claimed.append(connection.scalar(open_now) or 0)
        return self.answer(letter, nth)


@pytest.fixture
def door(app: Flask, twilio: Provider) -> Iterator[Callable[..., Door]]:
    """Put a door of its own into the post, with many texts waiting before it."""
    was: Post = app.extensions["beacon_post"]

    def opened(seconds: float, **known: Callable[[Letter, int], Answer]) -> Door:
        for n in range(MANY):
            a_text(n)
        db.session.remove()
        made = Door(db.engine, seconds, **known)
        app.extensions["beacon_post"] = replace(was, gateway=made)
        return made

    yield opened
    app.extensions["beacon_post"] = was
    commands.stopping.clear()


def states() -> dict[TextState, int]:
    db.session.rollback()
    counted = sa.select(OutboundText.state, sa.func.count()).group_by(OutboundText.state)
    return dict(db.session.execute(counted).tuples().all())


def nothing_is_left_in_between(door: Door, sent: int) -> None:
    """Who was called is accepted, who was not waits as before; the journal has the calls alone."""
    assert states() == {S.ACCEPTED: sent, S.PLANNED: MANY - sent}
    waiting = sa.select(OutboundText.attempts, OutboundText.token, OutboundText.may_have_left)
    waiting = waiting.where(OutboundText.state == S.PLANNED).distinct()
    assert [tuple(row) for row in db.session.execute(waiting)] == [(0, None, False)]
    ended = sa.select(TextAttempt.token).where(TextAttempt.ended == AttemptEnd.ACCEPTED)
    assert set(db.session.scalars(ended)) <= set(door.tokens)
    never = sa.select(TextAttempt.token).where(TextAttempt.fault == "not called")
    assert not set(db.session.scalars(never)) & set(door.tokens)


def test_a_quick_provider_finds_the_next_text_claimed_already(door: Callable[..., Door]):
    through = door(QUICK)
    assert commands.send_due() == MANY
    assert states() == {S.ACCEPTED: MANY}
    assert THREADS < max(through.claimed) <= 2 * THREADS
    assert len(set(through.tokens)) == MANY


def test_of_a_slow_provider_no_more_is_claimed_than_is_called(door: Callable[..., Door]):
    through = door(SLOW)
    assert commands.send_due() == MANY
    assert max(through.claimed) <= THREADS


@pytest.mark.proves("T-11")
def test_refused_in_the_midst_what_was_claimed_before_its_turn_is_planned_again(
    door: Callable[..., Door],
):
    def refused(letter: Letter, nth: int) -> Answer:
        if nth < 2 * THREADS:
            return accepted(letter, nth)
        return Answer(AttemptEnd.NOT_SENT, code=20003, fault="401", refuses_us=True, is_free=True)

    through = door(QUICK, answer=refused)
    assert commands.send_due() == len(through.tokens)
    assert len(through.tokens) <= 4 * THREADS
    nothing_is_left_in_between(through, 2 * THREADS - 1)


@pytest.mark.proves("K-11")
def test_asked_to_stop_it_ends_the_calls_under_way_and_gives_the_others_back(
    door: Callable[..., Door],
):
    def ending(letter: Letter, nth: int) -> Answer:
        if nth == 2 * THREADS:
            commands.stopping.set()
        return accepted(letter, nth)

    through = door(QUICK, answer=ending)
    assert commands.send_due() == len(through.tokens) < MANY
    nothing_is_left_in_between(through, len(through.tokens))
    commands.stopping.clear()
    commands.send_due()
    assert states() == {S.ACCEPTED: MANY}
    assert len(set(through.tokens)) == len(through.tokens)
