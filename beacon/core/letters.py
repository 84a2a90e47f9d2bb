"""The words of a letter that a person writes: its paragraphs, and what is still to be filled in."""

from __future__ import annotations

import re

_GAP = re.compile(r"\[[^\[\]\n]{1,80}\]")
_BREAK = re.compile(r"\n\s*\n")


def paragraphs_of(words: str) -> list[str]:
    """The paragraphs of what was typed, without the blank lines between them."""
    parts = _BREAK.split(words.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]


def normal_words(typed: str) -> str:
    """Paragraphs with one blank line between them, however they were typed."""
    return "\n\n".join(paragraphs_of(typed))


def gaps(words: str) -> list[str]:
    """What has still to be filled in, with its brackets."""
    return _GAP.findall(words)
