"""The tables behind the long evidence: no number that is none, no removal that fits nothing."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.architecture.tree import ROOT, calls, dotted, name_of, parsed

PROOF = ROOT / "tests" / "proof"
# The areas whose numbers stand in the table of access; texts, imports and the like have their own.
AREAS = "ASZUHCIPEV"


TABLES_OF_REMOVALS = ("access", "texts")


def table(name: str, part: str = "access") -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads((PROOF / part / name).read_text("utf-8"))


def numbers(part: str = "access") -> set[str]:
    return {number for rows in table("ids.toml", part).values() for number in rows}


def removals() -> Iterator[dict[str, Any]]:
    for part in TABLES_OF_REMOVALS:
        path = PROOF / part / "sabotage.toml"
        yield from tomllib.loads(path.read_text("utf-8"))["removal"]


def carried() -> Iterator[tuple[str, str]]:
    """Each number that a test carries, with the file of the test."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for call in calls(parsed(path)):
            if dotted(call.func) == "pytest.mark.proves":
                for word in call.args:
                    assert isinstance(word, ast.Constant)
                    yield str(word.value), name_of(path)


def test_every_number_that_a_test_carries_looks_like_one():
    assert [one for one in carried() if not re.fullmatch(r"[A-Z]-\d\d", one[0])] == []


def test_whole_areas_of_access_stand_in_the_table():
    known = numbers()
    whole = {"A": 27, "S": 16, "Z": 27, "U": 20, "H": 12, "C": 7}
    assert {f"{area}-{n:02}" for area, last in whole.items() for n in range(1, last + 1)} <= known
    assert {number[0] for number in known} == set(AREAS)


def test_every_number_of_texts_scheduler_and_time_stands_in_the_table():
    whole = {"T": 34, "W": 19, "K": 13, "D": 11, "E": 3}
    known = {f"{area}-{n:02}" for area, last in whole.items() for n in range(1, last + 1)}
    assert numbers("texts") == known | {"B-05", "B-06"}


def test_no_number_that_texts_must_show_is_said_to_wait():
    must = {"T": 22, "W": 12, "K": 7, "D": 7}
    bold = {f"{area}-{n:02}" for area, last in must.items() for n in range(1, last + 1)}
    waiting = {
        number
        for rows in table("ids.toml", "texts").values()
        for number, facts in rows.items()
        if facts.get("waits")
    }
    assert sorted(waiting & bold) == []


def test_every_removal_takes_out_what_stands_in_its_file_once():
    faults = []
    for row in removals():
        for edit in (row, *row.get("also", [])):
            path = ROOT / edit["file"]
            text = path.read_text("utf-8") if path.is_file() else ""
            if text.count(edit["text"].strip("\n")) != 1:
                faults.append((row["id"], edit["file"]))
    assert faults == []


def test_every_removal_is_of_one_bold_rule_of_the_table():
    bold = {
        number
        for rows in table("ids.toml").values()
        for number, facts in rows.items()
        if facts["bold"]
    }
    rows = tomllib.loads((PROOF / "access" / "sabotage.toml").read_text("utf-8"))["removal"]
    named = [number for row in rows for number in row["id"].split()]
    assert sorted(named) == sorted(set(named))
    assert set(named) <= bold


def test_the_list_of_slow_tests_names_tests_that_are_there_each_once():
    listed = (ROOT / "tests" / "slow.txt").read_text("utf-8").splitlines()
    names = [line for line in listed if not line.startswith("#")]
    assert names == sorted(set(names))
    there = {
        f"{path.relative_to(ROOT / 'tests').as_posix()}::{one.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for one in ast.walk(parsed(path))
        if isinstance(one, ast.FunctionDef)
    }
    assert [name for name in names if name not in there] == []
