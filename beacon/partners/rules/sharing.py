"""What goes to a partner: the facts that were chosen, and nothing that was kept back."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from beacon.partners.terms import FACTS_ABOUT_REACHING, SharedFact

SHORTEST_SECRET = 5  # letters and figures; what is shorter stands in many a sentence
_PLAIN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Said:
    """One line of what a partner sees."""

    label: str
    value: str


def snapshot(known: Mapping[SharedFact, str], chosen: Collection[SharedFact], asks: str) -> str:
    """What the partner will see, as JSON: the chosen facts that are known, in their order, and what
    is asked. Nothing else is ever put in it."""
    facts = {fact.value: known[fact] for fact in SharedFact if fact in chosen and known.get(fact)}
    return json.dumps({"facts": facts, "asks": asks}, ensure_ascii=False, sort_keys=True)


def not_safe_alone(known: Mapping[SharedFact, str], chosen: Collection[SharedFact]) -> bool:
    """Whether a way to reach somebody would go without the words on how to do it safely."""
    shares_a_way = any(known.get(fact) for fact in FACTS_ABOUT_REACHING & set(chosen))
    has_a_rule = bool(known.get(SharedFact.SAFE_CONTACT))
    return shares_a_way and has_a_rule and SharedFact.SAFE_CONTACT not in chosen


def names_what_is_kept_back(words: str, kept_back: Iterable[str]) -> bool:
    """Whether the words say something that is not to be shared, however it is spaced or spelt.

    A number is found with its first nought or its +44.
    """
    said = _plain(words)
    return any(
        len(plain) >= SHORTEST_SECRET and plain in said
        for secret in kept_back
        for plain in _spellings(secret)
    )


def _spellings(secret: str) -> set[str]:
    plain = _plain(secret)
    national = re.sub(r"^(0044|44|0)", "", plain)
    return {plain, national} if national.isdigit() else {plain}


def _plain(words: str) -> str:
    return _PLAIN.sub("", words).lower()
