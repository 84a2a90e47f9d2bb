"""Documents of a case: sealed, seen as far as each may, changed, removed, erased with the case."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.cases.models import TimelineEntry
from beacon.cases.terms import CaseStatus
from beacon.core import clock, scope
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken, Stale, Unavailable
from beacon.core.roles import Role
from beacon.documents import commands, jobs, queries
from beacon.documents.commands import Given, keeping
from beacon.documents.models import Document, DocumentFile
from beacon.documents.terms import DocumentKind, DocumentState, FileType
from tests.factories import a_case, a_member_of_staff, an_actor
from tests.files_of_cases import a_pdf, a_png
from tests.work.documents.conftest import the_document

SECRET = "Quillfeather"
S = DocumentState


def history() -> list[str]:
    query = sa.select(TimelineEntry).order_by(TimelineEntry.id)
    return [one.sentence for one in db.session.scalars(query)]


def test_a_document_is_kept_and_comes_back_as_it_was(keep, actor):
    document = keep(dated_on=clock.today(), about="  He owes nothing. ")
    assert (document.number, document.file_type, document.state) == (1, FileType.PDF, S.NOT_SCANNED)
    assert (document.about, document.file_name) == (
        "He owes nothing.",
        "letter from robin marsh.pdf",
    )
    assert document.digest == hashlib.sha256(a_pdf()).hexdigest()
    assert queries.content_of(actor, document) == a_pdf()
    assert "Priya Shah added document 1: housing." in history()


@pytest.mark.proves("P-05")
def test_no_word_of_it_and_nothing_of_the_file_stands_readable_in_any_table(keep, actor):
    words = f"{SECRET} Lane"
    document = keep(words.encode() * 9, title=words, about=words, name=f"{words}.txt")
    commands.change(
        document, Given(kind=DocumentKind.OTHER, title=f"{words} 2"), version=1, actor=actor
    )
    db.session.rollback()
    for name in ("document", "document_file", "timeline_entry", "audit_entry", "audit_object"):
        rows = db.session.execute(sa.text(f"SELECT * FROM {name}")).all()
        assert rows
        assert SECRET not in repr(
            [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]
        ), name


@pytest.mark.proves("P-07")
def test_a_file_that_was_moved_to_another_document_does_not_open(keep, actor):
    first, second = keep(), keep(a_png(), title="A picture")
    with transaction() as session:
        files = session.scalars(sa.select(DocumentFile).order_by(DocumentFile.id)).all()
        files[1].content_sealed = files[0].content_sealed
    with pytest.raises(Unavailable, match="not as it was kept"):
        queries.content_of(actor, second)
    assert queries.content_of(actor, first) == a_pdf()


@pytest.mark.proves("Z-25")
def test_a_document_of_another_case_is_not_found(keep, case, actor):
    document = keep()
    other = a_case(manager=case.manager)
    assert queries.documents_of(actor, other) == []
    stranger = an_actor(a_member_of_staff(Role.CASE_MANAGER, team="South"))
    assert db.session.scalars(scope.visible(stranger, Document)).all() == []
    with pytest.raises(NotFound):
        queries.content_of(stranger, document)
    with pytest.raises(NotFound):
        commands.remove(document, reason="It is mine", version=1, actor=stranger)


@pytest.mark.parametrize(
    "kind", [DocumentKind.STATEMENT, DocumentKind.MEDICAL, DocumentKind.SAFEGUARDING]
)
def test_some_kinds_are_always_for_fewer_people(keep, kind, fraud_officer):
    document = keep(kind=kind)
    assert document.is_sensitive
    assert "Priya Shah added document 1." in history()  # not even the kind
    seen = scope.visible(fraud_officer, Document).where(Document.id == document.id)
    assert db.session.scalars(seen).all() == []
    with pytest.raises(NotFound):
        queries.content_of(fraud_officer, document)


def test_what_is_marked_as_sensitive_stays_so_and_may_be_taken_back(keep, actor):
    document = keep(is_sensitive=True)
    said = {"kind": DocumentKind.HOUSING, "title": document.title}
    commands.change(document, Given(**said), version=1, actor=actor)
    assert not the_document().is_sensitive
    commands.change(document, Given(kind=DocumentKind.MEDICAL, title="x"), version=2, actor=actor)
    assert the_document().is_sensitive


def test_whoever_may_not_read_sensitive_documents_keeps_none(keep, case, fraud_officer):
    with transaction():
        case.crime.kind = "fraud"
    with pytest.raises(RuleBroken, match="Ask the case manager to add it") as refusal:
        keep(by=fraud_officer, kind=DocumentKind.MEDICAL)
    assert refusal.value.field == "kind"
    assert keep(by=fraud_officer, kind=DocumentKind.FINANCE).number == 1


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"about": "x" * 2_001}, "about"),
        ({"dated_on": clock.today().replace(year=2030)}, "dated_on"),
        ({"content": b"MZ"}, "file"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(keep, known, field):
    with pytest.raises(RuleBroken) as refusal:
        keep(**known)
    assert refusal.value.field == field
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(Document.id))) == 0


@pytest.mark.proves("L-05", "M-12")
def test_the_same_file_is_kept_once(keep, leader):
    assert keep().id == keep().id  # the form was sent twice
    with pytest.raises(RuleBroken, match="already") as refusal:
        keep(title="The same under another name")
    assert refusal.value.field == "file"


def test_a_case_holds_so_many_documents_at_most(keep, monkeypatch):
    keep()
    monkeypatch.setattr(keeping, "DOCUMENTS_AT_MOST", 1)
    with pytest.raises(RuleBroken, match="1 documents at most"):
        keep(a_png())


@pytest.mark.proves("L-02")
def test_two_who_change_what_is_said_do_not_write_over_each_other(keep, actor):
    document = keep()
    said = {"kind": DocumentKind.COURT, "title": "Letter from the court"}
    commands.change(document, Given(**said), version=1, actor=actor)
    with pytest.raises(Stale):
        commands.change(document, Given(**said | {"title": "x"}), version=1, actor=actor)
    assert (the_document().title, the_document().version) == ("Letter from the court", 2)
    last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last.action == "document.changed"
    assert "Letter" not in last.facts


def test_what_is_removed_is_gone_with_every_word_and_that_it_was_there_stays(keep, actor, case):
    document = keep(about="Of her sister")
    with pytest.raises(RuleBroken, match="why it is removed"):
        commands.remove(document, reason=" ", version=1, actor=actor)
    commands.remove(document, reason="Of another case", version=1, actor=actor)
    row = the_document()
    assert (row.state, row.gone_by, row.reason) == (S.REMOVED, "Priya Shah", "Of another case")
    assert (row.title, row.about, row.file_name, row.digest, row.fingerprint) == ("",) * 5
    assert db.session.scalars(sa.select(DocumentFile)).all() == []
    assert "Priya Shah removed document 1." in history()
    with pytest.raises(NotFound):
        queries.content_of(actor, row)
    assert keep().number == 2  # a number is given once


@pytest.mark.proves("P-11", "P-10")
def test_the_papers_of_an_erased_case_are_erased_by_a_job_once(keep, case, actor):
    keep(about="Of her sister")
    assert jobs.erase_documents() == 0
    with transaction():
        case.erased_at = clock.now()
    assert jobs.erase_documents() == 1
    row = the_document()
    assert (row.state, row.title, row.about, row.gone_by) == (S.ERASED, "", "", "erase-documents")
    assert db.session.scalars(sa.select(DocumentFile)).all() == []
    assert queries.documents_of(actor, case) == []
    assert jobs.erase_documents() == 0


def test_a_closed_case_takes_no_document(keep, case):
    with transaction():
        case.closing_note = "Done."
        case.status, case.closed_at = CaseStatus.CLOSED, clock.now()
    with pytest.raises(RuleBroken, match="closed"):
        keep()
