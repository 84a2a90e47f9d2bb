"""The ministry's return: exact, as published, what is missing for it, and its columns."""

from __future__ import annotations

from beacon.reports.routes.ministry import columns, reading  # noqa: F401  # views
from beacon.reports.routes.ministry.ground import bp

__all__ = ["bp"]
