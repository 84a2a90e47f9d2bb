"""What is promised in a contact is kept by a feature above, in the transaction of the contact.

In that feature's ``routes.init_app``::

    promising.kept_by(commands.promise_in_contact)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from beacon.cases.models import CaseFile, ContactLog
from beacon.core.actor import Actor


@dataclass(frozen=True)
class Said:
    """What was promised to the victim, and by when."""

    words: str
    due_on: date


Keep = Callable[[CaseFile, ContactLog, Said, Actor], object]


class _Keeper:
    """Who keeps promises, once the features above have been put together."""

    keep: Keep | None = None


def kept_by(keep: Keep) -> None:
    """Give promises to whoever keeps them."""
    _Keeper.keep = keep


def promise(case: CaseFile, contact: ContactLog, said: Said, actor: Actor) -> None:
    """Have a promise kept that was made in a contact."""
    if _Keeper.keep is None:
        raise RuntimeError("nobody keeps promises: create_app() has not run")
    _Keeper.keep(case, contact, said, actor)
