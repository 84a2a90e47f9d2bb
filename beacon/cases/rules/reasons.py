"""What casework asks of words before it lets somebody in."""

from __future__ import annotations

import re

REASON_AT_LEAST = 20
WORDS_AT_LEAST = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_a_reason(words: str) -> bool:
    """Whether somebody could judge by these words: long enough, and not one word leaned on."""
    said = " ".join(words.split())
    different = {word.casefold() for word in _WORD.findall(said)}
    return len(said) >= REASON_AT_LEAST and len(different) >= WORDS_AT_LEAST
