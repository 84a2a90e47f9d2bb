"""Questions to the database that are asked together: many selects of one page, sent as one.

A query that may be asked with others is a generator. Where it would send a statement it yields it,
and goes on with the rows that come back; so each feature keeps its own words and its own scope::

    @asking
    def duties_due(viewer: Viewer, by: date) -> Asking[list[DueRow]]:
        rows = yield from together.rows(scope.visible(viewer, Duty).where(Duty.due_on <= by))
        return [due_row(row) for row in rows]

``duties_due(viewer, by)`` asks it alone, as any query is asked. A page that wants more asks at once
what does not wait for an answer of the rest::

    due, tasks = together.ask(duties_due.ask(viewer, by), open_tasks.ask(viewer))

What all of them wait for goes as one statement (``core.joining``), then what they ask next, until
none has anything left to ask: a page sends as many statements as its longest chain of questions.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar  # rows differ from select to select

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from beacon.core import joining

P = ParamSpec("P")
T = TypeVar("T")
Queries = Sequence[sa.Select[*tuple[Any, ...]]]
Answers = Sequence[Sequence[Any]]
Asking = Generator[Queries, Answers, T]


class Query(Generic[P, T]):
    """A query that may be asked alone or with others."""

    def __init__(self, asked: Callable[P, Asking[T]]) -> None:
        self.ask = asked
        update_wrapper(self, asked)

    def __call__(self, *args: P.args, **known: P.kwargs) -> T:
        """Ask it alone."""
        return answer(self.ask(*args, **known))


def asking(asked: Callable[P, Asking[T]]) -> Query[P, T]:
    """Let a query be asked alone, by its name, or with others, by ``.ask``."""
    return Query(asked)


def rows(query: sa.Select[*tuple[Any, ...]]) -> Asking[Sequence[Any]]:
    """The rows of a select, in its order."""
    (found,) = yield [query]
    return found


def scalars(query: sa.Select[T]) -> Asking[list[T]]:
    """The first column of each row of a select, in its order."""
    found = yield from rows(query)
    return [row[0] for row in found]


def first(query: sa.Select[T]) -> Asking[T | None]:
    """The first column of the first row; None where there is none. The select asks for few."""
    found = yield from rows(query)
    return found[0][0] if found else None


def one(query: sa.Select[*tuple[Any, ...]]) -> Asking[Any]:
    """The one row of a select that always has one, such as a count."""
    (found,) = yield from rows(query)
    return found


def of(query: Callable[P, T], *args: P.args, **known_by: P.kwargs) -> Asking[T]:
    """What a feature has registered, among questions: asked now, where it can only be asked alone.

    A register takes both: a plain function, and a query that may be asked with others.
    """
    if isinstance(query, Query):
        return query.ask(*args, **known_by)
    return known(query(*args, **known_by))


def gather(parents: Iterable[object], name: str, children: Iterable[object], by: str) -> None:
    """Give each object those of the others that name it, as its collection, as if it had read them.

    The children stand in the order in which the collection has them.
    """
    of_parent: dict[object, list[object]] = {}
    for child in children:
        of_parent.setdefault(getattr(child, by), []).append(child)
    for parent in parents:
        set_committed_value(parent, name, of_parent.get(parent.id, []))  # type: ignore[attr-defined]


def known(value: T) -> Asking[T]:
    """What is known without asking, among questions."""
    yield from ()
    return value


def at_once(*askings: Asking[Any]) -> Asking[list[Any]]:
    """Several questions inside one: what they wait for is asked together, step by step."""
    answers: list[Any] = [None] * len(askings)
    waiting: dict[int, Queries] = {}

    def go_on(number: int, given: Answers | None) -> None:
        try:
            waiting[number] = askings[number].send(given)  # type: ignore[arg-type]
        except StopIteration as done:
            answers[number] = done.value

    for number in range(len(askings)):
        go_on(number, None)
    while waiting:
        asked, waiting = waiting, {}
        given = iter((yield [query for queries in asked.values() for query in queries]))
        for number, queries in asked.items():
            go_on(number, [next(given) for _ in queries])
    return answers


def ask(*askings: Asking[Any]) -> list[Any]:
    """Ask all this at once, and give the answers in the same order."""
    return answer(at_once(*askings))


def answer(asking: Asking[T]) -> T:
    """Send what is asked for until there is an answer."""
    given: Answers | None = None
    while True:
        try:
            queries = asking.send(given)  # type: ignore[arg-type]
        except StopIteration as done:
            found: T = done.value
            return found
        given = joining.send(queries)
