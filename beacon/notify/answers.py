"""Who takes a reply that answers a question of ours: it is then no reply, and is kept nowhere.

notify stands below the features, so whoever asks by text says at start how an answer is taken::

    answers.taken_by(commands.take_number)

It is called in the transaction in which the reply came, with the print of the number and the words.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

Take = Callable[[Session, str, str], bool]
_takers: list[Take] = []


def taken_by(take: Take) -> None:
    """Ask this first whether a reply is an answer of its own, and dealt with."""
    if take not in _takers:
        _takers.append(take)


def is_taken(session: Session, number_index: str, words: str) -> bool:
    """Whether somebody has taken the reply as an answer."""
    return any(take(session, number_index, words) for take in _takers)
