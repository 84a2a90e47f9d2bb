"""The county of the matrix, made once for a process, and people who sit down at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from beacon.accounts.models import Staff
from beacon.core import clock
from beacon.core.db import db
from beacon.core.roles import Role
from tests.conftest import DeskClient
from tests.web.security.matrix.asking import Sit
from tests.web.security.matrix.world import NOON, World, lay_out


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the county of the matrix is kept."""
    return tmp_path_factory.mktemp("matrix") / "world.sqlite"


@pytest.fixture
def world(app: Flask, world_file: Path) -> Iterator[World]:
    """The county at noon on a weekday, in the place of the database."""
    with clock.fixed(NOON):
        yield lay_out(world_file)


@pytest.fixture
def sit(app: Flask, desk: Callable[..., DeskClient], world: World) -> Sit:
    """A browser of the county's own person of this role, or of nobody who is signed in."""

    def down(role: Role | None) -> DeskClient:
        if role is None:
            browser = app.test_client()
        else:
            browser = desk(person=db.session.get_one(Staff, world.people[role]))
        browser.looks = False
        return browser

    return down
