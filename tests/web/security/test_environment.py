"""What the surroundings of Beacon may and may not do to it: proxies, new keys, an old SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from beacon.accounts import commands
from beacon.accounts.models import SignInAttempt
from beacon.core.db import db, prepare
from beacon.core.roles import Role
from beacon.core.sqlite import DatabaseUnfit, sqlite_is_fit
from tests.factories import TEST, a_member_of_staff
from tests.pages import form_of

FORGED = {"X-Forwarded-For": "192.0.2.66", "X-Real-IP": "192.0.2.66", "Forwarded": "for=192.0.2.66"}


@pytest.fixture
def tried(app: Flask):
    """Try a password from behind this header; give the place that was written down."""

    def of(headers: dict[str, str]) -> str:
        person = a_member_of_staff(Role.AUDITOR, email="kim@example.org")
        commands.set_password(person, "wheelbarrow lantern tide", actor=TEST)
        browser = app.test_client()
        sent = {"email": "kim@example.org", "password": "wrong password here"}
        sent |= {"csrf_token": form_of(browser.get("/sign-in"))["csrf_token"]}
        browser.post("/sign-in", data=sent, headers=headers)
        db.session.rollback()
        return db.session.scalars(sa.select(SignInAttempt.ip)).one()

    return of


@pytest.mark.proves("E-06")
def test_where_no_proxy_stands_before_it_the_true_peer_is_written_down(tried):
    assert tried(FORGED) == "127.0.0.1"


@pytest.mark.proves("E-06")
def test_behind_one_proxy_what_that_proxy_says_is_written_down(app: Flask, tried):
    bare = app.wsgi_app
    app.wsgi_app = ProxyFix(bare, 1, 1, 1, 1)
    try:
        assert tried({"X-Forwarded-For": "192.0.2.66, 198.51.100.7"}) == "198.51.100.7"
    finally:
        app.wsgi_app = bare


@pytest.fixture
def keys(app: Flask) -> Iterator[Flask]:
    """The application, whose key is put back afterwards."""
    was = app.config["SECRET_KEY"]
    yield app
    app.config.update(SECRET_KEY=was, SECRET_KEY_FALLBACKS=[])


@pytest.mark.proves("E-10")
def test_sessions_live_on_when_the_key_is_changed_and_die_with_the_old_one(keys: Flask, desk):
    browser = desk(Role.ADMINISTRATOR)
    assert browser.get("/admin/").status_code == 200
    old = keys.config["SECRET_KEY"]
    keys.config.update(
        SECRET_KEY="another key, quite as long as the old", SECRET_KEY_FALLBACKS=[old]
    )
    assert browser.get("/admin/").status_code == 200
    browser.get("/sign-in")
    other = desk(Role.ADMINISTRATOR)
    keys.config["SECRET_KEY_FALLBACKS"] = []
    assert other.get("/admin/").status_code == 200  # made with the new key
    keys.config["SECRET_KEY"] = "a third key, which nobody was given yet"
    assert other.get("/admin/").status_code == 302


@pytest.mark.proves("E-12")
@pytest.mark.parametrize(
    ("version", "fit"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 44, 6), True), ((3, 50, 7), True),
     ((3, 51, 3), True), ((3, 53, 4), True), ((3, 44, 5), False)],
)  # fmt: skip
def test_a_sqlite_that_damages_a_shared_file_is_known(version: tuple[int, ...], fit: bool):
    assert sqlite_is_fit(version) is fit


@pytest.mark.proves("E-12")
def test_on_an_old_sqlite_nothing_starts_and_it_says_why():
    dialect = SimpleNamespace(name="sqlite", dbapi=SimpleNamespace(sqlite_version_info=(3, 40, 1)))
    with pytest.raises(DatabaseUnfit, match="3.40.1 can damage"):
        prepare(SimpleNamespace(dialect=dialect))
