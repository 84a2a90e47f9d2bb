"""The long evidence: kill storms, crawls, sabotage, mutation. One line for each thing proved.

A part is a folder of tests under tests/proof; each test is one piece of evidence. Its id is what
`@pytest.mark.proves("T-05")` names, or else the test's own name. Prints `id, passed | failed | left
out: why`, and under it whatever figures the test printed. Five parts gather evidence in their own
way: `suite` from what tests/slow.txt names, `access` and `texts` from every test that carries one
of their ids, `postgresql` from what the suite asks of SQLite alone, `mutation` from code altered on
purpose.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from proving import access, left_out, mutation, texts
from scratch import scratch

ROOT = Path(__file__).resolve().parent.parent
PROOF = ROOT / "tests" / "proof"
MINUTES = 240
# Each part with the folder that holds its evidence.
PARTS: dict[str, Path] = {
    "suite": ROOT / "tests",
    "access": PROOF / "access",
    "texts": PROOF / "texts",
    "clock": PROOF / "clock",
    "ways-in": PROOF / "ways_in",
    "desk": PROOF / "desk",
    "hub": PROOF / "hub",
    "voice": PROOF / "voice",
    "postgresql": ROOT / "tests" / "work",
    "mutation": PROOF / "mutation",
}
OWN_WAY: dict[str, Callable[[], int]] = {
    "suite": left_out.prove_slow,
    "access": access.prove,
    "texts": texts.prove,
    "postgresql": left_out.prove_on_postgresql,
    "mutation": mutation.prove,
}
# Our own lines take the place of pytest's, and of the options that belong to them.
QUIETLY = (
    *("-o", "addopts=", "--import-mode=importlib", "--strict-markers", "--timeout=3600"),
    *("-p", "no:terminal", "-p", "no:xdist"),
)
NOT_YET = "no evidence written for this part yet"


class Lines:
    """Prints one line for each piece of evidence as soon as it is known."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self.passed = self.failed = self.left_out = 0

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Learn what each test proves."""
        for item in items:
            marks = [str(word) for mark in item.iter_markers("proves") for word in mark.args]
            self._ids[item.nodeid] = " ".join([*marks, item.name]) if marks else item.name

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot even be read is a failure, not an absence."""
        if report.failed:
            self._line(report.nodeid, "failed", report.longreprtext)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Print the line when the test is over, or when its preparation failed or was left out."""
        name = self._ids.get(report.nodeid, report.nodeid)
        if report.failed:
            self._line(name, "failed", report.longreprtext)
        elif report.skipped:
            self._line(name, f"left out: {why(report)}")
        elif report.when == "call":
            self._line(name, "passed", report.capstdout)

    def _line(self, name: str, outcome: str, more: str = "") -> None:
        self.passed += outcome == "passed"
        self.failed += outcome == "failed"
        self.left_out += outcome.startswith("left out")
        print(f"{name}, {outcome}", flush=True)
        if more.strip():
            print(textwrap.indent(more.strip(), "    "), flush=True)


def why(report: pytest.TestReport) -> str:
    """The reason that the test gave for being left out."""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return getattr(report, "wasxfail", "") or report.longreprtext


def has_evidence(part: str) -> bool:
    """Whether anybody has written a test for this part."""
    return any(PARTS[part].rglob("test_*.py"))


def prove(part: str) -> int:
    """Prove one part in this process."""
    if part in OWN_WAY:
        return OWN_WAY[part]()
    if not has_evidence(part):
        print(f"{part}, left out: {NOT_YET}", flush=True)
        return 0
    begun, lines = time.monotonic(), Lines()
    status = pytest.main([*QUIETLY, str(PARTS[part])], plugins=[lines])
    took = time.monotonic() - begun
    print(
        f"{part}: {lines.passed} passed, {lines.failed} failed, {lines.left_out} left out, "
        f"{took:.0f} s",
        flush=True,
    )
    return 1 if status or lines.failed else 0


def prove_all() -> int:
    """Prove every part in turn, each in a process of its own, so that none disturbs the next."""
    failed = []
    for part in PARTS:
        try:
            order = [sys.executable, str(Path(__file__)), part]
            done = subprocess.run(order, cwd=ROOT, check=False, timeout=MINUTES * 60)
        except subprocess.TimeoutExpired:
            print(f"{part}, failed: it took more than {MINUTES} minutes", flush=True)
            failed.append(part)
        else:
            if done.returncode:
                failed.append(part)
    return 1 if failed else 0


def main(words: list[str]) -> int:
    """Prove the part that was asked for, or all."""
    if not words:
        return prove_all()
    if len(words) > 1 or words[0] not in PARTS:
        print(f"There is no such part. The parts are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    with scratch():
        return prove(words[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
