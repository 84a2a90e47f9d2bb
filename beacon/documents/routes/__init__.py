"""The pages of documents, of a case manager's letters, and of a case on paper."""

from __future__ import annotations

from flask import Flask

from beacon.cases import panels
from beacon.documents.routes import letters, on_paper, papers  # noqa: F401  # their views
from beacon.documents.routes.ground import bp
from beacon.documents.terms import DocumentPermission


def init_app(app: Flask) -> None:
    """Register the pages, and the panel on the page of a case."""
    app.register_blueprint(bp)
    panels.add(
        "Documents and letters",
        order=60,
        permission=DocumentPermission.READ,
        render=papers.panel,
        fields=("documents", "letters"),
    )
