"""A moment as the database keeps it: always in UTC, always with its zone in Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment: stored in UTC, carries its zone in Python; a naive one is refused."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """PostgreSQL keeps the zone; SQLite keeps UTC without one."""
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name == "postgresql"))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Refuse a naive moment; hand over UTC, to SQLite as the text that SQLAlchemy keeps there.

        Written in one step, since an import writes millions.
        """
        return _utc if dialect.name == "postgresql" else _utc_text

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        """Give the zone back, in one step for each value of a list."""
        return _in_utc if dialect.name == "postgresql" else _from_text


def _in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _from_text(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(f"{kept}+00:00")


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone was about to be stored")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


# The rows of one transaction tell the same few moments many times.
@lru_cache(maxsize=100)
def _utc_text(moment: datetime | None) -> str | None:
    utc = _utc(moment)
    return None if utc is None else utc.isoformat(" ", "microseconds").removesuffix("+00:00")
