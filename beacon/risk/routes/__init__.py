"""The pages of risk and safety."""

from __future__ import annotations

from flask import Flask

from beacon.cases import ends, hushing, marks, panels, stops
from beacon.risk import queries, weighing  # noqa: F401  # asked by caseloads
from beacon.risk.routes import (  # noqa: F401  # views
    asb,
    assessing,
    districts,
    looking,
    safety,
)
from beacon.risk.routes.ground import FIELDS, bp
from beacon.risk.terms import RiskPermission
from beacon.web.layout import add_banner


def init_app(app: Flask) -> None:
    """Register the pages, the part of a case's page, its marks, and what stands on top."""
    app.register_blueprint(bp)
    app.register_blueprint(districts.bp)
    add_banner(app, looking.concerns_on_top)
    marks.by("risk", queries.marks)
    ends.told_by(queries.ends_of)
    hushing.by(queries.is_high)
    stops.told_by(queries.stops)
    panels.add("Risk and safeguarding", 2, RiskPermission.READ, looking.risk_panel, FIELDS[3:])
