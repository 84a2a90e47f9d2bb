"""The pages of restorative justice and of out-of-court disposals."""

from __future__ import annotations

from flask import Flask

from beacon.cases import panels, stops
from beacon.entitlements.terms import Milestone
from beacon.restorative import commands
from beacon.restorative.routes import disposals, lists, offering  # noqa: F401  # views
from beacon.restorative.routes.ground import FIELDS, bp, lists_bp
from beacon.restorative.terms import RestorativePermission
from beacon.web import navigation

SERVICE = "restorative"  # the kind of a partner's service (partners/terms/directory.py)


def init_app(app: Flask) -> None:
    """Register the pages, the part of a case's page, and what a referral to a partner asks."""
    app.register_blueprint(bp)
    app.register_blueprint(lists_bp)
    stops.on_sent(SERVICE, commands.note_referral)
    panels.add(
        "Restorative justice",
        order=11,
        permission=RestorativePermission.READ,
        render=offering.restorative_panel,
        fields=FIELDS,
    )
    panels.record_by(
        Milestone.OUT_OF_COURT_CONSIDERED,
        "restorative.consider",
        "Record that an out-of-court disposal is considered",
        RestorativePermission.WORK,
    )
    navigation.register(
        app,
        [
            navigation.Item(
                "Restorative justice",
                "restorative_lists.index",
                RestorativePermission.READ,
                51,
            )
        ],
    )
