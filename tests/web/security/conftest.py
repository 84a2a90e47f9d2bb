"""A small made-up county with every kind of record in it, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from beacon.accounts.models import Staff
from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from tests.conftest import DeskClient

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def county_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the county is kept, once it has been made."""
    return tmp_path_factory.mktemp("county") / "county.sqlite"


@pytest.fixture
def county(app: Flask, county_file: Path) -> Iterator[Flask]:
    """The county at noon on a weekday; one case in six is restricted."""
    with clock.fixed(NOON):
        live = Path(db.engine.url.database or "")
        if county_file.exists():
            db.session.remove()
            db.engine.dispose()
            for left in ("-wal", "-shm"):
                Path(f"{live}{left}").unlink(missing_ok=True)
            shutil.copyfile(county_file, live)
        else:
            loaded = app.test_cli_runner().invoke(args=["demo", "load", "--victims", "60"])
            assert loaded.exit_code == 0, loaded.output
            with transaction() as session:
                for case in session.scalars(sa.select(CaseFile).where(CaseFile.id % 6 == 0)):
                    case.restricted = True
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.session.remove()
            shutil.copyfile(live, county_file)
        yield app


@pytest.fixture
def at_desk(county: Flask, desk: Callable[..., DeskClient]) -> Callable[[Role], DeskClient]:
    """A browser of the county's own person with this role, and no other."""

    def of(role: Role) -> DeskClient:
        everyone = db.session.scalars(sa.select(Staff).order_by(Staff.id))
        person = next(
            one for one in everyone if one.roles == {role} and one.may_sign_in(clock.today())
        )
        return desk(person=person)

    return of
