"""When a caller is who they say: the pass-phrase, the two facts, and how often they may try."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from beacon.calls.terms import Fact
from beacon.core.names import name_key

WRONG_A_DAY = 3  # then nobody is checked for this victim until tomorrow (security.md TM-01)
CHECK_STANDS = timedelta(minutes=30)  # about as long as one call
SHORTEST_PHRASE = 6  # letters and figures: long enough not to be guessed in three tries
SHORTEST_NAME = 2
# Only what the case itself tells, and only what is of their own life. Whoever lives with somebody
# knows both of the second kind, so at least one of the two comes from the first.
OF_THE_CASE = (Fact.CRIME_REFERENCE, Fact.MANAGER, Fact.OFFICER)
OF_THEIR_LIFE = (Fact.BORN, Fact.POSTCODE)
_DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")


def is_phrase(said: str, kept: str) -> bool:
    """Whether what was said is the pass-phrase, in whatever case, spaces, hyphens and accents."""
    answer, right = name_key(said).encode(), name_key(kept).encode()
    return bool(right) and hmac.compare_digest(answer, right)


def weakness(phrase: str, hint: str, name: str) -> str:
    """Why this pass-phrase cannot stand, and what to do; empty where it can."""
    key = name_key(phrase)
    if len(key.replace(" ", "")) < SHORTEST_PHRASE:
        return f"Choose a pass-phrase of {SHORTEST_PHRASE} letters or more, such as three words."
    if set(key.split()) <= set(name_key(name).split()):
        return "Choose something other than their name."
    if key in name_key(hint):
        return "Leave the pass-phrase itself out of the hint."
    return ""


def facts_to_ask(known: Mapping[Fact, str]) -> tuple[Fact, ...]:
    """The two facts that are asked where there is no pass-phrase; none where two are not known."""
    of_case = [fact for fact in OF_THE_CASE if known.get(fact)]
    of_life = [fact for fact in OF_THEIR_LIFE if known.get(fact)]
    if not of_case:
        return ()
    second = next(iter(of_life + of_case[1:]), None)
    return (of_case[0], second) if second else ()


def is_fact(fact: Fact, said: str, kept: str) -> bool:
    """Whether the answer is the fact that we hold."""
    if fact is Fact.BORN:
        day = read_day(said)
        return day is not None and day.isoformat() == kept
    if fact in {Fact.MANAGER, Fact.OFFICER}:
        parts = name_key(said).split()
        named = any(len(part) >= SHORTEST_NAME for part in parts)
        return named and set(parts) <= set(name_key(kept).split())
    answer, right = _plain(said), _plain(kept)
    return bool(right) and hmac.compare_digest(answer.encode(), right.encode())


def read_day(text: str) -> date | None:
    """A day as somebody says and types it; None where it is none."""
    said = " ".join(text.split())
    for form in _DAYS:
        try:
            return datetime.strptime(said, form).date()  # a day has no zone
        except ValueError:
            continue
    return None


def _plain(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())
