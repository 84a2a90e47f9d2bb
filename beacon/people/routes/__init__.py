"""The pages of people. They are reached from a case or a referral."""

from __future__ import annotations

from flask import Flask

from beacon.people.routes import (  # noqa: F401  # views
    around,
    confirming,
    consenting,
    equality,
    showing,
)
from beacon.people.routes.ground import bp


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
