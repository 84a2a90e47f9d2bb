"""What may be done to reach somebody, and what stands before their number (domain.md 7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from beacon.core import phone
from beacon.core.phone import Phone
from beacon.people.terms import ContactKind, Preferred, Safe

CONFIRM_AGAIN_AFTER = timedelta(days=90)  # domain.md RULE 7.4
SHORTEST_REASON = 10
HIDDEN = "•" * 5


@dataclass(frozen=True)
class Opened:
    """What an answer about safety opens for one contact point."""

    safe: Safe
    text_ok: Safe


def opened(said: Safe, wish: Preferred | None, kind: ContactKind) -> Opened:
    """What `safe_to_contact` opens: the points of that row, and texts only where preferred.

    Voicemail and letters stay not asked (contract 3, "Safe contact"; domain.md RULE 7.1).
    """
    texts = said is Safe.YES and wish is Preferred.SMS and kind is ContactKind.MOBILE
    return Opened(said, Safe.YES if texts else Safe.NOT_ASKED)


_CAUTION = (Safe.NO, Safe.ASK, Safe.NOT_ASKED, Safe.YES)


def strictest(answers: Iterable[Safe]) -> Safe:
    """The most careful of several answers; not asked where there is none."""
    return min(answers, key=_CAUTION.index, default=Safe.NOT_ASKED)


def needs_confirming(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether the safe way to reach somebody must be asked again (domain.md RULE 7.4)."""
    return confirmed_at is None or now - confirmed_at > CONFIRM_AGAIN_AFTER


def masked(kind: ContactKind, value: str) -> str:
    """Enough to tell two numbers or e-mail addresses apart, too little to use (P-01)."""
    if kind is ContactKind.EMAIL:
        return f"{value[:1]}{HIDDEN}@{HIDDEN}"
    try:
        return Phone.parse(value).masked
    except ValueError:
        figures = "".join(mark for mark in value if mark.isdigit())
        return f"{HIDDEN}{figures[-3:] if len(figures) > 6 else ''}"


def dialled(kind: ContactKind, value: str) -> str:
    """A number as it is dialled here; an e-mail address as it is."""
    return value if kind is ContactKind.EMAIL else phone.readable(value)


# Hours, days, and words that forbid: what somebody must have read before they call or text.
_RULE = re.compile(
    r"""\b(?:never|not?|don['’]t|can['’]?t|only|avoid|unless|when|while|whenever|after|before
        |until|till|between|during|outside|o['’]clock|noon|midday|midnight|lunch\w*
        |mornings?|afternoons?|evenings?|nights?|weekends?|weekdays?|hours?
        |(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b
        |\d[:.]\d\d\b|\d\s?[ap]\.?m\b""",
    re.IGNORECASE | re.VERBOSE,
)


def carries_a_rule(words: str) -> bool:
    """Whether the words of safe contact forbid something, or name an hour or a day (P-04)."""
    return _RULE.search(words) is not None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known when somebody asks for a number or an e-mail address."""

    safe: Safe  # of the number itself
    overall: Safe
    is_retired: bool
    is_warned_of: bool  # a linked record, or the other side, is a reason to take care
    has_rule: bool
    in_hand: bool
    restricted: bool


@dataclass(frozen=True)
class Guard:
    """What a person must do before a number or an e-mail address is shown to them."""

    heed: bool  # say that the warning was read
    reason: bool  # say why
    proof: bool  # prove again who they are

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked: one press shows it."""
        return not (self.heed or self.reason or self.proof)


def guard(standing: Standing) -> Guard:
    """Nothing for one's own caseload where all is safe; more where the danger is (P-04, A-26)."""
    cautious = {standing.safe, standing.overall} != {Safe.YES}
    refused = Safe.NO in {standing.safe, standing.overall}
    return Guard(
        heed=cautious or standing.is_retired or standing.is_warned_of or standing.has_rule,
        reason=refused or standing.restricted or not standing.in_hand,
        proof=standing.restricted,
    )


def why(standing: Standing) -> str:
    """Why a reason is asked, as the box says it; empty where none is."""
    if standing.restricted:
        return "The case is restricted."
    if not standing.in_hand:
        return "They are not in your caseload."
    if Safe.NO in {standing.safe, standing.overall}:
        return "They said that this is not safe."
    return ""


def is_reason(text: str) -> bool:
    """Whether so many words can be called a reason."""
    return len(" ".join(text.split())) >= SHORTEST_REASON
