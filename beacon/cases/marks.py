"""Short marks that features above put beside a case: at the top of its page, and in lists.

A case knows of none of them, so each says at start what it has to show. In a feature's
``routes.init_app``::

    marks.by("risk", queries.marks)

where ``marks(actor, case_ids)`` gives what it has to say of each of these cases, which the actor
may open, in the same number of statements however many they are. One that is made to be asked with
others (``core.together.asking``) adds no statement to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from beacon.core import together
from beacon.core.actor import Actor
from beacon.core.together import Asking, asking


@dataclass(frozen=True)
class Mark:
    """A few words beside a case; the words carry the meaning, the tone only helps."""

    words: str
    tone: str = "grey"  # as macros/tags.html names them


Reader = Callable[[Actor, Sequence[int]], Mapping[int, Mark]]
_readers: dict[str, Reader] = {}


def by(name: str, read: Reader) -> None:
    """Put marks beside cases. The same name again replaces what it said before."""
    _readers[name] = read


@asking
def of(actor: Actor, case_ids: Iterable[int]) -> Asking[dict[int, list[Mark]]]:
    """What every feature has to say of each of these cases; a case without a mark is not in it."""
    wanted = list(dict.fromkeys(case_ids))
    found: dict[int, list[Mark]] = {}
    if not wanted:
        return found
    told = yield from together.at_once(
        *(together.of(read, actor, wanted) for read in _readers.values())
    )
    for marked in told:
        for case_id, mark in marked.items():
            found.setdefault(case_id, []).append(mark)
    return found
