"""The pages of oversight."""

from __future__ import annotations

from flask import Flask

from beacon.oversight.routes import reviews
from beacon.oversight.routes.ground import bp
from beacon.oversight.terms import OversightPermission
from beacon.web import layout, navigation


def init_app(app: Flask) -> None:
    """Register the pages, their places in the navigation, and what is overdue on every page."""
    app.register_blueprint(bp)
    layout.add_banner(app, reviews.overdue)
    navigation.register(
        app,
        [navigation.Item("Access reviews", "oversight.reviews", OversightPermission.REVIEW, 85)],
    )
