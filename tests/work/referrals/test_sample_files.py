"""The county's sample files give the figures that were agreed, on both databases."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskCliRunner

from beacon.core.db import db
from beacon.feeds.models import ImportBatch

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))
FIGURES = ("read", "created", "updated", "unchanged", "rejected")
MONDAY, TUESDAY = "2026-11-23T09:00+00:00", "2026-11-24T09:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the samples, so that what is sent back is written beside it."""
    shutil.copytree(DATA, tmp_path / "feeds")
    return tmp_path / "feeds"


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def taken(runner: FlaskCliRunner, path: Path, feed: str, at: str, *more: str):
    arguments = ["referrals", "import", str(path), "--feed", feed, "--at", at, "--json", *more]
    answer = runner.invoke(args=arguments)
    return answer.exit_code, json.loads(answer.stdout or "{}"), answer.stderr


def figures(report: dict[str, int], *names: str) -> dict[str, int]:
    return {name: report[name] for name in names or FIGURES}


def agreed(name: str) -> dict[str, int]:
    return figures(EXPECTED[name])


@pytest.mark.timeout(300)
@pytest.mark.long_on("postgresql")
def test_the_police_list_its_second_coming_and_the_next_day(runner: FlaskCliRunner, folder: Path):
    code, first, _ = taken(runner, folder / "police.csv", "police", MONDAY)
    assert (code, figures(first)) == (1, agreed("police.csv"))
    parts = ("people_new", "people_linked", "queued_for_review")
    assert first["created"] == sum(first[name] for name in parts)
    assert first["read"] == sum(first[name] for name in FIGURES[1:])

    code, again, _ = taken(runner, folder / "police.csv", "police", MONDAY)
    assert (code, again["unchanged"], again["rejected"]) == (1, 1222, 6)
    assert again["created"] == again["updated"] == 0

    code, dry, _ = taken(runner, folder / "police-next-day.xlsx", "police", TUESDAY, "--dry-run")
    code, next_day, _ = taken(runner, folder / "police-next-day.xlsx", "police", TUESDAY)
    assert (code, figures(next_day)) == (0, agreed("police-next-day.xlsx"))
    assert figures(dry, *FIGURES, *parts, "cases_opened") == figures(
        next_day, *FIGURES, *parts, "cases_opened"
    )

    returned = folder / "police.csv.rejected.csv"
    assert returned.stat().st_mode & 0o777 == 0o600
    assert len(returned.read_text("utf-8-sig").splitlines()) == 7
    verified = runner.invoke(args=["audit", "verify", "--json"])
    assert json.loads(verified.stdout)["ok"] is True


@pytest.mark.timeout(300)
@pytest.mark.long_on("postgresql")
def test_the_fraud_list_and_its_second_coming(runner: FlaskCliRunner, folder: Path):
    code, first, _ = taken(runner, folder / "fraud.xlsx", "fraud", MONDAY)
    assert (code, figures(first)) == (1, agreed("fraud.xlsx"))
    code, again, _ = taken(runner, folder / "fraud.xlsx", "fraud", MONDAY)
    assert (code, again["unchanged"], again["rejected"]) == (1, 707, 4)


@pytest.mark.parametrize(
    ("name", "feed", "says"),
    [
        ("fraud-cp1252.csv", "fraud", "UTF-8"),
        ("police.csv", "fraud", "not a fraud file"),
        ("nowhere.csv", "police", "no file"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing_and_says_why_in_one_line(
    runner: FlaskCliRunner, folder: Path, name: str, feed: str, says: str
):
    arguments = ["referrals", "import", str(folder / name), "--feed", feed, "--at", MONDAY]
    answer = runner.invoke(args=[*arguments, "--json"])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert says in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
    assert db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) == 0
