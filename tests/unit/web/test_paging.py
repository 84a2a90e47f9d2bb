"""Long lists a page at a time, and the places in addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from beacon.web import cursors
from beacon.web.paging import Cursor, Key, Page, read_page


def listed(values: list[tuple[str, int]]) -> sa.Select:
    """A list without a table: the rows themselves."""
    rows = sa.union_all(
        *(
            sa.select(
                sa.literal(n).label("id"),
                sa.literal(surname).label("surname"),
                sa.literal(due).label("due"),
            )
            for n, (surname, due) in enumerate(values)
        )
    ).subquery()
    return sa.select(rows.c.id, rows.c.surname, rows.c.due)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A database with nothing in it."""
    engine = sa.create_engine("sqlite://")
    with Session(engine) as session:
        yield session
    engine.dispose()


def keys_of(query: sa.Select, *, descending: bool) -> list[Key]:
    """By surname, then the latest first or last, then id."""
    row = query.selected_columns
    return [Key(row.surname), Key(row.due, descending=descending), Key(row.id)]


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=25),
    size=st.integers(1, 6),
    descending=st.booleans(),
)
def test_the_pages_together_are_the_list_forwards_and_back(
    values: list[tuple[str, int]], size: int, descending: bool
) -> None:
    engine = sa.create_engine("sqlite://")
    query = listed(values)
    keys = keys_of(query, descending=descending)
    whole = sorted(
        range(len(values)),
        key=lambda n: (values[n][0], -values[n][1] if descending else values[n][1], n),
    )
    with Session(engine) as session:
        forwards, page = [], read_page(session, query, keys, size=size)
        first = page
        pages = [page]
        while page.next:
            page = read_page(session, query, keys, page.next, size=size)
            pages.append(page)
        forwards = [row for one in pages for row in one.rows]
        back = [page]
        while page.previous:
            page = read_page(session, query, keys, page.previous, size=size)
            back.insert(0, page)
    engine.dispose()
    assert forwards == whole
    assert [row for one in back for row in one.rows] == whole
    assert first.previous is None


def test_an_empty_list_is_one_empty_page(session: Session) -> None:
    query = listed([("a", 1)]).where(sa.false())
    assert read_page(session, query, keys_of(query, descending=False)) == Page([])


def test_a_place_of_another_list_is_its_beginning(session: Session) -> None:
    query = listed([("a", 1), ("b", 1), ("c", 1)])
    keys = keys_of(query, descending=False)
    place = read_page(session, query, keys, size=1).next
    turned = keys_of(query, descending=True)
    row = query.selected_columns
    for other in (turned, [keys[0], keys[2]], [Key(row.id), Key(row.due), Key(row.surname)]):
        assert read_page(session, query, other, place).rows == [0, 1, 2]
    assert read_page(session, query, keys, place).rows == [1, 2]


def test_a_place_survives_the_address(signed_in: Flask) -> None:
    keys = ("Ashe", date(2026, 1, 2), datetime(2026, 1, 2, 3, tzinfo=UTC), 7, None)
    place = Cursor(keys, order="surname, due, seen desc, id, note", backwards=True)
    with signed_in.test_request_context("/"):
        word = cursors.written(place)
    with signed_in.test_request_context(f"/?from={word}"):
        assert cursors.asked_for() == place
    assert "Ashe" not in word


@pytest.mark.parametrize("word", ["", "x", "gAAAA", "%00", "é", "a" * 3000])
def test_a_place_that_was_made_up_is_the_beginning(word: str, signed_in: Flask) -> None:
    with signed_in.test_request_context("/", query_string={"from": word}):
        assert cursors.asked_for() is None


def test_a_place_that_was_sealed_before_its_list_was_named_is_the_beginning(
    signed_in: Flask,
) -> None:
    with signed_in.test_request_context("/"):
        word = cursors._box().encrypt(b'[false, ["Ashe", 7]]').decode()
    with signed_in.test_request_context("/", query_string={"from": word}):
        assert cursors.asked_for() is None


def test_links_keep_what_was_asked(signed_in: Flask) -> None:
    with signed_in.test_request_context("/list?q=ash&from=old"):
        assert cursors.page_link(Cursor((1,), order="id")).startswith("/list?q=ash&from=gAAAA")
        assert cursors.sort_link("due", current="due", descending=False) == (
            "/list?q=ash&sort=due&order=down"
        )
