"""What the pages of documents share."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from beacon.cases.models import CaseFile
from beacon.cases.routes.ground import PERSON, form_page, the_case
from beacon.cases.terms import CasePermission
from beacon.documents.terms import DocumentPermission
from beacon.web.versions import carried_out

bp = Blueprint("documents", __name__, url_prefix="/cases", template_folder="../templates")
READ, PRINT = DocumentPermission.READ, DocumentPermission.PRINT
WORK = CasePermission.WORK
__all__ = [
    "PERSON",
    "PRINT",
    "READ",
    "WORK",
    "bp",
    "carried_out",
    "form_page",
    "the_case",
    "to_documents",
]


def to_documents(case: CaseFile, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the documents and letters of the case."""
    return redirect(url_for("documents.index", reference=case.reference, _anchor=anchor))
