"""How one row of the log is chained to the one before it, and what a row names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from beacon.audit.terms import Pace
from beacon.core.sealed import signed

GENESIS = "0" * 64
# A fact that names a record of another kind than the row's own, with the kind it names.
NAMES = {
    "case_id": "case_file",
    "victim_id": "victim",
    "other_id": "victim",
    "crime_id": "crime",
    "referral_id": "referral",
    "hearing_id": "hearing",
    "defendant_id": "defendant",
    "reference": "case_reference",
}
WINDOW = timedelta(minutes=10)
# Made once: a whole log is walked with it.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
_NAMING = re.compile("|".join(f'"{fact}":' for fact in ("ids", *NAMES)))


@dataclass(frozen=True)
class Limit:
    """How often something may be read in ten minutes: the setting, and the actions that count."""

    setting: str
    actions: tuple[str, ...]
    words: str


LIMITS = {
    Pace.CASES: Limit(
        "access.cases_in_ten_minutes",
        (
            "case.access",
            "case.shown",
            "defendant.number_shown",
            "fraud.case_shown",
            "hearing.exported",
            "hearing.shown",
            "referral.shown",
            "victim.contact_shown",
        ),
        "opened very many records",
    ),
    Pace.LISTS: Limit(
        "access.lists_in_ten_minutes",
        ("case.listed", "case_file.shown"),
        "opened very many lists of cases",
    ),
    Pace.SEARCHES: Limit(
        "access.searches_in_ten_minutes",
        ("case.found", "victim.looked_for"),
        "made very many searches",
    ),
}


def written(facts: Mapping[str, object]) -> str:
    """Facts as one exact line of text."""
    return _ENCODER.encode(facts)


def canonical(facts: Mapping[str, object]) -> bytes:
    """A row's facts as one exact line of bytes."""
    return written(facts).encode()


def chained(key: bytes, previous: str, facts: Mapping[str, object]) -> str:
    """HMAC-SHA-256 of the facts with the code of the row before (security.md R5)."""
    return signed(key, previous.encode() + b"|" + canonical(facts)).hex()


@lru_cache(maxsize=8)
def key_id(key: bytes) -> str:
    """A short name of a key, fit to be written beside what it signed."""
    return hashlib.sha256(b"audit-key-id|" + key).hexdigest()[:12]


def may_name(facts: str) -> bool:
    """Whether a row's facts, as they are written, could name another record at all."""
    return _NAMING.search(facts) is not None


def named(kind: str, identity: str, facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """The records that a row names beside its own object: each gets a line in the index."""
    ids = facts.get("ids")
    found = [(kind, str(one)) for one in ids] if isinstance(ids, list) else []
    found += [(other, str(facts[fact])) for fact, other in NAMES.items() if fact in facts]
    return [pair for pair in dict.fromkeys(found) if pair != (kind, identity)]
