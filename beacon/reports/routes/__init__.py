"""The pages of compliance: what is published of a quarter, and the exact figures of one's own."""

from __future__ import annotations

from flask import Flask

from beacon.reports.forms import row_name
from beacon.reports.routes import counting, publishing, reading  # noqa: F401  # views
from beacon.reports.routes.counting import boxes
from beacon.reports.routes.figures import bp as figures_bp
from beacon.reports.routes.ground import PUBLISHED, bp
from beacon.reports.routes.ministry import bp as ministry_bp
from beacon.reports.routes.outcomes import bp as outcomes_bp
from beacon.reports.routes.quality import QUALITY
from beacon.reports.routes.quality import bp as quality_bp
from beacon.reports.rules import month_name
from beacon.web import navigation

OUTCOMES = "Who came, what was done for them and what came of it, by quarter."
COMPLIANCE = "What the Victims’ Code obliges the service to tell, and how often it was in time."
LACKING = "What is missing in cases or contradicts itself, with the page that mends it."
RETURN = "The quarter as the ministry asks for it, column by column."


def init_app(app: Flask) -> None:
    """Register the pages, their place in the menu, and how templates link to a period."""
    app.register_blueprint(bp)
    app.register_blueprint(outcomes_bp)
    app.register_blueprint(quality_bp)
    app.register_blueprint(ministry_bp)
    app.register_blueprint(figures_bp)
    app.add_template_global(boxes, "period_boxes")
    app.add_template_global(month_name, "month_name")
    app.add_template_global(row_name, "row_name")
    navigation.register(
        app,
        [
            navigation.Item("Outcomes", "outcomes.index", PUBLISHED, 64, about=OUTCOMES),
            navigation.Item("Compliance", "reports.compliance", PUBLISHED, 65, about=COMPLIANCE),
            navigation.Item("Data quality", "quality.index", QUALITY, 66, about=LACKING),
            navigation.Item("Ministry’s return", "ministry.index", PUBLISHED, 67, about=RETURN),
        ],
    )
