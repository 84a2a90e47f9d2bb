"""Putting a case on paper: who, when and why is written down before the page leaves."""

from __future__ import annotations

from beacon.accounts.commands import still_may
from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.models import CaseFile
from beacon.core.actor import Actor
from beacon.core.db import transaction
from beacon.documents import queries
from beacon.documents.queries import OnPaper
from beacon.documents.terms import DocumentPermission, PrintedFor

FIELDS = ("people.name", "duties", "tasks", "contacts", "needs", "documents")


def put_on_paper(case: CaseFile, *, why: PrintedFor, actor: Actor) -> OnPaper:
    """Give out what may be printed of a case, for a reason (security.md X-04, X-05)."""
    with transaction():
        now = still_may(actor, DocumentPermission.PRINT)
        audit.record(
            "case.printed",
            case,
            actor,
            operation=Operation.DISCLOSURE,
            fields=FIELDS,
            reason=why.label,
        )
        return queries.on_paper(now, case)
