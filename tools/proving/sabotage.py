"""Takes the guard of a rule out of a copy of the tree, and expects the rule's tests to fail."""

from __future__ import annotations

import ast
import os
import random
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proving.running import ROOT, Broken, Outcome, run

TABLE = ROOT / "tests" / "proof" / "access" / "sabotage.toml"
DRAWN = 25
SEED = 20261122
AT_ONCE = 2
MINUTES = 10
# How a test on the other database is named.
ELSEWHERE = {"sqlite": r"[-\[]postgresql[-\]]", "postgresql": r"[-\[]sqlite[-\]]"}
# Made by tools, or not the product's.
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".cache", ".hypothesis", "instance", "__pycache__", "mutants", "bench.json"
)


class Spoiled(RuntimeError):
    """The table of removals does not fit the code any more."""


@dataclass(frozen=True)
class Edit:
    """One place in one file where a guard stands, and what is put there instead."""

    file: str
    text: str
    instead: str

    def do(self, root: Path) -> None:
        """Take the guard out; its text must stand there once, no more and no less."""
        path = root / self.file
        if not path.is_file():
            raise Spoiled(f"there is no {self.file}")
        was = path.read_text("utf-8")
        if (found := was.count(self.text)) != 1:
            raise Spoiled(f"the guard stands {found} times in {self.file}, not once")
        now = was.replace(self.text, self.instead)
        if path.suffix == ".py":
            try:
                ast.parse(now)
            except SyntaxError as fault:
                raise Spoiled(f"{self.file} would not be Python any more: {fault}") from fault
        path.write_text(now, "utf-8")


@dataclass(frozen=True)
class Removal:
    """What is done to the code so that a rule no longer holds."""

    number: str
    guard: str
    edits: tuple[Edit, ...]
    database: str = "sqlite"


@dataclass(frozen=True)
class Finding:
    """What the tests of a rule said once its guard was gone."""

    number: str
    guard: str
    red: str = ""
    fault: str = ""
    said: str = ""  # what the test printed, and the assertion that failed

    @property
    def line(self) -> str:
        """`A-16: the step was not compared -> red: test_a_code_is_used_once`."""
        about = f"{self.number}: {self.guard}" if self.guard else self.number
        return f"{about} -> " + (f"red: {self.red}" if self.red else f"failed: {self.fault}")


def written(path: Path) -> Iterator[Removal]:
    """Every removal of a table, for each of its numbers."""
    for row in tomllib.loads(path.read_text("utf-8")).get("removal", []):
        edits = tuple(
            Edit(one["file"], one["text"].strip("\n"), one["instead"].strip("\n"))
            for one in (row, *row.get("also", []))
        )
        for number in row["id"].split():
            yield Removal(number, row["guard"], edits, row.get("database", "sqlite"))


def removals(path: Path = TABLE) -> dict[str, Removal]:
    """The removal of each number."""
    found: dict[str, Removal] = {}
    for removal in written(path):
        if removal.number in found:
            raise Spoiled(f"{removal.number} has two removals")
        found[removal.number] = removal
    return found


@contextmanager
def copy_of_tree(root: Path = ROOT) -> Iterator[Path]:
    """The tree in another place, to be spoiled there."""
    with tempfile.TemporaryDirectory(prefix="beacon-sabotage-") as folder:
        copy = Path(folder) / "beacon"
        shutil.copytree(root, copy, ignore=NOT_COPIED)
        if (root / ".venv").exists():
            (copy / ".venv").symlink_to((root / ".venv").resolve())
        yield copy


def seed() -> int:
    """The seed that was asked for, or the usual one."""
    return int(os.environ.get("SEED") or SEED)


def draw(numbers: Iterable[str], how_many: int = DRAWN) -> list[str]:
    """So many of the numbers, by the seed."""
    known = sorted(numbers)
    chance = random.Random(seed())  # noqa: S311 - to be drawn again, not to be secret
    return sorted(chance.sample(known, min(how_many, len(known))))


def try_one(number: str, known: dict[str, Removal], tests: Sequence[Outcome]) -> Finding:
    """Take one guard out, and run the tests of its number, the quickest first."""
    if number not in known:
        return Finding(number, "", fault="no removal is written for it")
    return try_removal(known[number], tests)


def try_removal(removal: Removal, tests: Sequence[Outcome], *, minutes: int = MINUTES) -> Finding:
    """Make the edits of one removal in a copy of the tree, and run these tests there."""
    elsewhere = re.compile(ELSEWHERE[removal.database])
    quickest = sorted(tests, key=lambda one: (one.seconds, one.test))
    order = [
        one.test for one in quickest if one.outcome == "passed" and not elsewhere.search(one.test)
    ]
    try:
        with copy_of_tree() as copy:
            for edit in removal.edits:
                edit.do(copy)
            files = sorted({test.partition("::")[0] for test in order})
            found = run(["-x", "-p", "no:xdist", *files], root=copy, order=order, minutes=minutes)
    except (Spoiled, Broken) as fault:
        return Finding(removal.number, removal.guard, fault=str(fault))
    return judge(removal, found)


def judge(removal: Removal, found: Sequence[Outcome]) -> Finding:
    """Red is a test that ran and failed; a file that cannot be read proves nothing."""
    red = [one for one in found if one.outcome == "failed"]
    if not red:
        fault = f"{len(found)} tests stayed green" if found else "no test of it ran"
        return Finding(removal.number, removal.guard, fault=fault)
    if red[0].when == "collect":
        return Finding(removal.number, removal.guard, fault=f"unreadable: {red[0].why}")
    first = red[0]
    because = [line[1:].strip() for line in first.why.splitlines() if line.startswith("E ")]
    said = "\n".join([first.said.strip(), *because[:1]]).strip()
    return Finding(removal.number, removal.guard, red=first.name, said=said)


def try_all(numbers: Sequence[str], tests: dict[str, list[Outcome]]) -> Iterator[Finding]:
    """Each drawn number in turn, two at a time."""
    known = removals()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda number: try_one(number, known, tests[number]), numbers)
