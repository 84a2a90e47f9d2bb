"""The lists and the part of a case's page send as many statements with forty cases as with two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.cases.terms import SuspectStatus
from beacon.core.db import db
from beacon.courts import queries as courts
from beacon.restorative import queries
from beacon.restorative.queries import ViewList, WaitingList
from tests.factories import a_case, a_crime
from tests.work.restorative.builders import a_disposal, an_order, explain

NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@contextmanager
def counted() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.lstrip().upper().startswith(NO_STATEMENTS):
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def how_many(ask: Callable[[], object]) -> int:
    db.session.rollback()
    db.session.expire_all()
    with counted() as sent:
        ask()
    return len(sent)


def some_cases(manager, number: int) -> list[CaseFile]:
    made = []
    for place in range(number):
        case = a_case(manager=manager, crime=a_crime(suspect_status=SuspectStatus.CHARGED))
        if place % 2:
            an_order(case)
        a_disposal(case)
        made.append(case)
    return made


def asked(actor, case_id: int) -> dict[str, int]:
    def blocks() -> object:
        return queries.blocks(sa.select(CaseFile.id))

    def one() -> object:
        case = db.session.get_one(CaseFile, case_id, populate_existing=True)
        return queries.offers_of(actor, case), queries.disposals_of(actor, case)

    return {
        "list": how_many(WaitingList(viewer=actor).page),
        "views": how_many(ViewList(viewer=actor).page),
        "blocks": how_many(blocks),
        "case": how_many(one),
    }


def test_each_list_asks_as_often_however_long_it_is(manager, actor):
    first = some_cases(manager, 2)
    explain(first[0])
    few = asked(actor, first[0].id)
    some_cases(manager, 14)
    assert asked(actor, first[0].id) == few
    assert few["list"] == 1
    assert few["views"] == 1
    assert few["blocks"] == 1


def test_nobody_called_is_asked_in_one_statement(actor):
    assert how_many(lambda: courts.witnesses_of(actor, 1)) == 1
