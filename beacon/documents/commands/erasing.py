"""What goes for good: the file of a removed document, and all of an erased case."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, transaction
from beacon.documents import queries
from beacon.documents.models import CaseLetter, Document, DocumentFile
from beacon.documents.terms import DocumentState
from beacon.notices.models import VictimNotice

WORDS = ("title", "about", "file_name", "digest", "reason")


def take_file(document: Document, state: DocumentState, by: str) -> None:
    """The file and every word of a document go; its number, kind and days stay."""
    db.session.execute(
        sa.delete(DocumentFile).where(DocumentFile.document_id == document.id),
        execution_options={"synchronize_session": False},
    )
    for name in WORDS:
        setattr(document, name, "")
    document.fingerprint = ""
    document.state, document.gone_at, document.gone_by = state, clock.now(), by
    document.version += 1


def erase(*, actor: Actor) -> int:
    """What is left of the papers of erased cases; how many. Whoever erases a case need not ask.

    One transaction each, so that what stands in the way of one does not keep the others
    (security.md P-10, P-11).
    """
    documents, letters = queries.in_erased_cases(), queries.letters_in_erased_cases()
    for document_id in documents:
        with transaction() as session:
            document = session.get_one(Document, document_id, with_for_update=True)
            take_file(document, DocumentState.ERASED, actor.name)
            _record("document.erased", document, actor)
    for letter_id in letters:
        with transaction() as session:
            letter = session.get_one(CaseLetter, letter_id, with_for_update=True)
            letter.words = ""
            letter.version += 1
            if letter.notice_id is not None:
                session.get_one(VictimNotice, letter.notice_id).letter = ""
            _record("case_letter.erased", letter, actor)
    return len(documents) + len(letters)


def _record(action: str, row: Document | CaseLetter, actor: Actor) -> None:
    audit.record(action, row, actor, operation=Operation.ERASURE, case_id=row.case_id)
