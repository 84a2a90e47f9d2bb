"""A server that stands in another time zone sends the same texts at the same moments."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# What is decided by the hour, without the tests of several senders at once and of the storm.
WHERE = ("unit/courts", "unit/notify", "work/courts", "work/notify")
FEWEST = 400


@pytest.mark.proves("D-05")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_the_tests_of_texts_and_of_time_pass_in_another_zone(zone: str, tmp_path: Path):
    order = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={tmp_path}"]
    order += ["-k", "not postgresql and not several"]
    order += ["-m", "not long", f"--basetemp={tmp_path / 'tests'}"]
    order += [f"tests/{place}" for place in WHERE]
    done = subprocess.run(
        order,
        cwd=ROOT,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"([0-9]+) passed", done.stdout)
    assert passed, done.stdout[-400:]
    assert int(passed[1]) > FEWEST
