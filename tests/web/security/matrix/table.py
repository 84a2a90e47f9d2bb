"""The two tables as a person reads them: who may ask for what, and which records they then find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from beacon.core.roles import Role

HERE = Path(__file__).parent
NOBODY = "anon"
COLUMNS = (NOBODY, *(role.value for role in Role))
ANSWERS = {"open", "in", "401", "403", "404", "405", "503"}
FOUND = {"open", "404", "read"}
NO_RECORD = "-"


@dataclass(frozen=True)
class Line:
    """One rule and method: of what kind of record it is, and what each column is answered."""

    method: str
    rule: str
    kind: str
    looks: bool  # a page that only shows: what is open to be read is open to it
    answers: dict[str, str]


def _cells(words: list[str], allowed: set[str], where: str, columns: tuple[str, ...]) -> list[str]:
    assert len(words) == len(columns), f"{where}: {len(words)} cells for {len(columns)} columns"
    unknown = set(words) - allowed
    assert not unknown, f"{where}: nobody knows the answers {sorted(unknown)}"
    return words


def _lines(name: str) -> list[list[str]]:
    text = (HERE / name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and line[0] != "#"]


@cache
def routes() -> dict[tuple[str, str], Line]:
    """What each rule and method answers each column, before any record is looked for."""
    found: dict[tuple[str, str], Line] = {}
    for method, rule, record, *words in _lines("routes.txt"):
        where = f"{method} {rule}"
        assert (method, rule) not in found, f"{where} stands there twice"
        kind, _, how = record.partition("/")
        cells = _cells(words, ANSWERS, where, COLUMNS)
        answers = dict(zip(COLUMNS, cells, strict=True))
        found[method, rule] = Line(method, rule, kind, how == "look", answers)
    return found


@cache
def records() -> dict[tuple[str, str], dict[str, str]]:
    """Which records, by kind and state, each column finds."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kinds, state, *words in _lines("records.txt"):
        for kind in kinds.split(","):
            assert (kind, state) not in found, f"{kind} {state} stands there twice"
            cells = _cells(words, FOUND, f"{kind} {state}", COLUMNS)
            found[kind, state] = dict(zip(COLUMNS, cells, strict=True))
    return found


def expected(line: Line, state: str | None, column: str) -> str | None:
    """The cell of the whole matrix: the answer of the rule, or that of the record beyond it."""
    answer = line.answers[column]
    if answer != "open" or state is None:
        return answer
    found = records().get((line.kind, state), {}).get(column)
    if found == "read":
        return "open" if line.looks else "404"
    return found
