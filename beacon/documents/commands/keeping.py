"""A document is kept with its case: looked at before, sealed, scanned, changed, removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from beacon.audit import commands as audit
from beacon.audit.terms import Operation
from beacon.cases.commands.keeping import keep_history
from beacon.cases.commands.rights import held_for
from beacon.cases.models import CaseFile
from beacon.cases.terms import CasePermission, TimelineEvent
from beacon.core import clock, roles, scope
from beacon.core.actor import Actor
from beacon.core.db import db, in_transaction, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale
from beacon.core.sealed import blind_index
from beacon.documents.commands.erasing import take_file
from beacon.documents.commands.scanning import scan
from beacon.documents.models import Document, DocumentFile
from beacon.documents.rules import name_to_show, type_of
from beacon.documents.terms import DocumentKind, DocumentPermission, DocumentState
from beacon.feeds import scanning

DOCUMENTS_AT_MOST = 300  # in one case
TITLE_AT_MOST, ABOUT_AT_MOST, REASON_AT_MOST = 150, 2_000, 500
STALE = "Somebody else has saved this since you opened the page. Both versions are below."
THERE = [state for state in DocumentState if state.is_there]
FIELDS = ("kind", "title", "about", "dated_on", "is_sensitive")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a person says of a document."""

    kind: DocumentKind
    title: str
    about: str = ""
    dated_on: date | None = None
    is_sensitive: bool = False


@dataclass(frozen=True)
class FileGiven:
    """The file itself, and what whoever sent it calls it."""

    name: str
    content: bytes


def add(case: CaseFile, given: Given, file: FileGiven, *, actor: Actor) -> Document:
    """Keep a document. What it is is seen from its content; the scan comes before it is opened.

    A form that was sent twice keeps it once (security.md L-05, M-07, M-12, M-19).
    """
    file_type = type_of(file.content)
    digest = hashlib.sha256(file.content).hexdigest()
    with transaction() as session:
        row = held_for(case, actor, CasePermission.WORK)
        values = _checked(given, actor)
        fingerprint = blind_index("document", digest)
        there = _same(session, row.id, fingerprint)
        if there is not None:
            if (there.by_id, there.title) == (actor.id, values["title"]):
                return there
            raise RuleBroken("This file is among the documents of the case already.", "file")
        document = Document(
            case_id=row.id,
            number=_next_number(session, row.id),
            file_type=file_type,
            size=len(file.content),
            fingerprint=fingerprint,
            state=DocumentState.WAITING if scanning.is_on() else DocumentState.NOT_SCANNED,
            by_id=actor.id,
            by_name=actor.name,
        )
        for name, value in values.items():
            setattr(document, name, value)
        document.file_name, document.digest = name_to_show(file.name), digest
        session.add(document)
        session.flush()
        session.add(DocumentFile.of(document.id, file.content))
        _record("document.added", document, actor, Operation.COLLECTION)
        keep_history(row.id, TimelineEvent.PAPER, actor, words=f"added {_said(document)}")
    if document.state is DocumentState.WAITING and not in_transaction():
        _scan_at_once(document.id, actor)
    return document


def _scan_at_once(document_id: int, actor: Actor) -> None:
    """Where the scanner does not answer, a job asks it again (beacon/documents/jobs.py)."""
    if scan(document_id, actor=actor) is DocumentState.HARMFUL:
        raise RuleBroken(scanning.HARMFUL, field="file")


def change(document: Document, given: Given, *, version: int, actor: Actor) -> None:
    """Say something else of a document; the file stays what it is."""
    with transaction():
        row = _held(document, actor)
        if row.version != version:
            raise Stale(STALE)
        values = _checked(given, actor)
        differing = [name for name in FIELDS if getattr(row, name) != values[name]]
        if not differing:
            return
        for name in differing:
            setattr(row, name, values[name])
        row.version += 1
        _record("document.changed", row, actor, Operation.ALTERATION, fields=tuple(differing))


def remove(document: Document, *, reason: str, version: int, actor: Actor) -> None:
    """Take a document away for good. That it was there, and why it is not, stays."""
    with transaction():
        row = _held(document, actor)
        if row.version != version:
            raise RuleBroken("Somebody else has changed this document. Look at it again.")
        if not reason.strip():
            raise RuleBroken("Enter why it is removed.", field="reason")
        take_file(row, DocumentState.REMOVED, actor.name)
        row.reason = reason.strip()[:REASON_AT_MOST]
        _record("document.removed", row, actor, Operation.ERASURE)
        keep_history(
            row.case_id, TimelineEvent.PAPER, actor, words=f"removed document {row.number}"
        )


def _held(document: Document, actor: Actor) -> Document:
    """The document as it is now, held, as long as this person may see it and work on its case."""
    case = db.session.get_one(CaseFile, document.case_id)
    held_for(case, actor, CasePermission.WORK)
    query = scope.visible(actor, Document).where(Document.id == document.id)
    found = db.session.scalars(
        query.with_for_update().execution_options(populate_existing=True)
    ).first()
    if found is None or not found.state.is_there:
        raise NotFound
    return found


def _checked(given: Given, actor: Actor) -> dict[str, object]:
    title, about = " ".join(given.title.split()), given.about.strip()
    if not title:
        raise RuleBroken("Enter what the document is, in a few words.", "title")
    if len(title) > TITLE_AT_MOST:
        raise RuleBroken(f"Use {TITLE_AT_MOST} characters or fewer.", "title")
    if len(about) > ABOUT_AT_MOST:
        raise RuleBroken(f"Use {ABOUT_AT_MOST} characters or fewer.", "about")
    if given.dated_on is not None and given.dated_on > clock.today():
        raise RuleBroken("That day has not come yet. Check the date.", "dated_on")
    is_sensitive = given.is_sensitive or given.kind.is_sensitive
    may_keep = actor.is_machine or roles.may(actor.roles, DocumentPermission.SENSITIVE)
    if is_sensitive and not may_keep:
        raise RuleBroken(
            "You may not keep documents of this kind. Ask the case manager to add it.", "kind"
        )
    return {
        "kind": given.kind,
        "title": title,
        "about": about,
        "dated_on": given.dated_on,
        "is_sensitive": is_sensitive,
    }


def _same(session: Session, case_id: int, fingerprint: str) -> Document | None:
    query = sa.select(Document).where(
        Document.case_id == case_id,
        Document.fingerprint == fingerprint,
        Document.state.in_(THERE),
    )
    return session.scalars(query.order_by(Document.id)).first()


def _next_number(session: Session, case_id: int) -> int:
    query = sa.select(sa.func.count(Document.id), sa.func.max(Document.number))
    count, last = session.execute(query.where(Document.case_id == case_id)).one()
    if count >= DOCUMENTS_AT_MOST:
        raise RuleBroken(
            f"A case holds {DOCUMENTS_AT_MOST} documents at most. Remove what is not needed.",
            "file",
        )
    return (last or 0) + 1


def _said(document: Document) -> str:
    """What the history says: no title, and of the sensitive ones not even the kind."""
    if document.is_sensitive:
        return f"document {document.number}"
    return f"document {document.number}: {document.kind.label.lower()}"


def _record(
    action: str,
    document: Document,
    actor: Actor,
    operation: Operation,
    fields: Iterable[str] = (),
) -> None:
    audit.record(
        action, document, actor, operation=operation, fields=fields, case_id=document.case_id
    )
