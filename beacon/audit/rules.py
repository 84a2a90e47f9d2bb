"""How one row of the log is chained to the one before it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping

GENESIS = "0" * 64


def canonical(facts: Mapping[str, object]) -> bytes:
    """A row's facts as one exact line of bytes."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def chained(key: bytes, previous: str, facts: Mapping[str, object]) -> str:
    """HMAC-SHA-256 of the facts with the code of the row before (security.md R5)."""
    return hmac.new(key, previous.encode() + b"|" + canonical(facts), hashlib.sha256).hexdigest()


def key_id(key: bytes) -> str:
    """A short name of a key, fit to be written beside what it signed."""
    return hashlib.sha256(b"audit-key-id|" + key).hexdigest()[:12]
