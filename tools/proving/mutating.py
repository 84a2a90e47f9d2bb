"""A pytest plugin for code that is altered on purpose: the quickest tests first.

It also counts as called, by every test, the functions that worked when the code was read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

AT_READ = "BEACON_PROOF_AT_READ"  # with spaces between them
KNOWN = Path("mutmut-stats.json")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the quickest first, once it is known how long each takes."""
    if KNOWN.exists():
        took = json.loads(KNOWN.read_text("utf-8"))["duration_by_test"]
        items.sort(key=lambda item: took.get(item.nodeid, 0.0))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Note what was called when the code was read, before the notes of this test are taken."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        from mutmut.stats import record_trampoline_hit

        for name in os.environ.get(AT_READ, "").split():
            record_trampoline_hit(name)
    return (yield)
