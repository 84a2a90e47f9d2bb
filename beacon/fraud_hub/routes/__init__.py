"""The pages of the fraud hub: its totals, its cases, and the forms that log their money."""

from __future__ import annotations

from flask import Flask

from beacon.cases import panels
from beacon.fraud_hub.routes import behind, board, claims, ledger, losses, prevention, support  # noqa: F401  # views  # noqa: F401  # views
from beacon.fraud_hub.routes.cases import money_panel
from beacon.fraud_hub.routes.ground import READ, TOTALS, bp
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the hub's pages, its place in the menu, and its part of a case's page."""
    app.register_blueprint(bp)
    navigation.register(app, [navigation.Item("Fraud hub", "fraud_hub.hub", READ, 50)])
    navigation.register(app, [navigation.Item("Fraud figures", "fraud_hub.figures", TOTALS, 51)])
    panels.add("Money lost and recovered", 30, READ, money_panel, fields=("losses", "ledger"))
