"""How two names agree: the same, or as one person's name is written down on two days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import jellyfish
from nicknames import NickNamer

from beacon.core.names import phonetic
from beacon.people.terms import Fact

# What British forms say and the library, made from American parish books, does not know.
ALSO = {"mo": {"mohammed", "mohammad", "muhammad", "mohamed", "mohamad", "muhammed"}}
# A code of two letters is shared by John, Jane, June and Ian.
SHORTEST_SOUND = 3
SLIPS_IN = ((8, 2), (3, 1))  # letters of the longer name, and how many slips it may have
MOST_INITIALS = 3  # written as one word
VOWELS = frozenset("aeiouy")
REMEMBERED = 20_000
# Those of one lot or one page, which are met more than once; the next ones are others.
REMEMBERED_PAIRS = 2_000
# The surest first: two parts of a name agree as well as the less sure of them.
ORDER = (
    Fact.NAME,
    Fact.NICKNAME,
    Fact.MORE_NAMES,
    Fact.INITIAL,
    Fact.SPELLING,
    Fact.SOUND,
)
UNSURE = frozenset({Fact.INITIAL, Fact.SOUND, Fact.SPELLING})


@dataclass(frozen=True)
class Named:
    """A name in the form in which it is compared: folded (names.name_key), in its parts."""

    whole: str
    first: str = ""
    last: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of a person's name, or of an organisation's."""
        return tuple((f"{self.first} {self.last}" if self.last else self.whole).split())


@lru_cache(maxsize=REMEMBERED_PAIRS)
def alike(one: Named, other: Named) -> Fact | None:
    """How two names agree, if they do; nobody's name agrees with anybody's."""
    return _alike(one, other)


def might_be(one: Named, other: Named) -> bool:
    """Whether two names agree in any way: the same question, of names that are met but once."""
    return _alike(one, other) is not None


def _alike(one: Named, other: Named) -> Fact | None:
    if not one.whole or not other.whole:
        return None
    if one.whole == other.whole:
        return Fact.NAME
    if not (one.first and other.first):
        return Fact.SPELLING if _slipped(one.whole, other.whole) else None
    if not (one.last and other.last):  # a full stop for a surname folds to nothing
        return Fact.MORE_NAMES if _is_part([*one.words], [*other.words]) else None
    if sorted(one.words) == sorted(other.words):
        return Fact.SWAPPED
    return _straight(one, other) or _swapped(one, other)


@lru_cache(maxsize=REMEMBERED)
def sound(word: str) -> str:
    """The code of one word of a name that words which sound alike share."""
    return phonetic(word)


def _straight(one: Named, other: Named) -> Fact | None:
    # The surname first: of two people it is the likelier to differ, and then all is said.
    last = _last(one.last, other.last)
    first = _first(one.first, other.first) if last else None
    return _both(first, last) if first and last else None


def _swapped(one: Named, other: Named) -> Fact | None:
    first = _first(one.first, other.last)
    last = _first(one.last, other.first) if first else None
    return Fact.SWAPPED_NEAR if first and last and _both(first, last) else None


def _both(first: Fact, last: Fact) -> Fact | None:
    if first is Fact.INITIAL and last in UNSURE:
        return None
    return max(first, last, key=ORDER.index)


def _first(one: str, other: str) -> Fact | None:
    if one == other:
        return Fact.NAME
    mine, theirs = one.split(), other.split()
    if _is_short_for(mine[0], theirs[0]) and _is_part(mine[1:], theirs[1:]):
        return Fact.NICKNAME
    if _has_initials(mine, theirs):
        return Fact.INITIAL
    return _last(one, other)


def _has_initials(mine: list[str], theirs: list[str]) -> bool:
    """Whether they agree word by word as far as both go, and somewhere only by a first letter."""
    pairs = list(zip(_spelt(mine, theirs), _spelt(theirs, mine), strict=False))
    by_letter = [1 in {len(one), len(other)} and one[0] == other[0] for one, other in pairs]
    return any(by_letter) and all(
        letter or one == other for letter, (one, other) in zip(by_letter, pairs, strict=True)
    )


def _spelt(words: list[str], beside: list[str]) -> list[str]:
    """The words, or the letters of one that is none: JR is no name, and JA is James Andrew's."""
    initials = "".join(word[0] for word in beside)
    is_short = len(words) == 1 and 1 < len(words[0]) <= MOST_INITIALS
    if is_short and (words[0] == initials or VOWELS.isdisjoint(words[0])):
        return [*words[0]]
    return words


def _last(one: str, other: str) -> Fact | None:
    if one == other:
        return Fact.NAME
    if (" " in one or " " in other) and _is_part(one.split(), other.split()):
        return Fact.MORE_NAMES
    if _slipped(one, other):
        return Fact.SPELLING
    return Fact.SOUND if _sound_alike(one, other) else None


def _is_part(one: list[str], other: list[str]) -> bool:
    """Whether one has every word of the other: a middle name, or half of a double name."""
    return set(one) <= set(other) or set(other) <= set(one)


def _sound_alike(one: str, other: str) -> bool:
    code = sound(one)
    return len(code) >= SHORTEST_SOUND and code == sound(other)


def _slipped(one: str, other: str) -> bool:
    """Whether a slip or two of the keys turn one into the other: a letter, or two the wrong way."""
    longer = max(len(one), len(other))
    slips = next((number for letters, number in SLIPS_IN if longer >= letters), 0)
    if abs(len(one) - len(other)) > slips:
        return False
    return jellyfish.damerau_levenshtein_distance(one, other) <= slips


def _is_short_for(one: str, other: str) -> bool:
    """Whether one is what people called the other are called, or both are short for a third."""
    if one == other:
        return False
    mine, theirs = _full_names(one), _full_names(other)
    return one in theirs or other in mine or not mine.isdisjoint(theirs)


@lru_cache(maxsize=REMEMBERED)
def _full_names(name: str) -> frozenset[str]:
    return frozenset(_book().canonicals_of(name) | ALSO.get(name, set()))


@cache
def _book() -> NickNamer:
    return NickNamer()
