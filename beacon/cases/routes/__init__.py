"""The pages of casework: lists, one case, its forms, and search."""

from __future__ import annotations

from flask import Flask

from beacon.cases import leaving  # noqa: F401  # what a leaver has in hand
from beacon.cases.routes import (  # noqa: F401  # views
    deciding,
    duties,
    handing_over,
    reading,
    searching,
    working,
)
from beacon.cases.routes.ground import bp
from beacon.cases.terms import CasePermission
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages and put the list and the search in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(searching.bp)
    navigation.register(
        app,
        [
            navigation.Item("Cases", "cases.index", CasePermission.READ, 10),
            navigation.Item("Search", "search.search", CasePermission.SEARCH, 80),
        ],
    )
