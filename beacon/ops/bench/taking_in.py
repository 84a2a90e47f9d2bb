"""A police file through the command that takes it in, beside its rows put into one table."""

from __future__ import annotations

import csv
import json
import subprocess  # nosec B404
import sys
import time
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from beacon.core import clock
from beacon.ops.bench.county import County
from beacon.ops.bench.figures import Figure, Floor, code_of, must, seconds
from beacon.ops.bench.ground import Ground
from beacon.ops.bench.rows import POLICE, police
from config import ROOT

ROWS = 1_000
FLOORS = 5
TABLE = sa.Table("bench_rows", sa.MetaData(), *(sa.Column(name, sa.Text) for name in POLICE))
Rows = list[tuple[str, ...]]


def put_all(engine: sa.Engine, rows: Rows) -> None:
    """The floor on SQLite: the driver's executemany, one transaction."""
    insert = str(TABLE.insert().compile(engine))
    with engine.begin() as connection:
        connection.exec_driver_sql(insert, rows)


def copy_all(engine: sa.Engine, rows: Rows) -> None:
    """The floor on PostgreSQL: COPY, one transaction."""
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with driver.cursor().copy("COPY bench_rows FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def measure(ground: Ground, county: County) -> Figure:
    """Rows a second by the command's own count of its seconds, its start left out."""
    today = clock.today()
    rows = [police(n, today) for n in range(1, county.rounds(ROWS) + 1)]
    file = Path(ground.environment["BEACON_INSTANCE"]) / "police.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([POLICE, *rows])
    floors = [_floor(ground.bare, rows) for _ in range(FLOORS)]
    begun = time.perf_counter()
    report = take_in(ground, file)
    whole = time.perf_counter() - begun
    floors += [_floor(ground.bare, rows) for _ in range(FLOORS)]
    took, way = median(floors), copy_all if _is_postgresql(ground.bare) else put_all
    return Figure(
        name="import",
        database=ground.name,
        value=len(rows) / report["seconds"],
        unit="rows/s",
        floor=Floor(
            what=f"{'COPY' if way is copy_all else 'executemany'} of the same rows into one table",
            value=len(rows) / took,
            ms=took * 1000,
            code=code_of(way),
        ),
        more={"rows": len(rows), "seconds_with_start": round(whole, 3), "report": report},
    )


def take_in(ground: Ground, file: Path) -> dict[str, float]:
    """`flask referrals import`, in a process of its own as a person runs it."""
    order = [sys.executable, "-m", "flask", "referrals", "import", str(file)]
    done = subprocess.run(  # nosec B603
        [*order, "--feed", "police", "--json"],
        cwd=ROOT,
        env=dict(ground.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    must(done.returncode == 0, f"The import ended with {done.returncode}: {done.stderr[-500:]}")
    report: dict[str, float] = json.loads(done.stdout)
    every = report["created"] == report["cases_opened"] == report["read"]
    must(every, f"Every row is a new case, and the import says {report}.")
    return report


def _floor(engine: sa.Engine, rows: Rows) -> float:
    TABLE.create(engine)
    try:
        return seconds(lambda: (copy_all if _is_postgresql(engine) else put_all)(engine, rows))
    finally:
        TABLE.drop(engine)


def _is_postgresql(engine: sa.Engine) -> bool:
    return engine.dialect.name == "postgresql"
