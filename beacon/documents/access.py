"""Who sees a document: as its case, and of the sensitive ones only who may read those."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import roles, scope
from beacon.core.scope import Viewer
from beacon.documents.models import CaseLetter, Document, DocumentFile
from beacon.documents.terms import DocumentPermission


def _case_ids(viewer: Viewer) -> sa.Select[int]:
    return sa.select(CaseFile.id).where(scope.condition(viewer, CaseFile))


def _documents(viewer: Viewer) -> sa.ColumnElement[bool]:
    of_the_case = Document.case_id.in_(_case_ids(viewer))
    if roles.may(viewer.roles, DocumentPermission.SENSITIVE):
        return of_the_case
    return sa.and_(of_the_case, Document.is_sensitive.is_(False))


def _files(viewer: Viewer) -> sa.ColumnElement[bool]:
    return DocumentFile.document_id.in_(sa.select(Document.id).where(_documents(viewer)))


scope.register(Document, _documents)
scope.register(DocumentFile, _files)
scope.register(CaseLetter, lambda viewer: CaseLetter.case_id.in_(_case_ids(viewer)))
