"""Several dispatchers on one database, each in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

from flask import Flask

from beacon.core.db import db, transaction
from beacon.core.settings import Setting
from tests.provider.process import ROOT, Provider


def environment(app: Flask, provider: Provider, **more: str) -> dict[str, str]:
    """What a process needs to be another one of this installation, texting through the stand-in."""
    config = app.config["BEACON"]
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BEACON_")},
        "BEACON_INSTANCE": str(config.instance),
        "DATABASE_URL": config.database_url,
        "BEACON_LOG": "console",
        **provider.settings,
        **more,
    }


def dispatcher(env: dict[str, str], at: datetime, passes: int = 1) -> subprocess.Popen[str]:
    """One dispatcher, waiting for the word."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.provider.dispatcher", at.isoformat(), str(passes)],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def until(process: subprocess.Popen[str], word: str) -> None:
    """Read the process's lines until it says the word."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"the dispatcher ended before it said {word}")


def go(process: subprocess.Popen[str]) -> None:
    """Give the word."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def last_line(process: subprocess.Popen[str]) -> int:
    """How many it sent, once it has ended."""
    assert process.stdout is not None
    lines = [line.strip() for line in process.stdout if line.strip().isdigit()]
    assert process.wait(timeout=600) == 0
    return int(lines[-1])


def without_caps() -> None:
    """No most for a day or a number, where caps are not the point."""
    with transaction() as session:
        for name in ("texts.daily_cap", "texts.per_number_hour", "texts.per_number_day"):
            session.add(Setting(name=name, text="99999"))
    db.session.remove()
