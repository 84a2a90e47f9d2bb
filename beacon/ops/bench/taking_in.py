"""A year's police file through the command that takes it in, beside the cases put into a table."""

from __future__ import annotations

import csv
import json
import re
import subprocess  # nosec B404
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import IO

import sqlalchemy as sa

from beacon.cases.models import CaseFile
from beacon.core import clock
from beacon.ops.bench.county import County
from beacon.ops.bench.figures import Figure, Floor, code_of, must, seconds, spread
from beacon.ops.bench.ground import Ground
from beacon.ops.bench.rows import POLICE, Manager, Row, case, police
from beacon.ops.bench.visiting import visitor
from config import ROOT

A_YEAR = 57_519  # people who came in the first year
FLOORS = 3
CASES = sa.Table(
    "bench_cases",
    sa.MetaData(),
    *(sa.Column(one.name, one.type) for one in CaseFile.__table__.columns if one.computed is None),
)
BETWEEN_PAGES = 1.0  # seconds
Rows = list[Row]


def put_all(engine: sa.Engine, rows: Rows) -> None:
    """The floor: SQLAlchemy Core's executemany of the case rows, one transaction."""
    with engine.begin() as connection:
        connection.execute(sa.insert(CASES), rows)


def measure(ground: Ground, county: County) -> Figure:
    """Rows a second by the command's own count of its seconds, its start left out.

    Meanwhile a team leader opens the team's cases every second.
    """
    today, number = clock.today(), min(A_YEAR, county.cases * 6 // 5)
    file = Path(ground.environment["BEACON_INSTANCE"]) / "police.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([POLICE, *(police(n, today) for n in range(1, number + 1))])
    with ground.app.app_context():
        managers = [Manager(county.manager, 1)]
        bare = [case(n, today, managers) for n in range(1, number + 1)]
    floors = [_floor(ground.bare, bare) for _ in range(FLOORS)]
    begun = time.perf_counter()
    report, peak, pages = take_in(ground, file, visitor(ground, county.leader, "/cases/"))
    whole = time.perf_counter() - begun
    took = median([*floors, *(_floor(ground.bare, bare) for _ in range(FLOORS))])
    return Figure(
        name="import",
        database=ground.name,
        value=number / report["seconds"],
        unit="rows/s",
        floor=Floor(
            what="Core executemany of as many case rows",
            value=number / took,
            ms=took * 1000,
            code=code_of(put_all),
        ),
        more={
            "rows": number,
            "seconds_with_start": round(whole, 3),
            "peak_mb": round(peak, 1),
            "pages_meanwhile": {"number": len(pages), **spread(pages), "slowest_ms": max(pages)},
            "report": report,
        },
    )


def take_in(
    ground: Ground, file: Path, visit: Callable[[], object]
) -> tuple[dict[str, float], float, list[float]]:
    """`flask referrals import`, in a process of its own as a person runs it.

    Gives its report, the most memory that it and those beside it held at any second (MB), and the
    milliseconds of each page.
    """
    pages: list[float] = []
    order = [sys.executable, "-m", "flask", "referrals", "import", str(file)]
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as faults:
        child = subprocess.Popen(  # nosec B603
            [*order, "--feed", "police", "--json"],
            cwd=ROOT,
            env=dict(ground.environment),
            stdout=told,
            stderr=faults,
        )
        peak_kb = 0
        try:
            while child.poll() is None:
                pages.append(seconds(visit) * 1000)
                time.sleep(BETWEEN_PAGES)
                peak_kb = max(peak_kb, _held(child.pid))
        finally:
            child.kill()  # nothing where it has ended
        said, fault = _said(told), _said(faults)
    must(child.returncode == 0, f"The import ended with {child.returncode}: {fault[-500:]}")
    report: dict[str, float] = json.loads(said)
    must(report["created"] == report["read"], f"Every row is new, and the import says {report}.")
    return report, peak_kb / 1024, pages


def _held(pid: int) -> int:
    """The memory (kB) that a process holds together with those beside it; nought once it has ended.

    What several of them share is counted once.
    """
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return sum(_share(one) for one in (str(pid), *children))
    except OSError:  # it has ended meanwhile
        return 0


def _share(pid: str) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def _said(output: IO[bytes]) -> str:
    output.seek(0)
    return output.read().decode("utf-8", "replace")


def _floor(engine: sa.Engine, rows: Rows) -> float:
    CASES.create(engine)
    try:
        return seconds(lambda: put_all(engine, rows))
    finally:
        CASES.drop(engine)
