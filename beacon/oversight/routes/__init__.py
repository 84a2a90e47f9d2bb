"""The pages of oversight."""

from __future__ import annotations

from flask import Flask

from beacon.oversight.routes.ground import bp


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
