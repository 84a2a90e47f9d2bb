"""Runs pytest in a process of its own, and reads what came of each test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent
ROOT = TOOLS.parent
# Pytest's own page of results belongs to `make test`; here the report takes its place.
QUIETLY = ("-o", "addopts=", "--import-mode=importlib", "--strict-markers", "-p", "no:terminal")
NO_TESTS = 5  # pytest's own exit status


class Broken(RuntimeError):
    """Pytest itself could not run."""


@dataclass(frozen=True)
class Outcome:
    """What came of one test."""

    test: str
    numbers: tuple[str, ...]
    outcome: str
    when: str
    why: str
    said: str
    seconds: float

    @property
    def name(self) -> str:
        """The test without its file."""
        return self.test.partition("::")[2]


def run(
    words: Sequence[str], *, root: Path = ROOT, order: Iterable[str] = (), minutes: int = 60
) -> list[Outcome]:
    """Run pytest with these words over a tree; the tests of an order, in that order."""
    with tempfile.TemporaryDirectory(prefix="beacon-proof-") as folder:
        report, tests = Path(folder) / "report.json", Path(folder) / "order.txt"
        asked = [sys.executable, "-m", "pytest", "-p", "proving.plugin", f"--report={report}"]
        asked += [*QUIETLY, f"--timeout={minutes * 60}", *words]
        if wanted := list(order):
            tests.write_text("\n".join(wanted), "utf-8")
            asked.append(f"--in-order={tests}")
        try:
            done = subprocess.run(
                asked,
                cwd=root,
                env=os.environ | {"PYTHONPATH": str(root / "tools")},
                capture_output=True,
                text=True,
                check=False,
                timeout=minutes * 60,
            )
        except subprocess.TimeoutExpired as fault:
            raise Broken(f"the tests took more than {minutes} minutes") from fault
        if not report.exists():
            raise Broken(f"{done.stdout}\n{done.stderr}".strip())
        found = [read(name, facts) for name, facts in json.loads(report.read_text("utf-8")).items()]
        if done.returncode not in {0, 1, NO_TESTS} and not any(
            one.outcome == "failed" for one in found
        ):
            raise Broken(f"pytest ended with {done.returncode}: {done.stdout}\n{done.stderr}")
        return found


def read(test: str, facts: dict[str, object]) -> Outcome:
    """One test of the report."""
    return Outcome(
        test=test,
        numbers=tuple(map(str, facts["numbers"])),  # type: ignore[call-overload]
        outcome=str(facts["outcome"]),
        when=str(facts["when"]),
        why=str(facts["why"]),
        said=str(facts["said"]),
        seconds=float(str(facts["seconds"])),
    )
