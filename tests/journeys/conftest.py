"""A site in a thread, a browser, people who sign in by the form, and the commands of a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from beacon.accounts import commands
from beacon.core.db import db
from beacon.core.roles import Role
from tests import browser as browsers
from tests.factories import TEST, a_member_of_staff

PASSWORD = "wheelbarrow lantern tide"


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The application served on this machine."""
    with browsers.serving(app) as address:
        yield address


@pytest.fixture
def at_desk(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Sign a person with these roles in, with or without scripts, wide or narrow."""
    contexts = []

    def sit_down(
        *roles: Role, name: str, scripts: bool = True, narrow: bool = False, team: str = "North"
    ) -> Page:
        email = f"{name.split()[0].lower()}@example.org"
        person = a_member_of_staff(*roles, name=name, email=email, team=team)
        commands.set_password(person, PASSWORD, actor=TEST)
        context = browsers.new_context(chromium, scripts=scripts, narrow=narrow)
        contexts.append(context)
        return browsers.sign_in(context, site, email, PASSWORD)

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def flask(app: Flask) -> Callable[..., Any]:
    """Give a command at a terminal: what it says with --json, once it has ended as expected."""

    def give(*words: object, ends: int = 0, typed: str = "") -> Any:
        db.session.rollback()
        order = [*map(str, words), "--json"]
        said = app.test_cli_runner().invoke(args=order, input=typed)
        assert said.exit_code == ends, f"flask {' '.join(order)}: {said.stderr or said.output}"
        db.session.rollback()
        return json.loads(said.stdout)

    return give
