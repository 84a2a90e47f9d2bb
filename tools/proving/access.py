"""Who may see what: the numbered rules, each by its tests, and 25 of them without their guard."""

from __future__ import annotations

import os
import re
import textwrap
import time
from collections.abc import Mapping

from postgres import database
from proving import numbers, sabotage
from proving.numbers import Rule, Verdict
from proving.running import ROOT, Broken, Outcome, run

FOLDER = "tests/proof/access"
WORKERS = "2"
# The folders of `make test`, and the evidence that only this part runs.
WHERE = ("unit", "architecture", "migrations", "work", "web", "journeys", "proof/access")


def asked_for(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that IDS names, or all."""
    wanted = re.findall(r"[A-Z]-\d\d", os.environ.get("IDS", ""))
    if strangers := [number for number in wanted if number not in rules]:
        raise SystemExit(f"{', '.join(strangers)}: no such id in {numbers.TABLE.name}.")
    return {number: rules[number] for number in wanted} if wanted else dict(rules)


def gather(rules: Mapping[str, Rule], *, whole: bool) -> list[Outcome]:
    """Run every test that carries one of the numbers."""
    words = ["-n", WORKERS, f"--numbers={','.join(rules)}"]
    words += [f"--whole={FOLDER}"] if whole else []
    words += [f"tests/{name}" for name in WHERE if any((ROOT / "tests" / name).rglob("test_*.py"))]
    return run(words)


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


def say_others(outcomes: list[Outcome], rules: Mapping[str, Rule]) -> int:
    """The evidence of this part, with its figures, and whatever could not be read."""
    failed = 0
    for one in outcomes:
        evidence = one.test.startswith(FOLDER)
        if not set(one.numbers) & set(rules) and (evidence or one.outcome == "failed"):
            reason = f"left out: {one.why}" if one.outcome == "skipped" else one.outcome
            say(f"{one.name}, {reason}", one.why if one.outcome == "failed" else one.said)
            failed += one.outcome == "failed"
        elif evidence and one.said.strip() and one.outcome == "passed":
            say(f"{one.name}:", one.said)
    return failed


def say_sabotage(verdicts: list[Verdict], outcomes: list[Outcome]) -> int:
    """Draw, take each guard out, and print the list; how many stayed green."""
    proved = [one.rule.number for one in verdicts if one.outcome == "passed" and one.rule.bold]
    drawn = sabotage.draw(proved)
    print(
        f"sabotage: {len(drawn)} of {len(proved)} bold ids that are proved, drawn by seed "
        f"{sabotage.seed()} (again: make prove PART=access SEED={sabotage.seed()})",
        flush=True,
    )
    failed = 0
    for finding in sabotage.try_all(drawn, numbers.by_number(outcomes)):
        say(f"sabotage of {finding.line}")
        failed += not finding.red
    return failed


def prove() -> int:
    """Prove the rules, then take the guards out, on a PostgreSQL of this run's own."""
    with database(os.environ) as settings:
        os.environ.update(settings)
        return prove_here()


def prove_here() -> int:
    """Prove the rules, then take the guards out."""
    begun, known = time.monotonic(), numbers.rules()
    rules = asked_for(known)
    try:
        outcomes = gather(rules, whole=len(rules) == len(known))
    except Broken as fault:
        say("access, failed: the tests could not be run", str(fault))
        return 1
    tests = numbers.by_number(outcomes)
    verdicts = [numbers.verdict(rule, tests[number]) for number, rule in rules.items()]
    say_verdicts(verdicts)
    broken = say_others(outcomes, rules)
    green = say_sabotage(verdicts, outcomes)
    passed = sum(one.outcome == "passed" for one in verdicts)
    failed = sum(one.outcome.startswith("failed") for one in verdicts) + broken
    print(
        f"access: {passed} passed, {failed} failed, {len(verdicts) + broken - passed - failed} "
        f"left out; sabotage: {green} not found out; {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return 1 if failed or green else 0
