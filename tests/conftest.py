"""What tests stand on: a photocopy of a migrated database, clients that sign in, a held clock."""

from __future__ import annotations

import base64
import gc
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import socket_allow_hosts

from beacon.accounts.commands import digest
from beacon.accounts.models import AuthSession, Staff
from beacon.app import create_app, give_keys
from beacon.core import clock
from beacon.core.db import db, transaction
from beacon.core.roles import Role
from config import Config
from tests import browser as browsers
from tests import factories, servers
from tests.pages import check_page

BOTH = ("sqlite", "postgresql")
LOOPBACK = ["127.0.0.1", "::1"]
ON_BOTH = {"work", "migrations", "journeys", "proof"}
SLOW = frozenset((Path(__file__).parent / "slow.txt").read_text("utf-8").splitlines())
# Objects that come and go before the collector looks: Python's 700 costs a sixth of every run.
COLLECT_AFTER = 20_000

gc.disable()  # while everything is imported, all of which stays


def pytest_collection_finish() -> None:
    """From now on the collector looks only at what tests make, and more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    gc.enable()


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine, whatever it does (security.md E-04)."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a database on SQLite, and the folders of ON_BOTH on PostgreSQL too."""
    if "database_kind" in metafunc.fixturenames:
        folder = Path(metafunc.module.__file__).relative_to(Path(__file__).parent).parts[0]
        kinds = BOTH if folder in ON_BOTH and servers.postgresql_is_here() else ("sqlite",)
        only = getattr(metafunc.module, "DATABASES", kinds)
        late = metafunc.definition.get_closest_marker("long_on")
        metafunc.parametrize(
            "database_kind",
            [
                pytest.param(kind, marks=[pytest.mark.long] if late and kind in late.args else [])
                for kind in kinds
                if kind in only
            ],
            scope="session",
        )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The suite runs everything on SQLite, and on PostgreSQL what the two differ in.

    That is every test marked `on_both` (once, whatever it is asked), and the first of each other
    module. The rest on PostgreSQL is left to the long evidence: `make prove PART=postgresql`.
    What slow.txt names is left to `make prove PART=suite`.
    """
    asked: set[str] = set()
    for item in items:
        is_slow = item.nodeid.partition("[")[0].removeprefix("tests/") in SLOW
        if is_slow:
            item.add_marker(pytest.mark.slow)
        spec = getattr(item, "callspec", None)
        kind = spec.params.get("database_kind") if spec else None
        alone = getattr(getattr(item, "module", None), "DATABASES", BOTH) == ("postgresql",)
        if kind != "postgresql" or alone or item.get_closest_marker("long"):
            continue
        known = item.get_closest_marker("on_both") or "tests/migrations/" in item.nodeid
        one = item.nodeid.partition("[" if known else "::")[0]
        if one in asked or (is_slow and not known):
            item.add_marker(pytest.mark.long)
        else:
            asked.add(one)


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Flask]]:
    """One application for each kind of database, with the database it is to be copied from."""
    made: dict[str, Flask] = {}
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def app_of_kind(
    apps: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> Flask:
    """The application on this kind of database; made, and its pattern migrated, once."""
    if database_kind not in apps:
        instance = tmp_path_factory.mktemp(f"instance-{database_kind}")
        environment = {"BEACON_INSTANCE": str(instance), "BEACON_LOG": "console"}
        if database_kind == "postgresql":
            environment["DATABASE_URL"] = servers.new_database()
        apps[database_kind] = made(environment)
    return apps[database_kind]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run: a process has room for one."""
    if browsers.chromium() is None:
        pytest.skip("no Chromium on this machine: journeys in a browser are left out")
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def app(app_of_kind: Flask) -> Iterator[Flask]:
    """The application on a fresh copy of its migrated database, inside its context."""
    yield from afresh(app_of_kind)


@pytest.fixture
def staging(apps: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as it stands outside the demonstration: own keys, https, second factor."""
    if "staging" not in apps:
        instance = tmp_path_factory.mktemp("instance-staging")
        environment = {
            "BEACON_ENV": "staging",
            "BEACON_INSTANCE": str(instance),
            "BEACON_LOG": "console",
            "BEACON_SECRET_KEY": secrets.token_urlsafe(48),
            "BEACON_FIELD_KEYS": f"s1:{a_key()}",
            "BEACON_INDEX_KEY": a_key(),
            "BEACON_AUDIT_KEY": a_key(),
        }
        apps["staging"] = made(environment)
        apps["staging"].config["PREFERRED_URL_SCHEME"] = "https"
    yield from afresh(apps["staging"])


def a_key() -> str:
    """Thirty-two random bytes as the settings want them."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def made(environment: dict[str, str]) -> Flask:
    """An application of this environment, with its migrated database kept as a pattern."""
    app = create_app(Config.from_environment(environment))
    app.config["TESTING"] = True
    app.test_client_class = DeskClient
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    servers.keep_pattern(app)
    return app


def afresh(app: Flask) -> Iterator[Flask]:
    """The application inside its context, with nothing left of the test before."""
    give_keys(app.config["BEACON"])  # another application of this process has its own
    servers.fresh_copy(app)
    instance: Path = app.config["BEACON"].instance
    for left in instance.iterdir():
        if left.name not in {"demo-keys.json", "pattern.sqlite", "beacon.sqlite"}:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    app.extensions["beacon_csp_kinds"].clear()
    with app.app_context():
        yield app
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            db.engine.dispose()


class DeskClient(FlaskClient):
    """A browser. Every request gets its own app context; every page is looked at."""

    looks = True

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send the request and check what every page of Beacon must have."""
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if self.looks and answer.mimetype == "text/html" and not answer.is_streamed:
            check_page(answer)
        return answer

    def submit(self, address: str, **answers: Any) -> Any:
        """Fill in the form of a page and send it, token and hidden fields and all."""
        from tests.pages import form_of

        return self.post(address, data=form_of(self.get(address)) | answers)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def desk(app: Flask) -> Callable[..., DeskClient]:
    """Make a browser in which a person with these roles is signed in."""
    return sitting_at(app)


@pytest.fixture
def staging_desk(staging: Flask) -> Callable[..., DeskClient]:
    """The same outside the demonstration: a person who has shown both factors."""
    return sitting_at(staging)


def sitting_at(app: Flask) -> Callable[..., DeskClient]:
    """How to make a browser of this application in which somebody is signed in."""

    def of(*roles: Role, person: Staff | None = None, **known: Any) -> DeskClient:
        person = person or factories.a_member_of_staff(*roles, **known)
        token = secrets.token_urlsafe(32)
        with transaction() as session:
            session.add(
                AuthSession(
                    id_hash=digest(token),
                    staff_id=person.id,
                    last_seen_at=clock.now(),
                    mfa_at=clock.now(),
                    proved_at=clock.now(),
                    ip="127.0.0.1",
                )
            )
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        browser.person_id = person.id
        return browser

    return of


@pytest.fixture
def clock_at() -> Callable[[datetime], Any]:
    """Hold the clock at a moment: ``with clock_at(moment):``."""
    return clock.fixed


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """Every statement that the test sends to the database, as it goes."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)
