"""How a file is refused: one sentence that says why and what to do, by the box of the file."""

from __future__ import annotations

from typing import NoReturn

from beacon.core.errors import RuleBroken

ARCHIVE_END = b"PK\x05\x06"
FARTHEST = 65_557  # an archive's end record stands no farther from the end of a file


def refuse(words: str) -> NoReturn:
    """Turn the file away; nothing of it is kept."""
    raise RuleBroken(words, field="file")


def refuse_hidden_archive(content: bytes) -> None:
    """Refuse a picture or PDF that is an archive as well, read from its end."""
    if content.find(ARCHIVE_END, max(0, len(content) - FARTHEST)) >= 0:
        refuse(
            "The file holds an archive inside. Print it to PDF, or take a new copy of the picture, "
            "and add that."
        )
