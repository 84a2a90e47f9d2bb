"""The pages of plans, promises and closing."""

from __future__ import annotations

from flask import Flask

from beacon.cases import ends, panels
from beacon.cases import promising as said_in_contacts
from beacon.plans import commands, queries
from beacon.plans.routes import closing, keeping_safe, planning, promising  # noqa: F401  # views
from beacon.plans.routes.ground import bp
from beacon.plans.terms import PlanPermission
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages, and what a case asks of plans: its panel, its end, its contacts."""
    app.register_blueprint(bp)
    app.register_blueprint(promising.report_bp)
    ends.told_by(queries.ends_of)
    said_in_contacts.kept_by(commands.promise_in_contact)
    panels.close_by("plans.close")
    panels.add(
        "Plan and promises",
        order=3,
        permission=PlanPermission.READ,
        render=planning.plan_panel,
        fields=("plan", "promises"),
    )
    navigation.register(
        app,
        [
            navigation.Item(
                "Promises",
                "promises.report",
                PlanPermission.REPORT,
                62,
                about="Promises made to victims: kept, broken and open, by person and by team.",
            )
        ],
    )
