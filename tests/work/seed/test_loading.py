"""Loading the demonstration: once, never in production, whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from beacon.accounts.models import Staff
from beacon.core import clock
from beacon.core.db import db
from beacon.core.errors import RuleBroken
from beacon.seed import county
from tests.work.seed.test_county import FRIDAY_EVENING, SEED, loaded, picture

DATABASES = ("sqlite",)


def asked(app, *words):
    """What the command says and how it ends."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["demo", "load", *words])


def test_the_same_seed_makes_the_same_county_but_for_its_passwords(app):
    with clock.fixed(FRIDAY_EVENING):
        once = loaded(app)
        first = picture()
        passwords = {one.password for one in once}
        forget(app)
        again = loaded(app)
        assert picture() == first
        assert passwords.isdisjoint({one.password for one in again})


def test_another_seed_makes_another_county(app):
    with clock.fixed(FRIDAY_EVENING):
        instance = app.config["BEACON"].instance
        county.load(instance, victims=20, seed=SEED, told=lambda share: None)
        first = picture()
        forget(app)
        county.load(instance, victims=20, seed=SEED + 1, told=lambda share: None)
        assert picture() != first


def forget(app):
    """An empty database once more."""
    from tests import servers

    db.session.remove()
    servers.fresh_copy(app)


def test_a_second_load_is_refused_in_one_plain_line(app):
    with clock.fixed(FRIDAY_EVENING):
        first = asked(app, "--victims", "20")
        second = asked(app, "--victims", "20")
    assert first.exit_code == 0
    assert [line.split()[0] for line in first.stdout.splitlines()] == ["sign-in"] * 9
    assert (second.exit_code, second.stdout) == (2, "")
    assert len(second.stderr.splitlines()) == 1


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


def test_a_load_that_stops_leaves_an_empty_database_and_can_be_made_again(app):
    class Stopped(Exception):
        """Somebody pulled the plug."""

    def pull_the_plug(share):
        if share > 0.999:
            raise Stopped

    instance = app.config["BEACON"].instance
    with clock.fixed(FRIDAY_EVENING):
        with pytest.raises(Stopped):
            county.load(instance, victims=20, seed=SEED, told=pull_the_plug)
        county.check_empty()
        assert not (instance / county.SIGN_INS).exists()
        county.load(instance, victims=20, seed=SEED, told=lambda share: None)
        with pytest.raises(RuleBroken):
            county.check_empty()


def test_a_load_that_stops_just_before_its_last_step_is_finished_by_the_next(app):
    instance = app.config["BEACON"].instance
    with clock.fixed(FRIDAY_EVENING):
        county.load(instance, victims=20, seed=SEED, told=lambda share: None)
        (instance / county.SIGN_INS).rename(instance / county.DRAFT)
        answer = asked(app)
    assert answer.exit_code == 0
    assert (instance / county.SIGN_INS).exists()
