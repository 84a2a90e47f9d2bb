"""References that people read out: our own, and those of the police and the courts."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

PREFIX = "BCN"
# No vowels, so that no word is spelt by accident; no 0, O, 1 or I, which are misread.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
LENGTH = 5

_OURS = re.compile(rf"{PREFIX}([{ALPHABET}]{{{LENGTH}}})")
_SPACING = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


class Chooser(Protocol):
    """What picks letters: the machine's own secret source, or a seeded one for made-up data."""

    def choice(self, seq: Sequence[str], /) -> str:
        """One of them."""
        ...


@dataclass(frozen=True, order=True)
class CaseReference:
    """The reference of a case, BCN-7K2M4, which can be read out over the telephone."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference in any case, with or without its dash."""
        typed = _SPACING.sub("", unicodedata.normalize("NFKC", text)).upper()
        match = _OURS.fullmatch(typed)
        if not match:
            raise ValueError("Enter a case reference, such as BCN-7K2M4.")
        return cls(f"{PREFIX}-{match[1]}")

    @classmethod
    def make(cls, source: Chooser | None = None) -> Self:
        """A new reference by chance; whoever stores it sees that no other case has it."""
        chooser = source or secrets.SystemRandom()
        return cls(f"{PREFIX}-{''.join(chooser.choice(ALPHABET) for _ in range(LENGTH))}")

    def __str__(self) -> str:
        return self.text


class Checked(NamedTuple):
    """A reference in the form by which it is compared, and what looks wrong with it, if anything.

    What was typed is kept beside it: an unusual reference is questioned, never refused.
    """

    normal: str
    warning: str | None = None


# domain.md 6.3, as are all the shapes below.
_CRIME = re.compile(r"([A-Z0-9]{2})/0*([0-9]{1,6})/(?:20)?([0-9]{2})")
_URN = re.compile(r"[A-Z0-9]{4}[0-9]{3,7}")
_URN_DUMMIES = ("00NP", "00PP", "DD00")
_ASN_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_ASN_LONG = re.compile(
    rf"(?P<year>[0-9]{{2}})(?P<top>[A-Z0-9]?)(?P<force>[A-Z0-9]{{2}})(?P<unit>[A-Z0-9]{{2}})"
    rf"(?P<system>[A-Z0-9]{{2}})(?P<serial>[0-9]{{11}})(?P<letter>[{_ASN_LETTERS}])"
)
_ASN_SHORT = re.compile(
    rf"(?P<year>[0-9]{{2}})/(?P<top>[A-Z0-9]?)(?P<force>[A-Z0-9]{{2}})(?P<unit>[A-Z0-9]{{2}})"
    rf"/(?P<system>[A-Z0-9]{{2}})/(?P<serial>[0-9]{{1,11}})(?P<letter>[{_ASN_LETTERS}])"
)
HERTFORDSHIRE = "41"


def crime_reference(text: str) -> Checked:
    """A crime reference as 41/66827/20, whatever spaces, capitals and zeros it came with."""
    typed = _tidy(text).replace("\\", "/")
    match = _CRIME.fullmatch(typed)
    if not match:
        return Checked(typed, "This does not look like a crime reference, such as 41/66827/20.")
    normal = "/".join(match.groups())
    if match[1] != HERTFORDSHIRE:
        return Checked(normal, "This is another force's crime reference: ours begin with 41.")
    return Checked(normal)


def urn(text: str) -> Checked:
    """A prosecution's unique reference number (PTI-URN), as 41E10001224."""
    typed = _tidy(text).replace("/", "")
    if not _URN.fullmatch(typed):
        return Checked(typed, "This does not look like a URN, such as 41E10001224.")
    if typed.startswith(_URN_DUMMIES):
        return Checked(typed, "This is a stand-in URN: ask the court for the real one.")
    return Checked(typed)


def asn(text: str) -> Checked:
    """An arrest summons number in its long form, its check letter checked."""
    typed = _tidy(text)
    match = _ASN_LONG.fullmatch(typed) or _ASN_SHORT.fullmatch(typed)
    if not match:
        return Checked(typed, "This does not look like an ASN, such as 24/41E1/01/12345F.")
    serial = match["serial"].zfill(11)
    normal = "".join(match.group("year", "top", "force", "unit", "system"))
    normal += serial + match["letter"]
    counted = [part for part in (match["force"], match["system"]) if part.isdecimal()]
    expected = _ASN_LETTERS[int("".join([*counted, match["year"], serial])) % 23]
    if match["letter"] != expected:
        return Checked(normal, "The last letter of this ASN does not fit its digits: check it.")
    return Checked(normal)


def _tidy(text: str) -> str:
    """In capitals, without spaces (domain.md rule 6.3)."""
    closed = "".join(unicodedata.normalize("NFKC", text).upper().split())
    # Again, because an accent may have stood alone until the space before it went.
    return unicodedata.normalize("NFKC", closed)
