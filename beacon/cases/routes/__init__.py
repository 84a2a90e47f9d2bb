"""The pages of casework: lists, one case, its forms, and search."""

from __future__ import annotations

from flask import Flask

from beacon.cases.routes import access, deciding, duties, reading, searching, working
from beacon.cases.routes.ground import bp
from beacon.cases.terms import CasePermission
from beacon.web import navigation

__all__ = ["access", "deciding", "duties", "init_app", "reading", "searching", "working"]


def init_app(app: Flask) -> None:
    """Register the pages and put the list and the search in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(searching.bp)
    app.register_blueprint(access.glass)
    app.after_request(access.note_conflict)
    navigation.register(
        app,
        [
            navigation.Item("Cases", "cases.index", CasePermission.READ, 10),
            navigation.Item("Search", "search.search", CasePermission.SEARCH, 80),
        ],
    )
