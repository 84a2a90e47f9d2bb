"""Opening the box: from answers that nobody can read to counts that nobody can be found in.

Answers lie sealed in the box until a month is over and at least five of them lie there. Then they
become counts, by one thing at a time. A group of fewer than five is counted with others, so that
the groups of a cut always add up to everybody and nothing can be worked out by taking away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from beacon.surveys.terms import Dimension, Measure, Score

LEAST = 5  # fewer people than this are never told apart
TOGETHER = "together"  # the one name of a group that is no name: too small to be told apart


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One answer as it lies in the box: what was said, and to which groups its author belongs."""

    scores: Mapping[Measure, Score]
    groups: Mapping[Dimension, str]
    words: str = ""


@dataclass(kw_only=True)
class Count:
    """What so many people said together, none of them told apart."""

    dimension: Dimension
    group: str
    people: int = 0
    answers: Counter[Measure] = field(default_factory=Counter)
    positive: Counter[Measure] = field(default_factory=Counter)

    def add(self, slip: Slip) -> None:
        """Count one more."""
        self.people += 1
        self.answers.update(list(slip.scores))
        self.positive.update(one for one, score in slip.scores.items() if score.is_positive)


def counted(slips: Sequence[Slip]) -> list[Count]:
    """The counts of a box; none at all of fewer than LEAST answers.

    Every count is of LEAST people or more, and those of one dimension add up to all of them.
    """
    if len(slips) < LEAST:
        return []
    return [count for dimension in Dimension for count in _cut(dimension, slips)]


def percent(positive: int, answers: int) -> int | None:
    """Of a hundred answers how many were positive, to the nearest whole; None of fewer than
    LEAST answers."""
    return (200 * positive + answers) // (2 * answers) if answers >= LEAST else None


def _cut(dimension: Dimension, slips: Iterable[Slip]) -> Iterable[Count]:
    by_group: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips:
        group = "" if dimension is Dimension.ALL else slip.groups.get(dimension, "")
        by_group[group].append(slip)
    together: list[Slip] = []
    for group, of_group in sorted(by_group.items(), key=lambda one: (len(one[1]), one[0])):
        # The smallest come first: once those that are together are enough, the rest stand alone.
        if len(of_group) < LEAST or 0 < len(together) < LEAST:
            together += of_group
            by_group.pop(group)
    if together:
        by_group[TOGETHER] = together
    for group, of_group in sorted(by_group.items()):
        count = Count(dimension=dimension, group=group)
        for slip in of_group:
            count.add(slip)
        yield count
