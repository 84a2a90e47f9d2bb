"""At most one text each: the numbered rules, and the storm of kills on code that was spoiled."""

from __future__ import annotations

from collections.abc import Sequence

from proving import numbered, sabotage
from proving.numbered import Part, say
from proving.numbers import Verdict
from proving.running import ROOT, Outcome

STORM, WHERE = "T-04", "[sqlite]"
TABLE = ROOT / "tests" / "proof" / "texts" / "sabotage.toml"
MINUTES = 60


def say_sabotage(verdicts: Sequence[Verdict], outcomes: Sequence[Outcome]) -> int:
    """Let the same storm rage on each spoiled copy of the code; how many it did not find out."""
    if STORM not in {one.rule.number for one in verdicts if one.outcome == "passed"}:
        print("sabotage: left out: the storm itself was not proved", flush=True)
        return 0
    storm = [one for one in outcomes if STORM in one.numbers and one.test.endswith(WHERE)]
    failed = 0
    for removal in sabotage.written(TABLE):
        finding = sabotage.try_removal(removal, storm, minutes=MINUTES)
        say(f"sabotage of {finding.line}", finding.said)
        failed += not finding.red
    return failed


def prove() -> int:
    """Prove the rules, then spoil the code."""
    return numbered.prove(Part("texts", say_sabotage, alone=True))
