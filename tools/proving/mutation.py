"""Alters the code on purpose, one place at a time, and counts what the tests find out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from proving.mutating import AT_READ
from proving.running import ROOT, Broken
from proving.sabotage import copy_of_tree, draw, seed
from proving.undecorated import undecorate

TABLE = ROOT / "tests" / "proof" / "mutation" / "groups.toml"
MOST = int(os.environ.get("MOST") or 250)
LEAST_PERCENT = 85
WORKERS = "2"
SURVIVED, NOT_CALLED = 0, {5, 33}  # exit codes in mutmut's own notes
ALSO_COPIED = ("config.py", "wsgi.py", "migrations", "tools", "docs")


@dataclass(frozen=True)
class Group:
    """Some modules, and the tests that must notice when they are altered."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    fresh: bool = False
    at_read: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    least: int = LEAST_PERCENT


@dataclass
class Tally:
    """How many alterations of one module were made, and which were not found out."""

    made: int = 0
    survived: list[str] = field(default_factory=list)
    not_called: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        """How many a test found out, or that stopped the code from running at all."""
        return self.made - len(self.survived) - len(self.not_called)


def groups(path: Path = TABLE) -> list[Group]:
    """Every group of the table, with the modules and folders of it that are there."""
    wanted = os.environ.get("GROUP", "").split()
    return [
        Group(
            name,
            tuple(sorted(str(p.relative_to(ROOT)) for m in row["modules"] for p in ROOT.glob(m))),
            tuple(f"tests/{name}" for name in row["tests"] if (ROOT / "tests" / name).exists()),
            row.get("fresh", False),
            tuple(row.get("at_read", ())),
            tuple(row.get("apart", ())),
            row.get("least", LEAST_PERCENT),
        )
        for name, row in tomllib.loads(path.read_text("utf-8")).items()
        if not wanted or name in wanted
    ]


def settings(group: Group) -> str:
    """What mutmut reads: its section of setup.cfg."""
    several = {
        "only_mutate": group.modules,
        "do_not_mutate_patterns": tuple(re.escape(mark) for mark in group.apart),
        "also_copy": ALSO_COPIED,
        "pytest_add_cli_args": ("-k", "not postgresql", "-p", "proving.mutating"),
        "pytest_add_cli_args_test_selection": group.tests,
    }
    single = {"source_paths": "beacon", "use_git_change_detection": "false"}
    if group.fresh:
        single |= {"process_isolation": "forkserver", "forkserver_warmup": "none"}
    lines = ["[mutmut]", *(f"{name} = {value}" for name, value in single.items())]
    for name, values in several.items():
        lines += [f"{name} =", *(f"    {value}" for value in values)] if values else []
    return "\n".join(lines) + "\n"


def mutmut(copy: Path, *words: str, at_read: tuple[str, ...] = ()) -> str:
    """Run mutmut in the copy; what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy / "tools"), AT_READ: " ".join(at_read)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Broken(f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}".strip())
    return done.stdout


def chosen(copy: Path, group: Group) -> list[str]:
    """At most so many of the alterations, by the seed."""
    names = json.loads(mutmut(copy, "-m", "proving.mutants", "list", *group.modules))
    if len(names) <= MOST:
        return []
    print(f"{group.name}: {MOST} of {len(names)} drawn by seed {seed()}", flush=True)
    return draw(names, MOST)


def tallies(copy: Path, names: list[str]) -> dict[str, Tally]:
    """What mutmut noted of each module."""
    wanted, found = set(names), dict[str, Tally]()
    for notes in sorted((copy / "mutants").rglob("*.py.meta")):
        module = notes.relative_to(copy / "mutants").as_posix().removesuffix(".meta")
        tally = Tally()
        for name, code in json.loads(notes.read_text("utf-8"))["exit_code_by_key"].items():
            if wanted and name not in wanted:
                continue
            tally.made += 1
            if code is None or code in NOT_CALLED:
                tally.not_called.append(name)
            elif code == SURVIVED:
                tally.survived.append(name)
        if tally.made:
            found[module] = tally
    return found


def diffs(copy: Path, found: Mapping[str, Tally]) -> Iterator[tuple[str, str]]:
    """Each alteration that no test noticed, as a difference."""
    alone = {name for tally in found.values() for name in tally.not_called}
    names = [name for tally in found.values() for name in (*tally.survived, *tally.not_called)]
    shown = mutmut(copy, "-m", "proving.mutants", "show", *names) if names else "[]"
    for name, difference in json.loads(shown):
        yield f"{name} (no test calls it)" if name in alone else name, difference


def percent(killed: int, made: int) -> float:
    """How many of a hundred were found out."""
    return 100 * killed / made if made else 0.0


def prove_group(group: Group) -> bool:
    """Alter one group; print its figures and what survived; whether enough was found out."""
    begun = time.monotonic()
    with copy_of_tree() as copy:
        for module in group.modules:
            undecorate(copy / module)
        (copy / "setup.cfg").write_text(settings(group), "utf-8")
        names = chosen(copy, group)
        order = ["-m", "mutmut", "run", "--max-children", WORKERS, *names]
        mutmut(copy, *order, at_read=group.at_read)
        found = tallies(copy, names)
        for module, tally in found.items():
            share = percent(tally.killed, tally.made)
            print(f"    {module}: {tally.killed} of {tally.made} found out ({share:.0f} %)")
        for name, difference in diffs(copy, found):
            print(f"    survived: {name}")
            print(textwrap.indent(difference, " " * 8), flush=True)
    made = sum(tally.made for tally in found.values())
    if not made:
        raise Broken("nothing was altered")
    killed = sum(tally.killed for tally in found.values())
    enough = percent(killed, made) >= group.least
    print(
        f"mutation of {group.name}, {'passed' if enough else 'failed'} ({killed} of {made} found "
        f"out, {percent(killed, made):.1f} %, at least {group.least} % asked; "
        f"{time.monotonic() - begun:.0f} s)",
        flush=True,
    )
    return enough


def prove() -> int:
    """Alter every group in turn."""
    begun, known = time.monotonic(), groups()
    failed = 0
    for group in known:
        try:
            failed += not prove_group(group)
        except Broken as fault:
            failed += 1
            print(f"mutation of {group.name}, failed: {fault}", flush=True)
    print(
        f"mutation: {len(known) - failed} passed, {failed} failed, 0 left out, "
        f"{time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return 1 if failed else 0
