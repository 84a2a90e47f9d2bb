"""The doctor is who is asked when the database is away: it says so, and looks at the rest."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from beacon.web.terminal import UNANSWERED
from config import ROOT


@pytest.mark.parametrize("file", ["none/beacon.sqlite", "beacon.sqlite"], ids=["away", "empty"])
def test_the_doctor_answers_where_the_database_does_not(tmp_path: Path, file: str):
    settings = {"BEACON_INSTANCE": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / file}"}
    answer = subprocess.run(
        [sys.executable, "-m", "flask", "doctor", "--json"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (1, "")
    found = {row["check"]: row["state"] for row in json.loads(answer.stdout)}
    assert (found["schema"], found["calendar"]) == ("fault", "fault")
    assert found["database"] == ("fault" if "none" in file else "ok")


def test_a_command_that_the_database_does_not_answer_says_so_in_one_line(tmp_path: Path):
    def flask(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "BEACON_INSTANCE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert flask("db", "upgrade").returncode == 0
    driver = sqlite3.connect(tmp_path / "beacon.sqlite", isolation_level=None)
    driver.execute("BEGIN EXCLUSIVE")
    name = "Somebody Secret"
    who = ("secret.somebody@example.org", "--name", name, "--role", "analyst", "--json")
    answer = flask("accounts", "create", *who)
    driver.execute("ROLLBACK")
    driver.close()
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.splitlines() == [UNANSWERED]
