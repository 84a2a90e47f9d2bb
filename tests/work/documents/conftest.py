"""The Monday, the manager and the case of casework; and papers to keep with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from beacon.core.actor import Actor
from beacon.core.db import db
from beacon.core.roles import Role
from beacon.documents import commands
from beacon.documents.commands import FileGiven, Given
from beacon.documents.models import Document
from beacon.documents.terms import DocumentKind
from beacon.feeds import scanning
from tests.factories import a_member_of_staff, an_actor
from tests.files_of_cases import a_pdf
from tests.work.plans.conftest import (  # noqa: F401  # fixtures
    MONDAY,
    actor,
    case,
    leader,
    manager,
    monday,
)


@pytest.fixture(autouse=True)
def no_scanner_afterwards():
    yield
    scanning.configure(())


@pytest.fixture
def fraud_officer(monday: None) -> Actor:  # noqa: F811
    return an_actor(a_member_of_staff(Role.FRAUD_OFFICER))


@pytest.fixture
def keep(case, actor) -> Callable[..., Document]:  # noqa: F811
    """Keep a document; say only what the test is about."""

    def of(content: bytes | None = None, by: Actor | None = None, **known: Any) -> Document:
        name = known.pop("name", "letter from robin marsh.pdf")
        usual = {"kind": DocumentKind.HOUSING, "title": "Letter from the housing officer"}
        return commands.add(
            case,
            Given(**usual | known),
            FileGiven(name, a_pdf() if content is None else content),
            actor=by or actor,
        )

    return of


def the_document() -> Document:
    """The last one, as it is now."""
    db.session.rollback()
    return db.session.scalars(sa.select(Document).order_by(Document.id.desc())).first()
