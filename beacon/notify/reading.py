"""What a reply says, as far as a machine may judge it: words that act by themselves, and words
that a person must read first (domain.md 5.6, security.md W-09).

Only exact words act. Everything else is for a person; what is noticed in it is a hint for the
order of the inbox, so it may err to the urgent side.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from beacon.notify.rules import START_WORDS, STOP_WORDS, WRONG_PERSON_WORDS
from beacon.notify.terms import ReplyKind

# Two machines agree on STOP only where nothing else stands beside it.
EXACT: dict[ReplyKind, frozenset[str]] = {
    ReplyKind.STOP: STOP_WORDS,
    ReplyKind.START: START_WORDS,
    ReplyKind.WRONG_PERSON: WRONG_PERSON_WORDS,
}
_MARKS = re.compile(r"[^\w\s]|_")
_HINTS: tuple[tuple[ReplyKind, re.Pattern[str]], ...] = (
    (
        ReplyKind.SEEMS_WRONG,
        re.compile(
            r"\bwrong (?:number|person|phone|man|guy)\b|\bwho is this\b|\bnot (?:him|her)\b"
        ),
    ),
    (
        ReplyKind.CANNOT_COME,
        re.compile(
            # "ill be there" is somebody who comes.
            r"^ill$|\b(?:am|im|m|is|was|feel|feeling|too|very|really|so|been|taken|quite) ill\b"
            r"|\bill (?:today|tomorrow|in bed|and|so|with)\b"
            r"|\b(?:unwell|sick|poorly|covid|hospital|a e)\b"
            r"|\b(?:can ?t|cannot|can not|wont|won t|will not|not able to|unable to|not going to)"
            r" (?:be able to )?(?:come|make|attend|get|be there|travel|go|do)\b"
        ),
    ),
)
_HARM = re.compile(
    r"\b(?:kill\w*|suicid\w*|dead|die|dying|murder\w*|stab\w*|shoot\w*|shot|gun|knife|bomb\w*|acid"
    r"|burn\w*|hurt\w*|harm\w*|attack\w*|beat|batter\w*|rape\w*|overdos\w*|hang (?:my|him|her)\w*"
    r"|end it(?: all)?|end my life|self ?harm\w*|no reason to live|cant go on|can t go on"
    r"|better off without me|come (?:for|after) (?:you|her|him|them)|know where \w+ lives?"
    r"|find (?:her|him|them)|get (?:her|him|you) for this|watch your back|regret this)\b"
)


@dataclass(frozen=True)
class Reading:
    """What was noticed in a reply."""

    kind: ReplyKind
    is_urgent: bool

    @property
    def acts(self) -> bool:
        """Whether the words did what they ask for, and nobody needs to read them."""
        return self.kind in {ReplyKind.STOP, ReplyKind.START}


def read(words: str) -> Reading:
    """Judge a reply by its words alone."""
    plain = folded(words)
    is_urgent = _HARM.search(plain) is not None
    for kind, exact in EXACT.items():
        if plain in exact and "?" not in words:  # who asks does not order
            return Reading(kind, is_urgent)
    for kind, hint in _HINTS:
        if hint.search(plain):
            return Reading(kind, is_urgent)
    return Reading(ReplyKind.OTHER, is_urgent)


def folded(words: str) -> str:
    """The words alone: small letters of one width, no marks, one space between."""
    shaped = unicodedata.normalize("NFKC", words).casefold()
    visible = "".join(mark for mark in shaped if unicodedata.category(mark) != "Cf")
    return " ".join(_MARKS.sub(" ", visible).split())
