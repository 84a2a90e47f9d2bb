"""The same files by page, command, folder and program come to the same.

Parts of the samples; the whole of them is left to `make prove PART=ways-in`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from tests import servers
from tests.ways import MONDAY, WAYS, what_stands

DATA = Path(__file__).parents[2] / "data"


def parts() -> list[tuple[str, str, bytes]]:
    """The first rows of the police list with one that is rejected, again, and a day later."""
    lines = (DATA / "police.csv").read_bytes().splitlines(keepends=True)
    first = b"".join([*lines[:25], lines[1].replace(b"2026", b"20x6", 1)])
    later = b"".join([lines[0], *lines[15:40]])
    return [("police", "one.csv", first), ("police", "two.csv", first), ("police", "3.csv", later)]


@pytest.mark.timeout(300)
def test_the_same_files_by_four_ways_come_to_the_same(
    app: Flask, desk: Callable[..., Any], tmp_path: Path
):
    stood = {}
    for way, bring in WAYS.items():
        db.session.remove()
        servers.fresh_copy(app)
        (tmp_path / way).mkdir()
        with clock.fixed(MONDAY):
            bring(app, desk, parts(), tmp_path / way)
        stood[way] = what_stands()
    assert stood["command"]["figures"]["read"] > 70
    assert stood["command"]["figures"]["unchanged"] > 20
    for way in WAYS:
        for part, found in stood["command"].items():
            assert stood[way][part] == found, f"{way}: {part}"
