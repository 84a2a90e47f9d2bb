"""When Python looks for rubbish: never in what stays, and seldom while an import makes much."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Two hundred rows make some fifty thousand objects, of which nearly all are dropped together.
OBJECTS_BETWEEN = 50_000
_lock = Lock()
_open = 0
_before = gc.get_threshold()


@contextmanager
def that_stays() -> Iterator[None]:
    """Make, inside, what lives as long as the process.

    The collector rests meanwhile, and passes over it for good: a seventh of the start is saved, and
    some of every request.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look once in a lot of rows, not once in a few of them.

    It holds for the whole process; of several at once the last one ends it.
    """
    global _open, _before
    with _lock:
        _open += 1
        if _open == 1:
            _before = gc.get_threshold()
            gc.set_threshold(OBJECTS_BETWEEN, *_before[1:])
    try:
        yield
    finally:
        with _lock:
            _open -= 1
            if not _open:
                gc.set_threshold(*_before)
