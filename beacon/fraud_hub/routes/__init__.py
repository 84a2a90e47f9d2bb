"""The pages of the fraud hub: its totals, its cases, and the forms that log their money."""

from __future__ import annotations

from flask import Flask

from beacon.cases import ends, marks, panels
from beacon.fraud_hub import queries
from beacon.fraud_hub.routes import (  # noqa: F401  # views
    advocacy,
    approving,
    bank_letters,
    banks,
    behind,
    board,
    claims,
    contact,
    entries,
    ledger,
    letters,
    losses,
    month,
    months,
    prevention,
    support,
    today,
)
from beacon.fraud_hub.routes.cases import money_panel
from beacon.fraud_hub.routes.contact import contact_panel
from beacon.fraud_hub.routes.ground import CONTACT, READ, TOTALS, bp, lists_bp
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the hub's pages, its place in the menu, and its part of a case's page."""
    app.register_blueprint(bp)
    app.register_blueprint(lists_bp)
    navigation.register(
        app,
        [
            navigation.Item("Fraud hub", "fraud_hub.hub", READ, 50),
            navigation.Item("Fraud calls", "fraud_lists.calls_today", READ, 51),
            navigation.Item(
                "Fraud figures",
                "fraud_hub.figures",
                TOTALS,
                61,
                about="Victims of fraud contacted; money lost, prevented and recovered.",
            ),
        ],
    )
    ends.told_by(queries.ends_of)
    marks.by("fraud", queries.marks)
    panels.add("Fraud hub", 1, CONTACT, contact_panel, fields=("vulnerability", "fraud_contact"))
    panels.add("Money lost and recovered", 30, READ, money_panel, fields=("losses", "ledger"))
