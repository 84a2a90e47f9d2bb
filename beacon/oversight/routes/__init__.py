"""The pages of oversight."""

from __future__ import annotations

from flask import Flask

from beacon.audit.terms import AuditPermission
from beacon.cases.queries import gathered
from beacon.oversight.routes import log, reviews, unusual  # noqa: F401  # their addresses
from beacon.oversight.routes.ground import bp
from beacon.oversight.terms import OversightPermission
from beacon.web import layout, navigation, shelves


def init_app(app: Flask) -> None:
    """Register the pages, their places in the navigation, and what is overdue on every page."""
    app.register_blueprint(bp)
    layout.add_banner(app, reviews.overdue)
    shelves.add(
        shelves.Shelf(
            key="accesses",
            name="Accesses to look at",
            kind=shelves.Kind.WAITING,
            order=140,
            permission=OversightPermission.REVIEW,
            query=gathered.accesses_to_look_at,
            line=gathered.access_line,
        )
    )
    navigation.register(
        app,
        (
            navigation.Item("Log", "oversight.log_search", AuditPermission.READ, order=70),
            navigation.Item("Who has seen", "oversight.seen", AuditPermission.READ, order=71),
            navigation.Item("Unusual access", "oversight.unusual", AuditPermission.READ, order=72),
            navigation.Item(
                "Access reviews", "oversight.reviews", OversightPermission.REVIEW, order=85
            ),
        ),
    )
