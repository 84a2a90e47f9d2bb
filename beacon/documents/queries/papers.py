"""The documents of a case, the file of one, and what the jobs look for."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import scope, together
from beacon.core.db import db
from beacon.core.errors import NotFound, RuleBroken, Unavailable
from beacon.core.scope import Viewer
from beacon.core.sealed import CannotUnseal
from beacon.core.together import Asking, asking
from beacon.documents.models import CaseLetter, Document, DocumentFile
from beacon.documents.terms import DocumentState

AT_A_TIME = 5
ALTERED = "The file does not open: it is not as it was kept. Tell whoever is in charge of IT."
NOT_YET = (
    "The virus scan has not answered for this file, so it is not handed out yet. Try again later."
)


@asking
def documents_of(viewer: Viewer, case: CaseFile) -> Asking[list[Document]]:
    """The documents of a case that the viewer may see, the newest first; without their files."""
    query = scope.visible(viewer, Document).where(Document.case_id == case.id)
    return (yield from together.scalars(query.order_by(Document.id.desc())))


def content_of(viewer: Viewer, document: Document) -> bytes:
    """The file of a document, as it was kept; refused while the scan has not answered."""
    if document.state is DocumentState.WAITING:
        raise RuleBroken(NOT_YET)
    if not document.state.may_be_opened:
        raise NotFound
    query = scope.visible(viewer, DocumentFile).where(DocumentFile.document_id == document.id)
    file = db.session.scalars(query).first()
    if file is None:
        raise NotFound
    try:
        content = file.content
    except CannotUnseal as fault:
        raise Unavailable(ALTERED) from fault
    if hashlib.sha256(content).hexdigest() != document.digest:
        raise Unavailable(ALTERED)
    return content


def unscanned(*, there_is_a_scanner: bool) -> list[int]:
    """The next documents to be shown to the scanner, the oldest first.

    Where there is one by now, that is also what was kept before there was.
    """
    wanted = [DocumentState.WAITING]
    if there_is_a_scanner:
        wanted.append(DocumentState.NOT_SCANNED)
    query = sa.select(Document.id).where(Document.state.in_(wanted))
    return list(db.session.scalars(query.order_by(Document.id).limit(AT_A_TIME)))


def in_erased_cases() -> list[int]:
    """The documents that are still kept of cases that are erased."""
    query = (
        sa.select(Document.id)
        .join(CaseFile, CaseFile.id == Document.case_id)
        .where(CaseFile.erased_at.is_not(None), Document.state != DocumentState.ERASED)
    )
    return list(db.session.scalars(query.order_by(Document.id)))


def letters_in_erased_cases() -> list[int]:
    """The letters whose words are still kept of cases that are erased."""
    query = (
        sa.select(CaseLetter.id)
        .join(CaseFile, CaseFile.id == CaseLetter.case_id)
        .where(CaseFile.erased_at.is_not(None), CaseLetter.words_sealed.is_not(None))
    )
    return list(db.session.scalars(query.order_by(CaseLetter.id)))
