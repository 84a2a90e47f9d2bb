"""What a case weighs, part by part, so that anybody can check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STANDARD, ENHANCED, INTERPRETER, DUTIES, COURT = (
    "standard",
    "enhanced",
    "interpreter",
    "duties",
    "court",
)


@dataclass(frozen=True)
class Part:
    """One reason why a case weighs something."""

    words: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Points:
    """What each part weighs; settings that an administrator changes."""

    standard: int
    enhanced: int
    interpreter: int
    duties_a_point: int


@dataclass(frozen=True)
class Weight:
    """The parts of one case's weight, by their names."""

    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """The whole."""
        return sum(part.points for part in self.parts.values())

    @property
    def because(self) -> str:
        """Enhanced 3, court on 9 May 2, interpreter 2: without the sum, in small letters."""
        return ", ".join(f"{part.words} {part.points}" for part in self.parts.values())

    @property
    def sentence(self) -> str:
        """7 points: enhanced 3, court on 9 May 2, interpreter 2."""
        total = self.points
        return f"{total} point{'' if total == 1 else 's'}: {self.because}"


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One open case with its manager and what it weighs."""

    case_id: int
    manager_id: int | None
    weight: Weight

    def has(self, name: str) -> bool:
        """Whether a part of this name weighs on it."""
        return name in self.weight.parts


def weight_of(
    points: Points,
    *,
    enhanced: bool,
    interpreter: bool,
    open_duties: int,
    more: Mapping[str, Part],
) -> Weight:
    """The weight of one case: what cases know themselves, then what the features above add."""
    if enhanced:
        parts = {ENHANCED: Part("enhanced", points.enhanced)}
    else:
        parts = {STANDARD: Part("standard", points.standard)}
    parts |= more
    if interpreter:
        parts[INTERPRETER] = Part("interpreter", points.interpreter)
    if for_duties := open_duties // points.duties_a_point:
        parts[DUTIES] = Part(f"{open_duties} open duties", for_duties)
    return Weight(parts)
