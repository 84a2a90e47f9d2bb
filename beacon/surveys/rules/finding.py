"""Words that must be looked at the moment somebody writes them: harm, fear, a child, him.

It errs to the side of raising: a leader who reads one too many loses a minute (domain.md 1.8).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

# What is looked for, by what it may mean. Each is a pattern over small letters without marks.
TERMS: Mapping[str, tuple[str, ...]] = {
    "Harm to themselves": (
        r"suicid\w*",
        r"(?:kill|hurt|harm|cut|cutting|harming|hurting|killing) my ?self",
        r"self ?harm\w*",
        r"over ?dos\w*",
        r"end (?:it all|my life|it)",
        r"take my (?:own )?life",
        r"(?:want|wish|going|ready) to die",
        r"(?:wish|wished) i (?:was|were) dead",
        r"better off (?:dead|without me)",
        r"(?:can ?t|cannot|can not) (?:go on|cope|carry on|take (?:it|this) any ?more)",
        r"no (?:point|reason) (?:in |to )?(?:living|live|going on)",
    ),
    "Harm by somebody": (
        r"kill\w*",
        r"murder\w*",
        r"rap(?:e|ed|es|ing|ist)",
        r"strangl\w*",
        r"chok(?:e|ed|es|ing)",
        r"stab\w*",
        r"(?:knife|gun|acid)",
        r"beat(?:s|ing|en)?(?: me)?",
        r"(?:hit|hits|hitting|punch\w*|kick\w*|attack\w*|threat\w*|hurt\w*|abus\w*)",
        r"(?:will|going to|said) .{0,20}(?:find|get) (?:me|us|him|her)",
    ),
    "Somebody is near": (
        r"(?:he|she|they)(?: is| s| are| re)? (?:here|back|outside|at the door|watching|following)",
        r"he s (?:here|back|outside)",
        r"(?:follow|stalk|watch|track)\w* me",
        r"(?:knows|found out|finds out) where i (?:live|am|work)",
        r"(?:came|come|comes|coming) (?:back|round|to my (?:house|home|door|work))",
        r"(?:won ?t|will not|doesn ?t|does not) let me (?:leave|go|out)",
    ),
    "Fear": (
        r"afraid",
        r"scared",
        r"frighten\w*",
        r"terrif\w*",
        r"fear\w*",
        r"not safe",
        r"unsafe",
        r"in danger",
        r"help me",
    ),
    "A child": (
        r"child\w*",
        r"kids?",
        r"baby",
        r"babies",
        r"(?:son|daughter)s?",
        r"(?:grand|step) ?(?:son|daughter|child)\w*",
        r"toddler\w*",
    ),
}
_MARKS = re.compile(r"[^\w\s]|_")


def found_in(words: str, further: str = "") -> list[str]:
    """What the words may mean, by the names of TERMS; nothing where nothing is found.

    `further` are words of a setting with commas between them: each is a beginning of a word.
    """
    plain = _plain(words)
    found = [name for name, forms in TERMS.items() if _has(plain, forms)]
    more = [re.escape(one) + r"\w*" for one in map(_plain, further.split(",")) if one]
    if more and _has(plain, more):
        found.append("A word of the setting")
    return found


def without(words: str, names: Iterable[str]) -> str:
    """The words with each of these names taken out: what a leader begins from."""
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len)[::-1]:
        words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", words, flags=re.IGNORECASE)
    return words


def _has(plain: str, forms: Iterable[str]) -> bool:
    return re.search(rf"\b(?:{'|'.join(forms)})\b", plain) is not None


def _plain(words: str) -> str:
    shaped = unicodedata.normalize("NFKD", words).casefold()
    visible = "".join(one for one in shaped if unicodedata.category(one) not in {"Cf", "Mn"})
    return " ".join(_MARKS.sub(" ", visible).split())
