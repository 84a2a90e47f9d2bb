"""Putting Beacon together: configuration, database, keys, features, pages and commands."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Flask
from flask_migrate import Migrate

from beacon.audit import commands as audit
from beacon.core import bank_holidays, calendar, roles, sealed
from beacon.core.db import db, prepare
from beacon.core.reference_rows import mark_environment
from beacon.courts import languages
from beacon.feeds import folder, scanning, uploads
from beacon.web import guard, navigation
from config import ROOT, Config

# Every package with a room that the start needs, in the order of the floors.
FEATURES = (
    "audit",
    "numbers",
    "mail",
    "accounts",
    "notify",
    "feeds",
    "people",
    "notices",
    "entitlements",
    "cases",
    "caseloads",
    "plans",
    "documents",
    "referrals",
    "fraud_hub",
    "courts",
    "risk",
    "partners",
    "surveys",
    "restorative",
    "self_referrals",
    "calls",
    "mine",
    "desk",
    "search",
    "oversight",
    "reports",
    "api",
    "seed",
    "scheduler",
    "ops",
)
WEB = (
    "addresses",
    "logs",
    "layout",
    "security",
    "errors",
    "drafts",
    "filters",
    "cursors",
    "navigation",
)


def create_app(config: Config) -> Flask:
    """Make the application. Stops with one plain line where it would not be safe to start."""
    os.umask(0o077)  # whatever this process makes, its own account alone may read
    app = Flask("beacon", root_path=str(ROOT / "beacon"), static_folder="web/static")
    app.config.from_mapping(config.flask())
    give_keys(config)
    if config.proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, *[config.proxies] * 4)  # type: ignore[method-assign]
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    rooms("models")
    Migrate(app, db, directory=str(ROOT / "migrations"))
    app.extensions["beacon_reference"] = [
        lambda: mark_environment(config.env),
        *(room.load_reference for room in rooms("reference") if hasattr(room, "load_reference")),
    ]
    roles.gather(room.GRANTS for room in rooms("terms") if hasattr(room, "GRANTS"))
    rooms("access")
    rooms("jobs")
    for name in WEB:
        import_module(f"beacon.web.{name}").init_app(app)
    for room in (*rooms("routes"), *rooms("cli")):
        room.init_app(app)
    guard.check_every_view(app)
    navigation.check(app)
    return app


def give_keys(config: Config) -> None:
    """Give the process what it keeps of this configuration: keys, uploads, languages."""
    sealed.configure(sealed.Keyring(config.field_keys, config.index_key))
    audit.configure(config.audit_keys, config.audit_anchors)
    uploads.configure(config.instance / "uploads")
    folder.configure(config.drop_folder)
    scanning.configure(config.scanner)
    languages.configure(config.translations)
    bank_holidays.held_by(calendar.overrides)


def rooms(name: str) -> list[ModuleType]:
    """The room of this name in every feature that has one, imported once."""
    return [
        import_module(f"beacon.{feature}.{name}")
        for feature in FEATURES
        if find_spec(f"beacon.{feature}") and find_spec(f"beacon.{feature}.{name}")
    ]
