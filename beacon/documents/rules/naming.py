"""The names of files: the sender's, shown to those who may read it; ours, which says nothing."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 200


def name_to_show(given: str) -> str:
    """The sender's name of a file without folders, control and direction signs (M-17).

    It is only ever shown, escaped, and names nothing on our side.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[:LONGEST_NAME] or "file"


def name_to_save(reference: str, number: int, ending: str) -> str:
    """The name under which a file is handed out: no person and nothing of a case (X-12)."""
    return f"{reference}-document-{number}.{ending}"
