"""The commissioner's page: exact for those who count, published for everybody who reads totals."""

from __future__ import annotations

from beacon.reports.routes.outcomes import behind, live, published  # noqa: F401  # views
from beacon.reports.routes.outcomes.ground import bp

__all__ = ["bp"]
