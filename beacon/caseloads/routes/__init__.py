"""The pages of caseloads, and what they put on the pages of others."""

from __future__ import annotations

from flask import Flask

from beacon.accounts import beside
from beacon.caseloads import commands, queries
from beacon.caseloads.routes import (  # noqa: F401  # views
    handing_over,
    looking,
    people,
    reviewing,
)
from beacon.caseloads.routes.ground import COVER, LEAD, OWN, SUPERVISION, bp, handing
from beacon.caseloads.routes.ground import reviewing as reviewing_bp
from beacon.cases import choosing, days_off, panels
from beacon.web import navigation


class Choosing:
    """Advises whoever gives a case away, and gives it."""

    advise = staticmethod(queries.advise)
    give = staticmethod(commands.give)


def init_app(app: Flask) -> None:
    """Register the pages, the panels on a case, and the advice on whom to give it to."""
    for blueprint in (bp, handing, reviewing_bp):
        app.register_blueprint(blueprint)
    choosing.by(Choosing())
    days_off.known_by(queries.is_off)
    panels.add(COVER, order=1, permission=OWN, render=reviewing.cover_panel)
    panels.add(
        SUPERVISION,
        order=90,
        permission=OWN,
        render=reviewing.panel,
        fields=("supervision",),
    )
    beside.add("Working days and leave", "workload.own", OWN)
    navigation.register(
        app, [navigation.Item("Caseloads", "workload.board", LEAD, 12, also=("hand_over",))]
    )
