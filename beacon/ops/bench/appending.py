"""One row of the log, chained and committed, beside one bare row, committed."""

from __future__ import annotations

import sqlalchemy as sa

from beacon.audit import commands as audit
from beacon.core.db import transaction
from beacon.ops.bench.county import BENCH, County
from beacon.ops.bench.figures import Figure, Floor, code_of, in_turn, must, spread
from beacon.ops.bench.ground import Ground
from beacon.ops.bench.visiting import logged

ROUNDS = 200
TABLE = sa.Table(
    "bench_commit",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("words", sa.Text),
)


def append() -> None:
    """What is measured: one row of the log in a transaction of its own."""
    with transaction():
        audit.record("bench.appended", ("bench", 1), BENCH)


def bare_commit(engine: sa.Engine) -> None:
    """The floor: one row in a transaction of its own."""
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO bench_commit (words) VALUES ('bench.appended')")


def measure(ground: Ground, county: County) -> Figure:
    """The median of an append to the log."""
    TABLE.create(ground.bare)
    before, rows = logged(ground), county.rounds(ROUNDS)
    with ground.app.app_context():
        ours, theirs = in_turn(rows, append, lambda: bare_commit(ground.bare))
    written = logged(ground) - before
    must(written == rows, f"{rows} rows were appended and {written} are in the log.")
    TABLE.drop(ground.bare)
    row, bare = spread(ours), spread(theirs)
    return Figure(
        name="audit_append",
        database=ground.name,
        value=row["median_ms"],
        unit="ms",
        floor=Floor(
            what="a bare row, one commit each",
            value=bare["median_ms"],
            ms=bare["median_ms"],
            code=code_of(bare_commit),
        ),
        more={"rows": rows, "row": row, "bare": bare},
    )
