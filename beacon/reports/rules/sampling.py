"""A sample that can be drawn again: the same seed and the same cases give the same list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(case_ids: Iterable[int], *, number: int, seed: str) -> list[int]:
    """So many of the cases by lot, in the order of the lot.

    Each case draws its own lot from the seed, so that a case that comes or goes moves no other.
    """
    return sorted(set(case_ids), key=lambda one: (_lot(seed, one), one))[:number]


def _lot(seed: str, case_id: int) -> str:
    return hashlib.sha256(f"{seed}:{case_id}".encode()).hexdigest()
