"""A small application of shared pages alone: no feature and no database stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib import import_module

import pytest
from flask import Flask, abort, flash, redirect, request
from flask_login import LoginManager, UserMixin

from beacon.core.errors import NotFound, RuleBroken, Unavailable
from beacon.web import downloads, guard, navigation, security
from beacon.web.forms import BeaconForm
from config import Config

ROOMS = ("logs", "layout", "security", "errors", "drafts", "filters", "cursors", "navigation")
ROOT = import_module("beacon").__path__[0]


class Place(StrEnum):
    """What a person may open here."""

    LIST = "list"
    VAULT = "vault"


class Person(UserMixin):
    """Somebody who may open the list and not the vault."""

    id = "1"
    name = "Robin Ashe"

    @property
    def has_proved_lately(self) -> bool:
        """Whether the address says so: here a test may."""
        return request.args.get("proved") == "yes"

    def may(self, permission: StrEnum) -> bool:
        """Whether the person's roles grant it."""
        return permission is Place.LIST


def made(config: Config, *, signed_in: bool) -> Flask:
    """The application with a page for each thing that can happen to a page."""
    app = Flask("beacon", root_path=ROOT, static_folder="web/static")
    app.config.from_mapping(config.flask())
    for room in ROOMS:
        import_module(f"beacon.web.{room}").init_app(app)
    logins = LoginManager(app)
    logins.user_loader(lambda token: None)
    if signed_in:
        logins.request_loader(lambda request: Person())
    views(app)
    other_views(app)
    navigation.register(
        app,
        [
            navigation.Item("Vault", "vault", Place.VAULT, order=1),
            navigation.Item("List", "list", Place.LIST, order=2),
        ],
    )
    return app


def views(app: Flask) -> None:
    """A page for each thing that can happen."""

    @app.route("/list", methods=["GET", "POST"])
    @guard.permission_required(Place.LIST)
    def list() -> str:
        from flask import render_template_string

        return render_template_string(
            "{% extends 'base.html' %}{% block title %}List{% endblock %}"
            "{% block content %}<h1>List</h1>{% endblock %}"
        )

    @app.route("/vault")
    @guard.permission_required(Place.VAULT)
    def vault() -> str:
        return "gold"

    @app.route("/act", methods=["POST"])
    @guard.any_signed_in
    def act() -> object:
        flash("Done.")
        return redirect("/list")

    @app.route("/export", methods=["GET", "POST"])
    @guard.any_signed_in
    @guard.proof_required
    def export() -> object:
        return redirect("/list")


def other_views(app: Flask) -> None:
    """What machines call, files, and what goes wrong."""

    @app.route("/hook", methods=["POST"])
    @security.for_machines
    def hook() -> str:
        return "taken"

    @app.route("/file")
    @guard.any_signed_in
    def file() -> object:
        return downloads.attachment(b"<script>", "names\r\nX-Evil: 1.csv")

    @app.route("/refuse/<how>", methods=["GET", "POST"])
    @guard.open_to_all
    def refuse(how: str) -> str:
        if how.isdigit():
            abort(int(how))
        raise {
            "rule": RuleBroken("This case is closed. Reopen it before you assign it."),
            "absent": NotFound("case BCN-7K2M4 belongs to another team"),
            "down": Unavailable("The audit could not be written, so nothing is shown."),
            "fault": KeyError("07700 900123"),
        }[how]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The settings of a demonstration."""
    return Config.from_environment({"BEACON_INSTANCE": str(tmp_path_factory.mktemp("demo"))})


@pytest.fixture(scope="session")
def signed_in(demo: Config) -> Flask:
    """The demonstration, with a person signed in."""
    return made(demo, signed_in=True)


@pytest.fixture(scope="session")
def signed_out(demo: Config) -> Flask:
    """The demonstration, with nobody signed in."""
    return made(demo, signed_in=False)


@pytest.fixture(scope="session")
def in_service(demo: Config) -> Flask:
    """The real service, with a person signed in."""
    from dataclasses import replace

    address = "https://beacon.example.org"
    config = replace(demo, env="production", public_url=address, trusted_hosts=())
    return made(config, signed_in=True)


@pytest.fixture
def answered(signed_in: Flask) -> Iterator[Callable[..., BeaconForm]]:
    """Send answers to a form, without its token, and give the form back checked."""

    def send(kind: type[BeaconForm], **answers: object) -> BeaconForm:
        with signed_in.test_request_context("/", method="POST", data=answers):
            form = kind(meta={"csrf": False})
            form.submitted_well()
            form.drawn = {field.name: str(field()) for field in form}
            return form

    return send
