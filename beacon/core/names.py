"""People's names as keys: for finding the same name however it was typed."""

from __future__ import annotations

import unicodedata

import jellyfish

# Letters that carry no separable accent, so that Unicode leaves them whole.
_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e",
    }
)  # fmt: skip
# One sign may unfold into eighteen letters; a key is no longer than the column that keeps it.
KEY_AT_MOST = 220
_APOSTROPHES = frozenset("'’‘ʼʹ`´′＇ʻʽ")


def name_key(text: str) -> str:
    """One form for all spellings of a name that differ in case, accents, hyphens or apostrophes."""
    if text.isascii():  # nearly every name here: the same answer, sooner
        return " ".join(text.casefold().translate(_PLAIN).split())[:KEY_AT_MOST].rstrip()
    # Twice, because some signs fold into letters that fold again (rare, but a key must be stable).
    return _fold(_fold(text))[:KEY_AT_MOST].rstrip()


def phonetic(text: str) -> str:
    """A code that names which sound alike in English share, such as Clarke and Clark."""
    key = name_key(text)
    return jellyfish.metaphone(key) or key


def _fold(text: str) -> str:
    # Before NFKC, which turns some apostrophes into a space and an accent.
    plain = "".join(letter for letter in text if letter not in _APOSTROPHES)
    folded = unicodedata.normalize("NFKC", plain).casefold()
    letters = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    kept = "".join(_kept(letter) for letter in letters)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _kept(letter: str) -> str:
    """The letter, nothing for an accent, or a space for what parts two names."""
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Me", "Cf", "Sk"} or letter in _APOSTROPHES or letter == ".":
        return ""
    return letter if kind[0] in "LNM" else " "


_PLAIN = {code: _kept(chr(code)) for code in range(128)}
