"""One line of the doctor's report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found. A fault is something that must be mended."""

    name: str
    state: str  # ok | warning | fault
    words: str
