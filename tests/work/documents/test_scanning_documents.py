"""A document waits until the scanner says that nothing was found; a harmful one is gone."""

from __future__ import annotations

import sys

import pytest
import sqlalchemy as sa

from beacon.audit.models import AuditEntry
from beacon.core.db import db, transaction
from beacon.core.errors import NotFound, RuleBroken
from beacon.documents import commands, jobs, queries
from beacon.documents.models import DocumentFile
from beacon.documents.terms import DocumentState
from beacon.feeds import scanning
from tests.files_of_cases import a_pdf, a_png
from tests.work.documents.conftest import the_document

# The test file of the European Institute for Computer Antivirus Research, in two halves.
HARMLESS_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)"
FINDS_IT = (sys.executable, "-c", PROGRAM)
NO_ANSWER = (sys.executable, "-c", "raise SystemExit(2)")
S = DocumentState


@pytest.mark.proves("M-19")
def test_what_was_scanned_is_handed_out(keep, actor):
    scanning.configure(FINDS_IT)
    document = keep()
    assert document.state is S.CLEAN
    assert document.scanned_at is not None
    assert queries.content_of(actor, document) == a_pdf()


@pytest.mark.proves("M-19")
def test_a_harmful_file_is_refused_by_its_box_and_nothing_of_it_is_kept(keep, actor):
    scanning.configure(FINDS_IT)
    with pytest.raises(RuleBroken, match="virus scanner refuses") as refusal:
        keep(HARMLESS_VIRUS, name="x.txt")
    assert refusal.value.field == "file"
    assert the_document().state is S.HARMFUL
    assert db.session.scalars(sa.select(DocumentFile)).all() == []
    with pytest.raises(NotFound):
        queries.content_of(actor, the_document())
    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "document.scanned")
    ).one()
    assert entry.outcome == "refused"


@pytest.mark.proves("M-19")
@pytest.mark.parametrize("command", [NO_ANSWER, ("/nowhere/scanner",)])
def test_while_the_scanner_does_not_answer_nobody_opens_it_and_the_job_asks_again(
    keep, actor, command
):
    scanning.configure(command)
    document = keep()
    assert document.state is S.WAITING
    with pytest.raises(RuleBroken, match="not handed out yet"):
        queries.content_of(actor, document)
    assert jobs.scan_documents() == 0
    scanning.configure(FINDS_IT)
    assert jobs.scan_documents() == 1
    assert the_document().state is S.CLEAN
    assert jobs.scan_documents() == 0


def test_what_was_kept_before_there_was_a_scanner_is_scanned_by_the_job(keep):
    keep(HARMLESS_VIRUS, name="x.txt")
    assert the_document().state is S.NOT_SCANNED
    assert jobs.scan_documents() == 0
    scanning.configure(FINDS_IT)
    assert jobs.scan_documents() == 1
    assert the_document().state is S.HARMFUL
    assert db.session.scalars(sa.select(DocumentFile)).all() == []


def test_where_the_scanner_is_taken_away_what_waited_is_called_not_scanned(keep):
    scanning.configure(NO_ANSWER)
    keep()
    scanning.configure(())
    assert jobs.scan_documents() == 1
    assert the_document().state is S.NOT_SCANNED


def test_a_scanner_that_does_not_answer_is_asked_once_in_a_pass(keep, tmp_path):
    scanning.configure(NO_ANSWER)
    keep()
    keep(a_png(), title="A picture")
    counted = tmp_path / "asked"
    scanning.configure(("/bin/sh", "-c", f"echo x >> {counted}; exit 2"))
    assert jobs.scan_documents() == 0
    assert counted.read_text() == "x\n"


def test_nothing_is_held_while_the_scanner_looks(keep, actor):
    scanning.configure(NO_ANSWER)
    document = keep()
    with transaction(), pytest.raises(RuntimeError, match="inside transaction"):
        commands.scan(document.id, actor=actor)
