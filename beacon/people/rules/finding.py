"""By what a person is found: the words kept of them, and what somebody means who looks for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from beacon.core import phone
from beacon.core.names import name_key, phonetic
from beacon.core.postcode import Postcode, postcode_key
from beacon.core.reference import ALPHABET, LENGTH, PREFIX, crime_reference
from beacon.people.rules.facts import mail
from beacon.people.terms import KeyKind

KEY_AT_MOST = 250
SHORTEST_PART = 3
LAST_SIX = 6
PARTS_AT_MOST = 6
# The last sign there is: nothing that begins with a word comes after the word and this.
_LAST_SIGN = "\U0010ffff"
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "lady", "lord"}
)
_TELEPHONE = re.compile(r"\+?[0-9 ().\-]{6,30}")
_PARTING = re.compile(r"[^A-Z0-9]+")
_OWN = re.compile(rf"{PREFIX}[^A-Z0-9]*(?P<code>[{ALPHABET}]{{0,{LENGTH}}})")
_CODE = re.compile(rf"[{ALPHABET}]{{{SHORTEST_PART},{LENGTH}}}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?<![0-9A-Za-z/.\-])(?:"
    r"(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{1,2})-(?P<iso_day>[0-9]{1,2})"
    r"|(?P<day>[0-9]{1,2})(?P<by>[/.\-])(?P<month>[0-9]{1,2})(?P=by)(?P<year>[0-9]{4}|[0-9]{2})"
    rf"|(?P<in_words>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}},?"
    r" (?P<named_year>[0-9]{4}))(?![0-9A-Za-z/.\-])",
    re.IGNORECASE,
)

_LIKE_A_CRIME = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}")

Kept = tuple[KeyKind, str]


@dataclass(frozen=True)
class Range:
    """The keys of one kind from `low` up to, but not with, `high`; the lower rank comes first."""

    rank: int
    kind: KeyKind
    low: str
    high: str


def name_keys(name: str, surname: str) -> list[Kept]:
    """The words by which a name is found, each part of a double surname too.

    `name` and `surname` are as `names.name_key` gives them; a person without a name has none.
    """
    before = name.removesuffix(surname).strip() if surname else ""
    found: dict[Kept, None] = {(KeyKind.NAME, _clipped(name)): None} if name else {}
    for part in _tails(surname):
        found[KeyKind.SURNAME, _clipped(f"{part} {before}".strip())] = None
        found[KeyKind.SOUND, _clipped(f"{phonetic(part)} {before}")] = None
    return list(found)


def reference_keys(*references: str) -> list[Kept]:
    """The whole of each reference and its parts, as somebody may have only a part of it."""
    parts = dict.fromkeys(part for one in references for part in reference_parts(one))
    return [(KeyKind.REFERENCE, _clipped(part)) for part in parts]


def reference_parts(reference: str) -> list[str]:
    """A reference in capitals, what follows each sign in it, and the end of a long number."""
    whole = unicodedata.normalize("NFKC", reference).upper().strip()
    if own := _OWN.fullmatch(whole):
        return [own["code"]] if own["code"] else []
    parts = [whole, *(whole[match.end() :] for match in _PARTING.finditer(whole))]
    digits = re.search(r"[0-9]+$", whole)
    if digits and len(digits[0]) >= LAST_SIX:
        parts += [digits[0].lstrip("0"), digits[0][-LAST_SIX:]]
    kept = dict.fromkeys(part for part in parts if len(part) >= SHORTEST_PART)
    return list(kept)[:PARTS_AT_MOST]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody means by what they typed; it may be several things at once."""

    email: str = ""
    telephone: str = ""
    last_six: str = ""
    postcode: str = ""
    born: date | None = None
    name: str = ""
    reference: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nothing was meant that a person could be found by."""
        found = (self.email, self.telephone, self.postcode, self.born, self.name, self.reference)
        return not any(found)

    @property
    def meanings(self) -> tuple[str, ...]:
        """What the words were taken for, in words that repeat none of them."""
        said = (
            (self.email, "an email address"),
            (self.telephone, "a phone number"),
            (self.last_six, "the last six digits of one"),
            (self.postcode, "a postcode"),
            (self.born and self.name, "a name with a date of birth"),
            (self.born and not self.name, "a date of birth"),
            (self.name and not self.born, "a name"),
            (self.reference, "a reference or part of one"),
        )
        return tuple(words for holds, words in said if holds)

    def ranges(self) -> list[Range]:
        """The ranges of keys that the words point to, the nearest first."""
        found = [_beginning(0, KeyKind.REFERENCE, self.reference)] if self.reference else []
        if self.born:
            return [*found, _exactly(0, KeyKind.BORN, self.born.isoformat())]
        return [*found, *_of_name(self.name)]

    def narrowing(self) -> list[Range]:
        """Where a name stands beside a date of birth: only those of that day who are called so."""
        return _of_name(self.name) if self.born else []

    def whole(self) -> list[Range]:
        """Those of them that a whole name or reference points to, and no beginning of one."""
        found = [_exactly(0, KeyKind.REFERENCE, self.reference)] if self.reference else []
        if self.born:
            return [*found, _exactly(0, KeyKind.BORN, self.born.isoformat())]
        words = self.name.split()
        if len(words) < 2:
            return found
        return [
            *found,
            _exactly(1, KeyKind.NAME, self.name),
            _exactly(1, KeyKind.SURNAME, self.name),
        ]


# One search asks for it several times, from the cases, the referrals and the searcher's own kin.
@lru_cache(maxsize=8)
def sought(words: str, *, today: date) -> Sought:
    """Understand what was typed into the one box of the search."""
    typed = " ".join(unicodedata.normalize("NFKC", words).split())
    if "@" in typed:
        return Sought(email=mail(typed).normal)
    if _is_postcode(typed):
        # One of our own references may look like the postcode of a short district: W2 2NH.
        own = typed.upper() if _CODE.fullmatch(typed.upper()) else ""
        return Sought(postcode=postcode_key(typed), reference=own)
    born, rest = _born(typed, today)
    if born:
        reference = _reference(typed) if _LIKE_A_CRIME.fullmatch(typed) else ""
        return Sought(born=born, name=_name(rest), reference=reference)
    if _TELEPHONE.fullmatch(typed):
        digits = "".join(letter for letter in typed if letter.isdigit())
        return Sought(
            telephone=phone.normal(typed),
            last_six=digits if len(digits) == LAST_SIX else "",
            reference=_reference(typed),
        )
    reference = _reference(typed)
    is_name = not reference or not ("/" in typed or _OWN.fullmatch(typed.upper()))
    return Sought(name=_name(typed) if is_name else "", reference=reference)


def _tails(text: str) -> Iterator[str]:
    """`de la cruz`, `la cruz`, `cruz`: a double surname is found by each of its parts."""
    words = text.split(" ")[:PARTS_AT_MOST]
    yield text
    yield from (" ".join(words[start:]) for start in range(1, len(words)))


def _clipped(key: str) -> str:
    return key[:KEY_AT_MOST]


def _beginning(rank: int, kind: KeyKind, text: str) -> Range:
    return Range(rank, kind, _clipped(text), _clipped(text) + _LAST_SIGN)


def _exactly(rank: int, kind: KeyKind, text: str) -> Range:
    return Range(rank, kind, _clipped(text), _clipped(text) + "\x01")


def _of_name(name: str) -> list[Range]:
    """A name from its beginning, in either order, and those whose surname sounds like it."""
    *before, last = name.split() or [""]
    first = " ".join(before)
    if not last:
        return []
    found = [_beginning(1, KeyKind.SURNAME, name), _beginning(2, KeyKind.NAME, name)]
    if first:
        found.append(_beginning(1, KeyKind.SURNAME, f"{last} {first}"))
        found.append(_beginning(3, KeyKind.SOUND, f"{phonetic(name)} "))
    return [*found, _beginning(3, KeyKind.SOUND, f"{phonetic(last)} {first}")]


def _name(typed: str) -> str:
    """The name as it is compared, without a title before it."""
    words = name_key(typed).split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return " ".join(words)


def _is_postcode(typed: str) -> bool:
    try:
        Postcode.parse(typed)
    except ValueError:
        return False
    return True


def _born(typed: str, today: date) -> tuple[date | None, str]:
    """A day that was typed and what stands around it; nobody was born after today."""
    match = _DAY.search(typed)
    if not match:
        return None, typed
    found = match.groupdict()
    year = found["iso_year"] or found["year"] or found["named_year"]
    name = (found["name"] or "").lower()
    month = found["iso_month"] or found["month"] or str(_MONTHS.index(name) + 1 if name else 0)
    day = found["iso_day"] or found["day"] or found["in_words"]
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if whole <= today.year % 100 else 1900
    try:
        born = date(whole, int(month), int(day))
    except ValueError:
        return None, typed
    if born > today:
        return None, typed
    return born, f"{typed[: match.start()]} {typed[match.end() :]}".strip(" ,;")


def _reference(typed: str) -> str:
    """What was typed as a reference or a part of one; empty where it can be none."""
    whole = typed.upper()
    if own := _OWN.fullmatch(whole):
        return own["code"]
    closed = crime_reference(whole).normal
    has_digit = any(letter.isdigit() for letter in closed)
    if len(closed) < SHORTEST_PART or not (has_digit or _CODE.fullmatch(closed)):
        return ""
    return closed
