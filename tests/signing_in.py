"""Signing in by the pages themselves, with an authenticator app that runs here."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import FrameType
from typing import Any

import pyotp
from argon2 import PasswordHasher

from beacon.accounts import passwords
from beacon.accounts.models import Staff
from beacon.core import clock
from beacon.core.db import transaction
from tests.conftest import DeskClient
from tests.factories import a_member_of_staff
from tests.pages import form_of, text_of

PASSWORD = "wheelbarrow lantern tide"
EMAIL = "kim@example.org"
GROUPS = re.compile(r"<code[^>]*>((?:[A-Z2-7]{4} ?){8})</code>")
RECOVERY = re.compile(r"(?:[A-Z2-7]{4}-){4}[A-Z2-7]{4}")


@dataclass
class App:
    """An authenticator app with one entry."""

    secret: str

    def code(self, at: datetime | None = None) -> str:
        """The code that the app shows at a moment, now if none is named."""
        return pyotp.TOTP(self.secret).at(at or clock.now())


@dataclass
class Enrolment:
    """What a person has after setting up the app: the app, and the codes they wrote down."""

    app: App
    recovery_codes: list[str]
    page: Any


def a_person(*roles: Any, email: str = EMAIL, password: str = PASSWORD, **known: Any) -> Staff:
    """A member of staff with a password."""
    person = a_member_of_staff(*roles, email=email, **known)
    with transaction():
        person.password_hash = hash_of(password)
    return person


@cache
def hash_of(password: str) -> str:
    """The hash of a password, made once: many people of these tests have the same."""
    return passwords.hash_password(password)


def give_password(
    client: DeskClient,
    password: str = PASSWORD,
    *,
    email: str = EMAIL,
    to: str = "/sign-in",
    **kw: Any,
) -> Any:
    """Fill in the page for signing in."""
    page = client.get(to, **kw)
    return client.post(to, data=form_of(page) | {"email": email, "password": password}, **kw)


def enrol(client: DeskClient, to: str = "/factor/new", **answers: str) -> Enrolment:
    """Set up an app on the page that asks for it."""
    page = client.get(to)
    app = App(secret_on(page))
    done = client.post(to, data=form_of(page) | {"code": app.code()} | answers)
    return Enrolment(app, RECOVERY.findall(done.get_data(as_text=True)), done)


def secret_on(page: Any) -> str:
    """The key that the page of a new app shows for typing."""
    found = GROUPS.search(page.get_data(as_text=True))
    assert found, text_of(page)
    return found[1].replace(" ", "")


def give_code(client: DeskClient, code: str, *, to: str = "/factor") -> Any:
    """Fill in the page that asks for a code."""
    return client.submit(to, code=code)


def sign_in_fully(client: DeskClient, **who: Any) -> Enrolment:
    """Sign in for the first time, app and all."""
    give_password(client, **who)
    return enrol(client)


def cookie_of(client: DeskClient) -> str:
    """The session cookie that the browser holds."""
    name = client.application.config["SESSION_COOKIE_NAME"]
    found = client.get_cookie(name)
    return found.value if found else ""


def with_cookie(client: DeskClient, cookie: str) -> DeskClient:
    """Another browser that holds a copy of the cookie."""
    thief = client.application.test_client()
    thief.set_cookie(client.application.config["SESSION_COOKIE_NAME"], cookie)
    return thief


@contextmanager
def counted_hashes() -> Iterator[list[str]]:
    """Every password that reaches the hasher while this lasts, by watching calls, not by a fake."""
    watched = {PasswordHasher.verify.__code__: "verify", PasswordHasher.hash.__code__: "hash"}
    seen: list[str] = []

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in watched:
            seen.append(watched[frame.f_code])

    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
