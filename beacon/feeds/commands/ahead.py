"""Lots of rows that are made ready in processes beside this one, while it writes those before."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from beacon.core.beside import Beside
from beacon.core.db import db
from beacon.core.reserve import Keys, Reserve
from beacon.feeds.commands.report import Made, Ready, Together
from beacon.feeds.reading import RawRow

Rows = list[RawRow]


@dataclass(frozen=True)
class Lot:
    """The next rows, and perhaps what has been made of them."""

    rows: Rows
    made: Ready | None = None


@dataclass(frozen=True)
class _Asked:
    rows: Rows
    keys: Keys
    answer: Future[list[Made]] | None


def one_after_another(lots: Iterator[Rows]) -> Generator[Lot]:
    """The lots as they are: nothing is made ready."""
    for rows in lots:
        yield Lot(rows)


def made_ahead(
    lots: Iterator[Rows], together: Together, batch_id: int, number: int
) -> Generator[Lot]:
    """The lots in their order, each made ready by one of so many processes.

    The first is not: it shows which keys a lot needs.
    """
    for rows in lots:
        yield Lot(rows)
        break
    reserve = Reserve(db.session())
    waiting: deque[_Asked] = deque()
    with Beside(together.beside(batch_id), number) as beside:

        def next_lot() -> Lot:
            asked = waiting.popleft()
            made = beside.answer(asked.answer)
            return Lot(asked.rows, None if made is None else Ready(made, asked.keys, reserve))

        for rows in lots:
            keys = reserve.draw(together.needed)
            db.session.rollback()
            answer = beside.ask(rows, keys) if keys else None  # nothing new so far: nothing is made
            waiting.append(_Asked(rows, keys, answer))
            if len(waiting) > number + 1:
                yield next_lot()
        while waiting:
            yield next_lot()
