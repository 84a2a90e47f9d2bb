"""Numbered rules: which are proved by tests, which are not, and which wait."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from proving.running import Outcome

NOBODY = "no test carries this id"


@dataclass(frozen=True)
class Rule:
    """One numbered rule, and what part of the product it waits for."""

    number: str
    bold: bool
    area: str
    waits: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the tests that carry a number came to."""

    rule: Rule
    outcome: str
    note: str
    failures: tuple[Outcome, ...] = ()

    @property
    def line(self) -> str:
        """`A-16, passed (bold, 3 tests)`."""
        notes = ", ".join(filter(None, ["bold" if self.rule.bold else "", self.note]))
        return f"{self.rule.number}, {self.outcome}" + (f" ({notes})" if notes else "")


def rules(path: Path) -> dict[str, Rule]:
    """Every rule of the table, in its order."""
    sections = tomllib.loads(path.read_text("utf-8"))
    return {
        number: Rule(number=number, **facts)
        for rows in sections.values()
        for number, facts in rows.items()
    }


def by_number(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The tests under each number that they carry."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for number in dict.fromkeys(outcome.numbers):
            found[number].append(outcome)
    return found


def verdict(rule: Rule, outcomes: list[Outcome]) -> Verdict:
    """Passed when every test that ran passed, and one ran."""
    failures = tuple(one for one in outcomes if one.outcome == "failed")
    passed = sum(one.outcome == "passed" for one in outcomes)
    reasons = sorted({one.why for one in outcomes if one.outcome == "skipped"})
    if failures:
        return Verdict(rule, "failed", f"{len(failures)} of {count(len(outcomes))}", failures)
    if passed:
        skipped = f"{len(outcomes) - passed} left out: {'; '.join(reasons)}" if reasons else ""
        more = rule.rest or rule.waits
        waiting = f"the rest waits for {more}" if more else ""
        return Verdict(rule, "passed", ", ".join(filter(None, [count(passed), skipped, waiting])))
    if reasons:
        return Verdict(rule, f"left out: {'; '.join(reasons)}", "")
    if rule.waits:
        return Verdict(rule, f"left out: it waits for {rule.waits}", "")
    return Verdict(rule, f"failed: {NOBODY}", "")


def count(tests: int) -> str:
    """So many tests, in words."""
    return f"{tests} test" if tests == 1 else f"{tests} tests"
