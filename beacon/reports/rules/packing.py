"""A pack that can be made again: the same rows give the same bytes, whatever happened since."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from beacon.core import clock
from beacon.entitlements.terms import DutyState
from beacon.reports.rules.figures import Period, Tally, outcome_of, written


@dataclass(frozen=True, kw_only=True)
class DutyFact:
    """One duty as it stood at a moment: all that a figure of the Code is made of."""

    id: int
    right: int | None
    rule: str
    due_on: date
    state: DutyState
    is_local_standard: bool


def pack_of(rows: Iterable[DutyFact], period: Period, as_at: datetime) -> bytes:
    """The figures of a period as at a moment, the ids they count, and a SHA-256 over all that.

    The bytes are canonical JSON: sorted keys, no spaces, ASCII. Local standards stand apart.
    """
    counted = sorted(
        {row for row in rows if period.first <= row.due_on <= period.last}, key=lambda row: row.id
    )
    code = [row for row in counted if not row.is_local_standard]
    own = [row for row in counted if row.is_local_standard]
    body: dict[str, object] = {
        "as_at": as_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "duties": [row.id for row in code],
        "rights": _figures(code, as_at),
        "standard_duties": [row.id for row in own],
        "standards": _figures(own, as_at),
    }
    return _canonical(body | {"sha256": hashlib.sha256(_canonical(body)).hexdigest()})


def digest_of(pack: bytes) -> str:
    """The SHA-256 that a pack should bear, made anew from what it says."""
    body = json.loads(pack)
    body.pop("sha256", None)
    return hashlib.sha256(_canonical(body)).hexdigest()


def _figures(rows: list[DutyFact], as_at: datetime) -> list[dict[str, object]]:
    day = clock.london_day(as_at)
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for row in rows:
        outcome = outcome_of(row.state, row.due_on, day)
        found[row.right or 0, row.rule].counts[outcome] += 1
    return [written(right or None, rule, tally) for (right, rule), tally in sorted(found.items())]


def _canonical(body: dict[str, object]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
