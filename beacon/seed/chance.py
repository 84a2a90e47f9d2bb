"""Chance that falls the same way for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Weighted(Protocol):
    """Something that comes up as often as it weighs."""

    @property
    def weight(self) -> int:
        """How often, beside the others."""
        ...


W = TypeVar("W", bound=Weighted)


class Chance:
    """Every choice that the made-up county makes."""

    def __init__(self, seed: int) -> None:
        # Made-up people need the same face for the same seed, not secrecy.
        self._random = random.Random(seed)  # nosec B311

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return self._random.choice(among)

    def weighted(self, among: Sequence[W]) -> W:
        """One of them, by its weight."""
        return self._random.choices(among, [one.weight for one in among])[0]

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """So many of them, or all where there are fewer."""
        return self._random.sample(among, min(count, len(among)))

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def happens(self, share: float) -> bool:
        """Whether something happens that happens so often, from 0 to 1."""
        return self._random.random() < share
