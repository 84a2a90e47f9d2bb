"""How often Python looks for objects that only name each other, while an import makes many."""

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
def seldom_collected() -> Iterator[None]:
    """Look for such objects once in a lot of rows, not once in a few of them.

    What is there already is not looked through again until this ends. It holds for the whole
    process; of several at once the last one ends it.
    """
    global _open, _before
    with _lock:
        _open += 1
        if _open == 1:
            _before = gc.get_threshold()
            gc.freeze()
            gc.set_threshold(OBJECTS_BETWEEN, *_before[1:])
    try:
        yield
    finally:
        with _lock:
            _open -= 1
            if not _open:
                gc.set_threshold(*_before)
                gc.unfreeze()
