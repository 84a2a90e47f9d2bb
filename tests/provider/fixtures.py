"""A stand-in for the provider, and an app that texts through it at five past five."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from beacon.core import clock
from beacon.notify.post import Post
from tests.provider import kind
from tests.provider.process import Provider, provider


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One stand-in for all these tests, in its own process."""
    with provider(tmp_path_factory.mktemp("provider")) as started:
        yield started


@pytest.fixture
def twilio(app: Flask, stand_in: Provider) -> Iterator[Provider]:
    """The app texts through the stand-in, which behaves and has taken nothing yet."""
    stand_in.behave(forget=True)
    stand_in.file.write_text("")
    kind.register()
    was = app.extensions["beacon_post"]
    kind.send_through(app, stand_in)
    with clock.fixed(kind.EVENING):
        yield stand_in
    app.extensions["beacon_post"] = was


@pytest.fixture
def here(app: Flask, twilio: Provider) -> Post:
    """The way out of the app."""
    found: Post = app.extensions["beacon_post"]
    return found
