"""What the features above know that forbids to ask a victim anything by machine: a high risk.

A case knows of no risk, so whoever does says at start how it is asked. In ``routes.init_app``::

    hushing.by(queries.is_high)

where ``is_high(case_id)`` says whether nobody may be written to by itself about this case.
"""

from __future__ import annotations

from collections.abc import Callable

Ask = Callable[[int], bool]
_asks: list[Ask] = []


def by(ask: Ask) -> None:
    """Ask this too before something goes to a victim by itself."""
    if ask not in _asks:
        _asks.append(ask)


def is_hushed(case_id: int) -> bool:
    """Whether anybody says that nothing may go to this victim by itself."""
    return any(ask(case_id) for ask in _asks)
