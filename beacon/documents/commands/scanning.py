"""A document is shown to the virus scanner before anybody may open it (security.md M-19)."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.audit.terms import Operation, Outcome
from beacon.core import clock
from beacon.core.actor import Actor
from beacon.core.db import db, let_go, transaction
from beacon.core.errors import NotFound
from beacon.documents.models import Document, DocumentFile
from beacon.documents.terms import DocumentState
from beacon.feeds import scanning
from beacon.feeds.scanning import Verdict

S = DocumentState
BECOMES = {Verdict.CLEAN: S.CLEAN, Verdict.HARMFUL: S.HARMFUL, Verdict.NO_SCANNER: S.NOT_SCANNED}
UNSCANNED = frozenset({S.WAITING, S.NOT_SCANNED})


def scan(document_id: int, *, actor: Actor) -> DocumentState:
    """Show a document to the scanner, with nothing held meanwhile; where it stands after that.

    A harmful file is taken away at once. Where the scanner does not answer, all stays as it was.
    """
    found = db.session.scalars(
        sa.select(DocumentFile).where(DocumentFile.document_id == document_id)
    ).first()
    content = found.content if found else b""
    let_go()
    verdict = scanning.verdict(content) if content else Verdict.NO_ANSWER
    with transaction() as session:
        row = session.get(Document, document_id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        new = BECOMES.get(verdict, row.state)
        if row.state not in UNSCANNED or new is row.state:
            return row.state
        row.state = new
        row.scanned_at = None if new is S.NOT_SCANNED else clock.now()
        row.version += 1
        if new is S.HARMFUL:
            session.execute(
                sa.delete(DocumentFile).where(DocumentFile.document_id == row.id),
                execution_options={"synchronize_session": False},
            )
        audit.record(
            "document.scanned",
            row,
            actor,
            operation=Operation.ALTERATION,
            outcome=Outcome.REFUSED if new is S.HARMFUL else Outcome.DONE,
            case_id=row.case_id,
            state=new.value,
        )
        return new
