"""What a backup says of itself, and the same facts read from a database, to be compared."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from beacon.core.settings import Environment

ENTRIES = sa.table("audit_entry", sa.column("seq"), sa.column("mac"))


@dataclass(frozen=True)
class Facts:
    """What can be counted in a database: by them two copies are known to be the same."""

    environment: str
    schema: str
    rows: dict[str, int]
    head_seq: int
    head_mac: str

    @property
    def total(self) -> int:
        """All rows together."""
        return sum(self.rows.values())


@dataclass(frozen=True)
class Manifest:
    """The first part of a backup."""

    kind: str  # sqlite | postgresql
    made_at: str  # ISO 8601, UTC
    beacon: str  # the libraries that it was made with
    journal_mark: str  # a line of the send journal at that moment; empty where none could be made
    journal_bytes: int
    facts: Facts

    def to_bytes(self) -> bytes:
        """As it stands in the file."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """As it was written."""
        read = json.loads(data)
        return cls(**read | {"facts": Facts(**read["facts"])})


def made_with() -> str:
    """The libraries on which the form of the data depends."""
    return f"sqlalchemy {version('sqlalchemy')}, cryptography {version('cryptography')}"


def facts_of(connection: sa.Connection) -> Facts:
    """Count every row of a database, as its transaction sees it."""
    count = sa.select(sa.func.count())
    rows = {
        name: int(connection.scalar(count.select_from(sa.table(name))) or 0)
        for name in sorted(sa.inspect(connection).get_table_names())
    }
    last = connection.execute(sa.select(ENTRIES).order_by(ENTRIES.c.seq.desc()).limit(1)).first()
    return Facts(
        environment=connection.scalar(sa.select(Environment.name)) or "",
        schema=MigrationContext.configure(connection).get_current_revision() or "",
        rows=rows,
        head_seq=int(last.seq) if last else 0,
        head_mac=str(last.mac) if last else "",
    )


def difference(said: Facts, found: Facts) -> str:
    """In what a copy differs from what its manifest says; empty where it does not."""
    if found == said:
        return ""
    for name in sorted({*said.rows, *found.rows}):
        if said.rows.get(name) != found.rows.get(name):
            return f"table {name} has {found.rows.get(name)} rows, not {said.rows.get(name)}"
    return "its schema or the head of its log is not the one that was written down"
