"""The county of the matrix, made once for a process, and people who sit down at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from beacon.core import clock
from tests.conftest import DeskClient
from tests.web.security.matrix.world import NOON, Sit, World, lay_out, seated


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

    return seated(app, desk, world)
