"""Who is told at once that a number has become held, or held nearer: said at start from above.

The numbers of our side know nothing of those of the other. A feature above that keeps such numbers
says here what is to be done when one of them turns out to be held::

    watching.told(look_again)

where ``look_again(indexes)`` is given the blind indexes of the numbers, and runs in the transaction
that wrote them. Who holds them is not said.
"""

from __future__ import annotations

from collections.abc import Callable

Watcher = Callable[[frozenset[str]], None]
_watchers: list[Watcher] = []


def told(watcher: Watcher) -> None:
    """Have somebody told of every number that becomes held, or held nearer."""
    _watchers.append(watcher)


def tell(indexes: frozenset[str]) -> None:
    """Tell everybody who wants to know."""
    for watcher in _watchers:
        watcher(indexes)
