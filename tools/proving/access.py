"""Who may see what: the numbered rules, each by its tests, and 25 of them without their guard."""

from __future__ import annotations

from collections.abc import Sequence

from proving import numbered, numbers, sabotage
from proving.numbered import Part, say
from proving.numbers import Verdict
from proving.running import Outcome


def say_sabotage(verdicts: Sequence[Verdict], outcomes: Sequence[Outcome]) -> int:
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
    """Prove the rules, then take the guards out."""
    return numbered.prove(Part("access", say_sabotage, unclaimed=True))
