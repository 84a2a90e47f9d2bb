"""The pages of oversight."""

from __future__ import annotations

from flask import Flask

from beacon.audit.terms import AuditPermission
from beacon.oversight.routes import log, unusual  # noqa: F401  # their addresses
from beacon.oversight.routes.ground import bp
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages, and their places in the navigation."""
    app.register_blueprint(bp)
    navigation.register(
        app,
        (
            navigation.Item("Log", "oversight.log_search", AuditPermission.READ, order=70),
            navigation.Item("Who has seen", "oversight.seen", AuditPermission.READ, order=71),
            navigation.Item("Unusual access", "oversight.unusual", AuditPermission.READ, order=72),
        ),
    )
