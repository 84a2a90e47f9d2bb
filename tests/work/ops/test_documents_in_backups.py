"""Documents of cases are in a backup, come back by a restore, and go to nobody else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from beacon.core.db import db, transaction
from beacon.core.errors import NotFound
from beacon.documents import commands, queries
from beacon.documents.commands import FileGiven, Given
from beacon.documents.models import Document, DocumentFile
from beacon.documents.terms import DocumentKind
from beacon.ops.scrub import scrub
from tests.factories import TEST, a_case
from tests.restores import Vault

CONTENT = b"She asks for a second bedroom. " * 20_000  # more than one piece of a dump


@pytest.fixture
def document(app) -> int:
    given = Given(kind=DocumentKind.HOUSING, title="Letter of the housing officer")
    return commands.add(a_case(), given, FileGiven("a.txt", CONTENT), actor=TEST).id


def the_document(number: int) -> Document:
    db.session.rollback()
    return db.session.get_one(Document, number)


@pytest.mark.proves("B-01", "B-03")
def test_a_document_that_was_lost_comes_back_by_a_restore(vault: Vault, document: int):
    vault.take()
    commands.remove(the_document(document), reason="By mistake", version=1, actor=TEST)
    assert db.session.scalars(sa.select(DocumentFile)).all() == []
    db.session.rollback()
    vault.put_back()
    back = the_document(document)
    assert back.title == "Letter of the housing officer"
    assert queries.content_of(TEST, back) == CONTENT
    db.session.rollback()


@pytest.mark.proves("B-02")
def test_a_backup_says_nothing_of_a_document_without_its_key(vault: Vault, document: int):
    path = vault.take().path
    assert b"second bedroom" not in path.read_bytes()


def test_nothing_of_a_document_lies_beside_the_database(vault: Vault, document: int):
    folder = vault.config.instance
    found = [one.name for one in folder.rglob("*") if one.is_file() and one.stat().st_size > 0]
    assert [name for name in found if "upload" in name or name.endswith(".txt")] == []


@pytest.mark.proves("B-10", "E-02")
def test_no_file_goes_to_another_environment_with_a_copy(app, document: int):
    with transaction():
        scrub()
    assert db.session.scalars(sa.select(DocumentFile)).all() == []
    assert "housing" not in the_document(document).title
    with pytest.raises(NotFound):
        queries.content_of(TEST, the_document(document))
