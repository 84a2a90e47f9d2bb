"""Pages of one's own that belong to features above: each says at start where it is.

In a feature's ``routes.init_app``::

    beside.add("Working days and leave", "workload.own", CaseloadPermission.OWN)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Beside:
    """One page of a person's own, and who has it."""

    words: str
    endpoint: str
    permission: StrEnum


_pages: dict[str, Beside] = {}


def add(words: str, endpoint: str, permission: StrEnum) -> None:
    """Put a page of one's own on the page of the account, for those who hold the permission."""
    _pages[endpoint] = Beside(words, endpoint, permission)


def pages() -> list[Beside]:
    """Every such page, by its words."""
    return sorted(_pages.values(), key=lambda one: one.words)
