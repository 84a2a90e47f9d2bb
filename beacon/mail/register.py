"""Which feature answers for which kind of mail, and is asked again before one leaves.

mail stands below the features and does not ask them; each brings the question with it
(house.md 2.7). A mail without a kind is to a member of staff, and nobody is asked.
"""

from __future__ import annotations

from collections.abc import Callable

Ask = Callable[[int], bool]
_asks: dict[str, Ask] = {}


def register_recheck(kind: str, ask: Ask) -> None:
    """Say who is asked, by the id of its row, whether a mail of this kind may still leave."""
    _asks[kind] = ask


def may_leave(kind: str, about_id: int | None) -> bool:
    """Whether a mail may still leave; one of a kind that nobody answers for may not."""
    if not kind:
        return True
    ask = _asks.get(kind)
    return ask is not None and about_id is not None and ask(about_id)
