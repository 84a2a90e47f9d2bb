"""What this process signs the log with, and where it writes its heads: never in the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class _Held:
    """Given by create_app, once."""

    keys: tuple[bytes, ...] = ()
    anchors: Path | None = None


def configure(keys: Sequence[bytes], anchors: Path) -> None:
    """Give the process its audit keys, the first of which signs, and the place of its anchors."""
    _Held.keys, _Held.anchors = tuple(keys), anchors


def audit_key() -> bytes:
    """The key that signs."""
    return _Held.keys[0]


def audit_keys() -> tuple[bytes, ...]:
    """Every key that verifies: the one that signs, and those before it."""
    return _Held.keys


def anchors_place() -> Path:
    """The file or folder in which the heads of the log are written down."""
    if _Held.anchors is None:
        raise RuntimeError("no place for anchors: create_app() has not run")
    return _Held.anchors
