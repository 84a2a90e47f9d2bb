"""However a file comes, by whom, how often, and wherever it is cut short: one result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from beacon.core import clock
from beacon.core.db import db
from tests import servers
from tests.proof.ways_in.children import AT, begun, importing, killed_when, referrals
from tests.ways import MONDAY, WAYS, Files, what_stands

DATA = Path(__file__).parents[2] / "data"
ROWS = 1_200  # six transactions of an import, so that it can be killed at five moments


def afresh(app: Flask) -> None:
    """The database as it was before any file came."""
    db.session.remove()
    servers.fresh_copy(app)


def samples() -> Files:
    """Every sample of the feeds, the first of each twice."""
    names = {"police": ("police.csv", "police.csv", "police-next-day.xlsx"),
             "fraud": ("fraud.xlsx", "fraud.xlsx")}  # fmt: skip
    return [
        (feed, f"{number}-{name}", (DATA / name).read_bytes())
        for feed, of_feed in names.items()
        for number, name in enumerate(of_feed)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The first rows of the police list."""
    lines = (DATA / "police.csv").read_bytes().splitlines(keepends=True)
    file = tmp_path / "police.csv"
    file.write_bytes(b"".join(lines[: ROWS + 1]))
    return file


def result(stood: dict[str, Any]) -> dict[str, Any]:
    """What came of a file, without how often its rows were looked at."""
    return {part: stood[part] for part in ("counts", "referrals")}


def test_the_samples_by_four_ways_come_to_the_same(
    app: Flask, desk: Callable[..., Any], tmp_path: Path
):
    stood = {}
    for way, bring in WAYS.items():
        afresh(app)
        (tmp_path / way).mkdir()
        with clock.fixed(MONDAY):
            bring(app, desk, samples(), tmp_path / way)
        stood[way] = what_stands()
        print(f"{way}: {stood[way]['figures']}")
    for way in WAYS:
        for part, found in stood["command"].items():
            assert stood[way][part] == found, f"{way}: {part}"


@pytest.mark.proves("M-12")
def test_the_same_file_by_two_at_once_comes_to_one_result(app: Flask, path: Path):
    assert begun(app, *importing(path)).wait(600) in {0, 1}
    once = result(what_stands())
    afresh(app)
    both = [begun(app, *importing(path)) for _ in range(2)]
    ended = [child.wait(900) for child in both]
    stood = what_stands()
    assert result(stood) == once
    assert ended == [0, 0], "one of the two gave up"
    assert stood["figures"]["read"] == 2 * ROWS
    print(f"two at once: {stood['figures']}")


@pytest.mark.proves("M-13")
def test_an_import_that_is_killed_at_five_moments_is_finished_by_the_next(app: Flask, path: Path):
    assert begun(app, *importing(path)).wait(600) in {0, 1}
    unbroken, whole = result(what_stands()), referrals()
    for part in (0, 1, 2, 3, 4):
        afresh(app)
        wanted = whole * part // 5
        child = begun(app, *importing(path))
        assert killed_when(child, lambda wanted=wanted: referrals() > wanted)
        left = referrals()
        assert 0 < left < whole
        assert begun(app, *importing(path)).wait(600) in {0, 1}
        assert result(what_stands()) == unbroken
        print(f"killed at {left} of {whole} referrals, then run again: the same")


@pytest.mark.proves("M-13")
def test_a_scheduler_that_is_killed_over_the_drop_folder_takes_it_up_again(
    app: Flask, path: Path, tmp_path: Path
):
    tick = ("scheduler", "tick", *AT)
    content = path.read_bytes()

    def laid(name: str) -> dict[str, str]:
        afresh(app)
        folder = tmp_path / name
        (folder / "police").mkdir(parents=True)
        (folder / "police" / "police.csv").write_bytes(content)
        return {"BEACON_DROP_FOLDER": str(folder)}

    assert begun(app, *tick, **laid("unbroken")).wait(600) in {0, 1}
    unbroken, whole = result(what_stands()), referrals()
    assert whole > 0
    for part in (1, 3):
        where = laid(f"killed-{part}")
        child = begun(app, *tick, **where)
        assert killed_when(child, lambda part=part: referrals() > whole * part // 5)
        left = referrals()
        assert 0 < left < whole
        assert begun(app, *tick, **where).wait(600) in {0, 1}
        assert result(what_stands()) == unbroken
        done = Path(where["BEACON_DROP_FOLDER"]) / "police" / "done"
        assert len(list(done.glob("*-police.csv"))) == 1
        print(f"the scheduler killed at {left} of {whole} referrals, then run again: the same")
