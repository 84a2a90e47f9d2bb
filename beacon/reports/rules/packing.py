"""A pack that can be made again: the same rows give the same bytes, whatever happened since."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from beacon.core import clock
from beacon.entitlements.terms import DutyState, VictimCategory
from beacon.reports.rules.figures import Period, Tally, outcome_of, written
from beacon.reports.terms import Outcome

G = TypeVar("G")


@dataclass(frozen=True, kw_only=True)
class DutyFact:
    """One duty as it stood at a moment: all that a figure of the Code is made of."""

    id: int
    right: int | None
    rule: str
    code: str
    body: str
    due_on: date
    state: DutyState
    enhanced: bool
    is_local_standard: bool
    is_unverified: bool  # its rule was from memory then, and no person had checked it


def pack_of(rows: Iterable[DutyFact], period: Period, as_at: datetime) -> bytes:
    """The figures of a period as at a moment, the duties they count, and a SHA-256 over all that.

    The bytes are canonical JSON: sorted keys, no spaces, ASCII. Each figure is the number of those
    listed duties that bear its words. Local standards stand apart. Team, district and what people
    are do not stand here: only of the duties themselves is it written down how they stood.
    """
    counted = sorted(
        {row for row in rows if period.first <= row.due_on <= period.last}, key=lambda row: row.id
    )
    day = clock.london_day(as_at)
    code = [row for row in counted if not row.is_local_standard]
    own = [row for row in counted if row.is_local_standard]
    body: dict[str, object] = {
        "as_at": as_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "duties": [row.id for row in code],
        "listed": [_listed(row, day) for row in code],
        "rights": _figures(code, day),
        "months": _cut(code, day, "month", month_of),
        "categories": _cut(code, day, "category", category_of),
        "bodies": _cut(code, day, "body", lambda row: row.body),
        "unverified_rules": sorted({row.rule for row in code if row.is_unverified}),
        "standard_duties": [row.id for row in own],
        "standards_listed": [_listed(row, day) for row in own],
        "standards": _figures(own, day),
    }
    return canonical(body | {"sha256": hashlib.sha256(canonical(body)).hexdigest()})


def digest_of(pack: bytes) -> str:
    """The SHA-256 that a pack should bear, made anew from what it says."""
    body = json.loads(pack)
    body.pop("sha256", None)
    return hashlib.sha256(canonical(body)).hexdigest()


def canonical(body: dict[str, object]) -> bytes:
    """The one way in which the same facts are written."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def month_of(row: DutyFact) -> str:
    """The month in which a duty was due."""
    return f"{row.due_on:%Y-%m}"


def category_of(row: DutyFact) -> str:
    """For which category of victim its limit was reckoned, as it stood then."""
    return (VictimCategory.ENHANCED if row.enhanced else VictimCategory.STANDARD).value


def _listed(row: DutyFact, day: date) -> dict[str, object]:
    return {
        "id": row.id,
        "right": row.right,
        "rule": row.rule,
        "code": row.code,
        "body": row.body,
        "due_on": row.due_on.isoformat(),
        "category": category_of(row),
        "outcome": outcome_of(row.state, row.due_on, day).value,
        "unverified": row.is_unverified,
    }


def _figures(rows: list[DutyFact], day: date) -> list[dict[str, object]]:
    unsure = {_rule(row) for row in rows if row.is_unverified}
    return [
        written(right or None, rule, tally) | {"unverified": (right, rule) in unsure}
        for (right, rule), tally in sorted(_tallied(rows, day, _rule).items())
    ]


def _rule(row: DutyFact) -> tuple[int, str]:
    return row.right or 0, row.rule


def _cut(
    rows: list[DutyFact], day: date, name: str, of: Callable[[DutyFact], str]
) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for group, tally in sorted(_tallied(rows, day, of).items()):
        counts = {one.value: tally[one] for one in Outcome}
        found.append({name: group, "due": tally.due, **counts, "percent": tally.percent})
    return found


def _tallied(rows: list[DutyFact], day: date, of: Callable[[DutyFact], G]) -> dict[G, Tally]:
    found: dict[G, Tally] = defaultdict(Tally)
    for row in rows:
        found[of(row)].counts[outcome_of(row.state, row.due_on, day)] += 1
    return dict(found)
