"""Backups as an administrator takes, puts back and adopts them; texts lost with a disk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.notify import commands, jobs, readiness
from beacon.notify.models import OutboundText
from beacon.notify.terms import TextState
from beacon.ops import adopting
from beacon.ops.backup import restoring, taking
from beacon.ops.backup.taking import Taken
from config import Config
from tests import servers
from tests.provider.kind import TEST, a_text
from tests.provider.process import Provider

S = TextState
FIVE = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
BACKED_UP = FIVE + timedelta(minutes=6)
SENT = FIVE + timedelta(minutes=10)
RESTORED = FIVE + timedelta(minutes=30)
LATER = FIVE + timedelta(minutes=45)


class Vault:
    """Taking, restoring and adopting as an administrator does."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder

    @property
    def config(self) -> Config:
        """The settings of this installation."""
        found: Config = self.app.config["BEACON"]
        return found

    def take(self, name: str = "one.backup") -> Taken:
        """Make a backup."""
        return taking.create(self.folder / name, self.config)

    def put_back(self, name: str = "one.backup") -> restoring.Restored:
        """Put it in the place of the database."""
        return restoring.restore(self.folder / name, self.config, replace=True)

    def adopt(self, **how: bool) -> adopting.Adopted:
        """Make it this environment's own."""
        return adopting.adopt(self.config, **how)


@pytest.fixture
def vault(app: Flask, tmp_path: Path) -> Iterator[Vault]:
    """A place for backups; what was kept of the databases before is taken away at the end."""
    folder = tmp_path / "backups"
    folder.mkdir()
    was = app.config["BEACON"]
    app.config["BEACON"] = replace(was, postgresql_tools=servers.tools())
    servers.stand_aside(was.database_url)
    yield Vault(app, folder)
    app.config["BEACON"] = was
    servers.drop_kept(was.database_url)


def states() -> Counter[TextState]:
    """How many texts are in each state."""
    db.session.rollback()
    return Counter(db.session.scalars(sa.select(OutboundText.state)))


def lost_after(first: int, then: int, last: int, vault: Vault, twilio: Provider) -> None:
    """Send the first; make a backup; send some more; put the backup back and adopt it."""
    due = [FIVE] * first + [FIVE + timedelta(minutes=8)] * then
    for n, send_after in enumerate([*due, *[FIVE + timedelta(minutes=40)] * last]):
        a_text(n, send_after=send_after)
    commands.send_due()
    with clock.fixed(BACKED_UP):
        vault.take()
    with clock.fixed(SENT):
        commands.send_due()
    assert len(twilio.accepted()) == first + then
    with clock.fixed(RESTORED):
        vault.put_back()
        vault.adopt()
    assert states() == {S.ACCEPTED: first, S.PLANNED: then + last}


def nobody_is_texted_twice(
    vault: Vault, twilio: Provider, first: int, then: int, last: int
) -> None:
    """The whole of B-05: stand still, say so, reconcile, send the rest."""
    lost_after(first, then, last, vault, twilio)
    with clock.fixed(RESTORED):
        jobs.send_texts()
        jobs.settle_texts()
        assert readiness.RESTORED in (readiness.banner() or "")
        with pytest.raises(RuleBroken, match="flask notify reconcile"):
            commands.resume(actor=TEST)
        assert len(twilio.accepted()) == first + then
        answer = vault.app.test_cli_runner().invoke(args=["notify", "reconcile", "--json"])
        assert (answer.exit_code, "texts are being sent" in answer.stderr) == (0, True)
        assert json.loads(answer.stdout) == {
            "unknown": then, "settled_sent": then, "settled_not_sent": 0, "needs_a_person": 0,
        }  # fmt: skip
        assert readiness.banner() is None
    with clock.fixed(LATER):
        jobs.send_texts()
        jobs.send_texts()
    assert states()[S.PLANNED] == 0
