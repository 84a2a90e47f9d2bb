"""Runs the whole suite in three stages, and says in one line each what was left out and why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from postgres import database
from scratch import scratch

ROOT = Path(__file__).resolve().parent.parent
STAGES: tuple[tuple[str, ...], ...] = (
    ("tests/unit",),
    ("tests/architecture", "tests/migrations", "tests/work", "tests/web"),
    ("tests/journeys",),
)
WORKERS = "2"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_TESTS = 5  # pytest's own exit status


@dataclass
class Outcome:
    """What the stages came to, added up."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, report: Path) -> None:
        """Count one stage from pytest's own report."""
        if not report.exists():
            self.failed += 1
            return
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
            elif (skip := case.find("skipped")) is not None:
                self.skipped += 1
                self.left_out[skip.get("message", "no reason given")] += 1
            else:
                self.passed += 1


def run_stage(paths: tuple[str, ...], report: Path, settings: Mapping[str, str]) -> int:
    """Run pytest over the folders of one stage that are there."""
    order = [sys.executable, "-m", "pytest", "-n", WORKERS, "-q", f"--junitxml={report}"]
    order += ["-m", "not long and not slow", "--dist=worksteal"]
    order += ["--durations=40", "--durations-min=3"]
    order += [path for path in paths if (ROOT / path).is_dir()]
    return subprocess.run(order, cwd=ROOT, env=dict(settings), check=False).returncode


def run_all(settings: Mapping[str, str], folder: Path) -> Outcome:
    """Run every stage, also after one that failed: one run shows everything."""
    total = Outcome()
    for number, paths in enumerate(STAGES, start=1):
        there = [path for path in paths if (ROOT / path).is_dir()]
        names = ", ".join(path.removeprefix("tests/") for path in paths)
        if not there:
            print(f"left out: {names}: there are no such tests")
            continue
        print(f"-- stage {number} of {len(STAGES)}: {names}", flush=True)
        begun, report = time.monotonic(), folder / f"stage-{number}.xml"
        status = run_stage(paths, report, settings)
        before = total.failed
        total.add(report)
        if status not in (0, NO_TESTS) and total.failed == before:
            total.failed += 1  # pytest itself broke: never count that as well
        print(f"-- stage {number} took {time.monotonic() - begun:.0f} s", flush=True)
    return total


def say_what_is_missing() -> None:
    """Name now what the machine lacks; the tests that need it give the same reason."""
    print(
        "left out: what is slow: make prove PART=suite; what repeats for one more role or "
        "database: make prove PART=access, PART=texts and PART=postgresql"
    )
    if not any(shutil.which(name) for name in BROWSERS):
        print("left out: browser journeys: no Chromium on this machine (apt-get install chromium)")
    if not os.environ.get("BEACON_TWILIO_OPENAPI"):
        print("left out: the check against Twilio's description: BEACON_TWILIO_OPENAPI is not set")


def main() -> int:
    """Run, add up, and close with one line that a machine can read."""
    begun = time.monotonic()
    say_what_is_missing()
    with scratch() as folder, database(os.environ) as settings:
        total = run_all(settings, folder)
    for reason, count in sorted(total.left_out.items()):
        print(f"left out: {count} {'test' if count == 1 else 'tests'}: {reason}")
    print(f"took {time.monotonic() - begun:.0f} seconds")
    closing = f"{total.passed} passed, {total.failed} failed"
    print(closing + (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
