"""A clock that is set back makes no session longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from beacon.accounts import commands, queries
from beacon.accounts.models import AuthSession
from beacon.core import clock
from beacon.core.db import db, transaction
from tests.signing_in import a_person

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.proves("D-06")
@pytest.mark.parametrize(
    ("back", "lives"),
    [(timedelta(0), True), (timedelta(minutes=1), True), (timedelta(hours=2), False)],
)
def test_a_session_does_not_live_on_a_clock_that_was_set_back(
    app: Flask, back: timedelta, lives: bool
):
    hashed = commands.digest(commands.new_token())
    with time_machine.travel(NOON, tick=False):
        now = clock.now()
        with transaction() as session:
            session.add(
                AuthSession(
                    id_hash=hashed,
                    staff_id=a_person().id,
                    last_seen_at=now,
                    proved_at=now,
                    mfa_at=now,
                )
            )
    db.session.rollback()
    with time_machine.travel(NOON - back, tick=False):
        assert (queries.live_session(hashed) is not None) is lives
