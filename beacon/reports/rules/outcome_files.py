"""The commissioner's page as the bytes that are kept, and read back from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any  # what JSON holds

from beacon.reports.rules.figures import Period
from beacon.reports.rules.grids import Grid, Rate, Row
from beacon.reports.rules.hiding import LEAST
from beacon.reports.rules.packing import canonical
from beacon.reports.terms import Kind


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """All tables of one period, as they stood at a moment."""

    period: Period
    as_at: datetime
    grids: Sequence[Grid]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted in the whole period."""
        return all(grid.is_empty for grid in self.grids)

    @property
    def sections(self) -> list[tuple[str, list[Grid]]]:
        """The tables under their headings, in order."""
        found: dict[str, list[Grid]] = {}
        for grid in self.grids:
            found.setdefault(grid.section, []).append(grid)
        return list(found.items())


def outcomes_bytes(what: Outcomes, *, exact_sha256: str = "") -> bytes:
    """Canonical JSON of the page with its words, and a SHA-256 over all that it says.

    The words stand in it too, so that a page can be made again after they were changed.
    """
    body: dict[str, object] = {
        "as_at": what.as_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "from": what.period.first.isoformat(),
        "to": what.period.last.isoformat(),
        "hidden_under": LEAST,
        "grids": [_grid(one) for one in what.grids],
        "exact_sha256": exact_sha256,
    }
    return canonical(body | {"sha256": hashlib.sha256(canonical(body)).hexdigest()})


def outcomes_read_back(content: bytes) -> Outcomes:
    """What such bytes say."""
    body = json.loads(content)
    return Outcomes(
        period=Period(date.fromisoformat(body["from"]), date.fromisoformat(body["to"])),
        as_at=datetime.fromisoformat(body["as_at"]),
        grids=tuple(map(_read_grid, body["grids"])),
    )


def _grid(grid: Grid) -> dict[str, object]:
    rate = grid.rate
    return {
        "key": grid.key,
        "section": grid.section,
        "title": grid.title,
        "heading": grid.heading,
        "definition": grid.definition,
        "columns": [[word, label] for word, label in grid.columns.items()],
        "kind": grid.kind.value,
        "total_label": grid.total_label,
        "rows": [_row(row) for row in grid.rows],
        "total": _row(grid.total) if grid.total else None,
        "rate": [rate.label, list(rate.part), list(rate.of)] if rate else None,
        "amount_label": grid.amount_label,
        "empty": grid.empty,
        "withheld": grid.withheld,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "group": row.group,
        "name": row.name,
        "total": row.total,
        "cells": dict(row.cells),
        "amount": row.amount,
    }


def _read_grid(said: Mapping[str, Any]) -> Grid:
    rate = said["rate"]
    return Grid(
        **{
            name: said[name]
            for name in (
                *("key", "section", "title", "heading", "definition", "total_label"),
                *("amount_label", "empty", "withheld"),
            )
        },
        columns=dict(said["columns"]),
        kind=Kind(said["kind"]),
        rows=tuple(Row(**row) for row in said["rows"]),
        total=Row(**said["total"]) if said["total"] else None,
        rate=Rate(label=rate[0], part=tuple(rate[1]), of=tuple(rate[2])) if rate else None,
    )


def exact_digest(what: Outcomes) -> str:
    """The SHA-256 of the exact figures of a moment, so that they can be recognised later."""
    return hashlib.sha256(outcomes_bytes(what)).hexdigest()


def written_out(what: Outcomes) -> dict[str, object]:
    """The figures as a program reads them: each table by its key, each row with its columns."""
    return {
        "from": what.period.first.isoformat(),
        "to": what.period.last.isoformat(),
        "as_at": what.as_at.astimezone(UTC).isoformat(timespec="seconds"),
        "tables": {
            grid.key: {
                "total": _plain(grid, grid.total) if grid.total else None,
                "rows": [_plain(grid, row) for row in grid.rows],
            }
            for grid in what.grids
        },
    }


def _plain(grid: Grid, row: Row) -> dict[str, object]:
    said: dict[str, object] = {"group": row.group, "name": row.name, "total": row.total}
    said |= dict(row.cells)
    if grid.rate:
        said["percent"] = grid.rate.of_row(row)
    if grid.amount_label:
        said["pence" if grid.kind is Kind.MONEY else "points"] = row.amount
    return said
