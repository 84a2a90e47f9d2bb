"""The pages of accounts: signing in, one's own account, and the administrator's."""

from __future__ import annotations

from flask import Flask

from beacon.accounts import denylist, login
from beacon.accounts.routes import (  # noqa: F401  # views
    admin,
    clients,
    drafts,
    factor,
    notices,
    own,
    people,
    phones,
    reset,
    signing_in,
)
from beacon.accounts.routes.ground import bp
from beacon.accounts.terms import AccountPermission
from beacon.core import settings
from beacon.web import layout, navigation


def init_app(app: Flask) -> None:
    """Register the pages and put the administrator's in the navigation."""
    denylist.prepare(app.config["BEACON"])
    login.init_app(app)
    drafts.init_app(app)
    app.register_blueprint(bp)
    notices.init_app(app)
    app.add_template_global(settings.value, "setting_value")
    layout.warn_of_idling(
        app, lambda: 60 * settings.count("accounts.idle_minutes"), "accounts.stay"
    )
    navigation.register(
        app,
        [navigation.Item("Administration", "accounts.admin", AccountPermission.ADMINISTER, 90)],
    )
