"""Published figures as the bytes that leave, and read back from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any  # what JSON holds

from beacon.reports.rules.figures import Group, Period
from beacon.reports.rules.hiding import LEAST, Line, Publication, Table
from beacon.reports.rules.packing import canonical
from beacon.reports.terms import Cut, Outcome


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """All that is published of one quarter, and the hash of the exact pack behind it."""

    period: Period
    as_at: datetime
    code: Publication
    standards: Publication
    unverified: frozenset[Group]  # rows of rules that rest on memory
    pack_sha256: str


def bytes_of(what: Leaving) -> bytes:
    """Canonical JSON with a SHA-256 over all that it says; a hidden count is null."""
    body: dict[str, object] = {
        "as_at": what.as_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "from": what.period.first.isoformat(),
        "to": what.period.last.isoformat(),
        "hidden_under": LEAST,
        "code": _publication(what.code),
        "standards": _publication(what.standards),
        "unverified": sorted(map(list, what.unverified)),
        "pack_sha256": what.pack_sha256,
    }
    return canonical(body | {"sha256": hashlib.sha256(canonical(body)).hexdigest()})


def read_back(content: bytes) -> Leaving:
    """What such bytes say; of a cut that was not there yet they say nothing."""
    body = json.loads(content)
    return Leaving(
        period=Period(date.fromisoformat(body["from"]), date.fromisoformat(body["to"])),
        as_at=datetime.fromisoformat(body["as_at"]),
        code=_read_publication(body["code"]),
        standards=_read_publication(body["standards"]),
        unverified=frozenset((group, name) for group, name in body["unverified"]),
        pack_sha256=body["pack_sha256"],
    )


def _publication(out: Publication) -> dict[str, object]:
    return {
        "total": _line(out.total) if out.total else None,
        "together": sorted(one.value for one in out.together),
        "tables": {
            cut.value: {"withheld": table.is_withheld, "lines": [_line(one) for one in table.lines]}
            for cut, table in out.tables.items()
        },
    }


def _line(line: Line) -> dict[str, object]:
    counts = {one.value: line.counts[one] for one in Outcome}
    return {"group": line.group, "name": line.name, "due": line.due, **counts}


def _read_publication(said: Mapping[str, Any]) -> Publication:
    return Publication(
        _read_line(said["total"]) if said["total"] else None,
        {
            Cut(cut): Table(tuple(map(_read_line, table["lines"])), table["withheld"])
            for cut, table in said["tables"].items()
        },
        frozenset(map(Outcome, said["together"])),
    )


def _read_line(said: Mapping[str, Any]) -> Line:
    counts = {one: said[one.value] for one in Outcome}
    return Line(said["group"], said["name"], said["due"], counts)
