"""A part whose evidence is numbered rules: each by its tests, and what became of spoiled code."""

from __future__ import annotations

import os
import re
import textwrap
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from postgres import database
from proving import numbers
from proving.numbers import Rule, Verdict
from proving.running import ROOT, Broken, Outcome, run

WORKERS, HOURS = "2", 4
# The folders of `make test`; the evidence that only one part runs lies in a folder of its own.
WHERE = ("unit", "architecture", "migrations", "work", "web", "journeys")


@dataclass(frozen=True)
class Part:
    """One part: its name, and how its code is spoiled once its rules are proved.

    `alone`: its own evidence is run with nothing beside it, because it counts or times.
    `unclaimed`: it also runs what the suite left to the long evidence and no part claims.
    """

    name: str
    sabotage: Callable[[Sequence[Verdict], Sequence[Outcome]], int]
    alone: bool = False
    unclaimed: bool = False

    @property
    def folder(self) -> str:
        """Where the evidence lies that only this part runs."""
        return f"tests/proof/{self.name}"

    @property
    def table(self) -> Path:
        """The rules of this part."""
        return ROOT / self.folder / "ids.toml"


def asked_for(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that IDS names, or all."""
    wanted = re.findall(r"[A-Z]-\d\d", os.environ.get("IDS", ""))
    if strangers := [number for number in wanted if number not in rules]:
        raise SystemExit(f"{', '.join(strangers)}: no such id in the table of this part.")
    return {number: rules[number] for number in wanted} if wanted else dict(rules)


def gather(part: Part, rules: Mapping[str, Rule], *, whole: bool) -> list[Outcome]:
    """Run every test that carries one of the numbers."""
    asked = [f"--numbers={','.join(rules)}", *([f"--whole={part.folder}"] if whole else [])]
    if whole and part.unclaimed:
        asked.append(f"--claimed={','.join(claimed())}")
    own = part.folder.removeprefix("tests/")
    if not part.alone:
        return run(["-n", WORKERS, *asked, *there((*WHERE, own))])
    beside = run(["-n", WORKERS, *asked, *there(WHERE)])
    return beside + run(["-p", "no:xdist", *asked, *there((own,))], minutes=HOURS * 60)


def claimed() -> list[str]:
    """Every number of every part."""
    tables = sorted((ROOT / "tests" / "proof").glob("*/ids.toml"))
    return sorted({number for table in tables for number in numbers.rules(table)})


def there(folders: Iterable[str]) -> list[str]:
    """Those of the folders of tests that hold any."""
    return [f"tests/{name}" for name in folders if any((ROOT / "tests" / name).rglob("test_*.py"))]


def say(line: str, more: str = "") -> None:
    """Print one line, and under it what there is to add."""
    print(line, flush=True)
    if more.strip():
        print(textwrap.indent(more.strip(), "    "), flush=True)


def say_verdicts(verdicts: list[Verdict]) -> None:
    """One line for each rule; under a failure, which tests and why."""
    told = set[str]()
    for one in verdicts:
        say(one.line)
        for failure in one.failures:
            say(f"    {failure.test}", "" if failure.test in told else failure.why)
            told.add(failure.test)


def say_others(part: Part, outcomes: list[Outcome], rules: Mapping[str, Rule]) -> int:
    """The evidence of this part, with its figures, and whatever could not be read."""
    failed = 0
    for one in outcomes:
        evidence = one.test.startswith(part.folder)
        if not set(one.numbers) & set(rules) and (evidence or one.outcome == "failed"):
            reason = f"left out: {one.why}" if one.outcome == "skipped" else one.outcome
            say(f"{one.name}, {reason}", one.why if one.outcome == "failed" else one.said)
            failed += one.outcome == "failed"
        elif evidence and one.said.strip() and one.outcome == "passed":
            say(f"{one.name}:", one.said)
    return failed


def prove(part: Part) -> int:
    """Prove the rules, then spoil the code, on a PostgreSQL of this run's own."""
    with database(os.environ) as settings:
        os.environ.update(settings)
        return prove_here(part)


def prove_here(part: Part) -> int:
    """Prove the rules, then spoil the code."""
    begun, known = time.monotonic(), numbers.rules(part.table)
    rules = asked_for(known)
    try:
        outcomes = gather(part, rules, whole=len(rules) == len(known))
    except Broken as fault:
        say(f"{part.name}, failed: the tests could not be run", str(fault))
        return 1
    tests = numbers.by_number(outcomes)
    verdicts = [numbers.verdict(rule, tests[number]) for number, rule in rules.items()]
    say_verdicts(verdicts)
    broken = say_others(part, outcomes, rules)
    green = part.sabotage(verdicts, outcomes)
    passed = sum(one.outcome == "passed" for one in verdicts)
    failed = sum(one.outcome.startswith("failed") for one in verdicts) + broken
    left_out = len(verdicts) + broken - passed - failed
    print(
        f"{part.name}: {passed} passed, {failed} failed, {left_out} left out; "
        f"sabotage: {green} not found out; {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return 1 if failed or green else 0
