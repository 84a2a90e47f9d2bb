"""The pages of what is written to victims: what is held and why, and the day's letters."""

from __future__ import annotations

from flask import Flask

from beacon.notices.routes import letters, looking  # noqa: F401  # views
from beacon.notices.routes.ground import bp
from beacon.notices.terms import NoticePermission
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages and put them in the navigation."""
    app.register_blueprint(bp)
    navigation.register(
        app, [navigation.Item("Letters", "notices.index", NoticePermission.READ, 22)]
    )
