"""The pages of casework: lists, one case, and its forms."""

from __future__ import annotations

from flask import Flask, url_for

from beacon.cases import leaving, panels, queries, withdrawing  # noqa: F401  # asked by accounts
from beacon.cases.routes import (  # noqa: F401  # views
    access,
    asking,
    deciding,
    duties,
    gate,
    on_duty,
    reading,
    rights,
    telling_all,
    wishes,
    working,
)
from beacon.cases.routes.ground import bp
from beacon.cases.terms import CasePermission
from beacon.core import roles
from beacon.core.actor import Actor
from beacon.people import places
from beacon.people.models import Victim
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages and put the list in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(access.glass)
    app.register_blueprint(on_duty.bp)
    app.after_request(access.note_conflict)
    app.before_request(gate.ask_first)
    panels.add(
        wishes.TITLE,
        order=5,
        permission=CasePermission.READ,
        render=wishes.wishes_panel,
        fields=("wishes", "reviews and claims", "orders"),
    )
    places.log_at("cases", log_contacts_at)
    navigation.register(
        app,
        [navigation.Item("Cases", "cases.index", CasePermission.READ, 10)],
    )


def log_contacts_at(actor: Actor, victim: Victim) -> list[places.Place]:
    """The live cases on which this person may log a contact with a victim."""
    if not roles.may(actor.roles, CasePermission.CONTACT):
        return []
    return [
        places.Place(f"case {reference}", url_for("cases.log_contact", reference=reference))
        for reference in queries.cases_to_log(actor, victim.id)
    ]
