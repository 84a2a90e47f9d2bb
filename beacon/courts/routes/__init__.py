"""Pages about hearings, and the charge on a case."""

from __future__ import annotations

from flask import Flask

from beacon.cases import leads, panels
from beacon.courts import queries, weighing  # noqa: F401  # asked by caseloads
from beacon.courts.routes import (
    calling,
    calling_witnesses,
    changing,
    charging,
    looking,
    measuring,
    mornings,
    outcomes,
    previewing,
    taking_in,
)
from beacon.courts.routes.blueprint import bp, day_bp
from beacon.courts.terms import KIND, CourtPermission
from beacon.entitlements.terms import Milestone
from beacon.notify import inbox
from beacon.web import navigation

__all__ = [
    "calling",
    "calling_witnesses",
    "changing",
    "charging",
    "init_app",
    "looking",
    "measuring",
    "mornings",
    "outcomes",
    "previewing",
    "taking_in",
]


def init_app(app: Flask) -> None:
    """Register the pages, their place in the navigation, and the panel on the page of a case."""
    app.register_blueprint(bp)
    app.register_blueprint(day_bp)
    leads.by("hearing_id", queries.cases_of_hearing)
    inbox.leads_to(app, KIND, "courts.hearing", "hearing_id")
    navigation.register(
        app,
        [
            navigation.Item("Court day", "court_day.morning", CourtPermission.MANAGE, 39),
            navigation.Item("Hearings", "courts.day_list", CourtPermission.READ, 40),
            navigation.Item("Witnesses", "court_day.witnesses", CourtPermission.WITNESSES, 41),
        ],
    )
    panels.add(
        "Hearings",
        order=10,
        permission=CourtPermission.READ,
        render=charging.hearings_panel,
        fields=("defendant name",),
    )
    panels.record_by(
        Milestone.CHARGED, "courts.record_charge", "Record a charge", CourtPermission.RECORD
    )
