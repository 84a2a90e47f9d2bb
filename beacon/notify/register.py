"""Which feature answers for which kind of text, and what it says when asked again before sending.

notify stands below the features and does not ask them; each brings the question with it
(house.md 2.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple  # Any: a message of whichever audience

from sqlalchemy.orm import Session

from beacon.core.phone import Phone
from beacon.notify.messages import Message
from beacon.notify.terms import Reason


class Verdict(StrEnum):
    """What a feature says about a planned text at the last moment."""

    SEND = "send"
    CANCEL = "cancel"
    SUPPRESS = "suppress"


@dataclass(frozen=True)
class Recheck:
    """The answer of the feature that owns a text, asked inside the claim's transaction.

    `body` and `mobile` are what is true now; where they differ from what was planned, what is
    true now is sent. After `until` it is of no more use, if that is sooner than was planned.
    """

    verdict: Verdict
    reason: str = ""
    body: Message[Any] | None = None
    mobile: Phone | None = None
    until: datetime | None = None

    @classmethod
    def send(
        cls,
        body: Message[Any] | None = None,
        mobile: Phone | None = None,
        *,
        until: datetime | None = None,
    ) -> Recheck:
        """Still right to send."""
        return cls(Verdict.SEND, body=body, mobile=mobile, until=until)

    @classmethod
    def cancel(cls, reason: StrEnum | str) -> Recheck:
        """No longer true: moved, vacated, over."""
        return cls(Verdict.CANCEL, reason=str(reason))

    @classmethod
    def suppress(cls, reason: StrEnum | str) -> Recheck:
        """This person may not be texted about it."""
        return cls(Verdict.SUPPRESS, reason=str(reason))


class About(NamedTuple):
    """What one text of a kind is about: the id of the feature's row, and the day."""

    id: int
    on: date


Ask = Callable[[Session, Sequence[About]], Mapping[About, Recheck]]
AskOne = Callable[[Session, int, date], Recheck]


def each(ask: AskOne) -> Ask:
    """Ask about one after the other, where texts of a kind are few."""

    def ask_each(session: Session, asked: Sequence[About]) -> dict[About, Recheck]:
        return {about: ask(session, about.id, about.on) for about in asked}

    return ask_each


WINDOW = ("texts.window_from", "texts.window_to")


@dataclass(frozen=True)
class Kind:
    """A kind of text: who is asked before it is sent, in which hours, and its reasons in words."""

    name: str
    ask: Ask
    window: tuple[str, str] = WINDOW
    reasons: Mapping[str, str] = field(default_factory=dict)


_kinds: dict[str, Kind] = {}


def register_recheck(
    kind: str,
    ask: Ask,
    *,
    reasons: type[StrEnum] | None = None,
    window: tuple[str, str] = WINDOW,
) -> None:
    """Say who is asked before texts of this kind leave; a kind without one cannot be planned.

    It is asked about all that are claimed together and answers for every one (`each` for few).

    `reasons` are the feature's own words for why a text is not sent; `window` names the two
    settings between which the kind may leave.
    """
    words = {reason.value: _label(reason) for reason in reasons or ()}
    _kinds[kind] = Kind(kind, ask, window, words)


def kind_of(name: str) -> Kind:
    """The kind by its name; one that nobody answers for is a fault."""
    if name not in _kinds:
        raise LookupError(f"nobody answers for texts of the kind {name}")
    return _kinds[name]


def kinds() -> frozenset[str]:
    """Every kind that somebody answers for."""
    return frozenset(_kinds)


def reason_in_words(kind: str, reason: str) -> str:
    """A reason as a sentence, from the feature that gave it or from notify's own list."""
    known = _kinds.get(kind)
    if known and reason in known.reasons:
        return known.reasons[reason]
    ours = {own.value: own.label for own in Reason}
    return ours.get(reason) or reason.replace("_", " ").capitalize()


def _label(word: StrEnum) -> str:
    return str(getattr(word, "label", word.value))
