"""A figure, the floor it is measured against, and how both are timed and written down."""

from __future__ import annotations

import inspect
import textwrap
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median


class Worthless(Exception):
    """Something that had to hold during the run did not, so its figures say nothing."""


def must(holds: bool, words: str) -> None:
    """Stop the run where a figure would not mean what its line says."""
    if not holds:
        raise Worthless(words)


@dataclass(frozen=True, kw_only=True)
class Floor:
    """The barest way to do the same: what it is, how long it took, and its code to the letter."""

    what: str
    value: float
    ms: float
    code: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure, in the same unit as its floor."""

    name: str
    database: str
    value: float
    unit: str
    floor: Floor
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How the figure stands to its floor: for a time, how often the floor's; for a rate, how
        much of it."""
        return self.value / self.floor.value

    @property
    def line(self) -> str:
        """`name value unit ratio-to what`, for a person and for awk."""
        floor = self.floor
        taken = f"{short(floor.ms)} ms"
        if self.unit != "ms":
            taken = f"{short(floor.value)} {self.unit}, {taken}"
        return (
            f"{self.database}.{self.name} {short(self.value)} {self.unit} "
            f"{short(self.ratio)}x {floor.what} ({taken})"
        )

    def facts(self) -> dict[str, object]:
        """The same for bench.json."""
        return {
            "name": self.name,
            "database": self.database,
            "value": self.value,
            "unit": self.unit,
            "ratio": self.ratio,
            "floor": {
                "what": self.floor.what,
                "value": self.floor.value,
                "ms": self.floor.ms,
                "code": self.floor.code,
            },
            **self.more,
        }


def short(number: float) -> str:
    """Three figures that mean something, without an exponent."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.2f}" if number >= 1 else f"{number:.3g}"


def code_of(*parts: Callable[..., object] | str) -> str:
    """The text of the functions that make a floor, as they stand in the source."""
    texts = (part if isinstance(part, str) else inspect.getsource(part) for part in parts)
    return "\n\n".join(textwrap.dedent(text).strip() for text in texts)


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def in_turn(
    rounds: int, one: Callable[[], object], other: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """The milliseconds of two things done in turn, the first of each pair by turns as well.

    So that whatever else the machine does at that moment falls on both.
    """
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        pair = [(one, ours), (other, theirs)]
        for run, kept in pair if number % 2 else reversed(pair):
            kept.append(seconds(run) * 1000)
    return ours, theirs


def spread(times: list[float]) -> dict[str, float]:
    """The middle one, and where the fast and the slow twentieth begin."""
    ordered = sorted(times)
    return {
        "median_ms": round(median(ordered), 4),
        "p5_ms": round(ordered[len(ordered) // 20], 4),
        "p95_ms": round(ordered[-1 - len(ordered) // 20], 4),
    }
