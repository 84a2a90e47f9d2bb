"""Loading the demonstration: once, never in production, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.core import clock
from beacon.core.db import db
from beacon.seed import county
from beacon.seed.arrivals import Arrivals
from beacon.seed.chance import Chance
from beacon.seed.diary import Diary
from beacon.seed.people import People
from tests import servers
from tests.work.seed.test_county import FRIDAY_EVENING, SEED, picture

DATABASES = ("sqlite",)
FEW = 20


class Stopped(Exception):
    """Somebody pulled the plug."""


def pull_the_plug(share):
    """Stop at the very end of the load, when the evenings' texts are in the tray."""
    if share > 0.999:
        raise Stopped


def load(app, told=lambda share: None):
    """A small county."""
    return county.load(app.config["BEACON"].instance, victims=FEW, seed=SEED, told=told)


def asked(app, *words):
    """What the command says and how it ends."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["demo", "load", *words])


def forget(app):
    """An empty database once more."""
    db.session.remove()
    servers.fresh_copy(app)


def arrivals_of(seed):
    """Who comes when, for a seed."""
    chance, diary = Chance(seed), Diary(FRIDAY_EVENING)
    made = Arrivals(chance, People(chance, diary.today), diary)
    made.plan(FEW)
    return made.rows


@pytest.mark.long
def test_a_stopped_load_leaves_nothing_and_the_same_seed_makes_the_same_county_again(app):
    with clock.fixed(FRIDAY_EVENING):
        with pytest.raises(Stopped):
            load(app, pull_the_plug)
        county.check_empty()
        assert not (app.config["BEACON"].instance / county.SIGN_INS).exists()
        passwords = {one.password for one in load(app)}
        first = picture()
        forget(app)
        assert passwords.isdisjoint({one.password for one in load(app)})
        assert picture() == first


def test_another_seed_makes_other_people():
    assert arrivals_of(SEED) == arrivals_of(SEED)
    assert arrivals_of(SEED) != arrivals_of(SEED + 1)


def test_a_second_load_is_refused_in_one_plain_line_unless_only_the_last_step_is_missing(app):
    instance = app.config["BEACON"].instance
    with clock.fixed(FRIDAY_EVENING):
        first = asked(app, "--victims", str(FEW))
        second = asked(app)
        (instance / county.SIGN_INS).rename(instance / county.DRAFT)
        third = asked(app)
    assert first.exit_code == 0
    assert [line.split()[0] for line in first.stdout.splitlines()] == ["sign-in"] * 9
    assert (second.exit_code, second.stdout) == (2, "")
    assert len(second.stderr.splitlines()) == 1
    assert third.exit_code == 0
    assert (instance / county.SIGN_INS).exists()


def test_the_demonstration_is_never_loaded_in_production(app):
    config = app.config["BEACON"]
    app.config["BEACON"] = replace(config, env="production")
    try:
        answer = asked(app)
    finally:
        app.config["BEACON"] = config
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "production" in answer.stderr
    assert db.session.scalar(sa.select(sa.func.count(Staff.id))) == 0
