"""The pages of referrals: the queue, one referral, and files that come in."""

from flask import Flask, url_for

from beacon.cases import came_by, caseless, leads
from beacon.core import roles
from beacon.core.actor import Actor
from beacon.people import places
from beacon.people.models import Victim
from beacon.referrals import queries
from beacon.referrals.routes import caseloads, deciding, files, identity, queue, steps
from beacon.referrals.routes.ground import bp
from beacon.referrals.terms import ReferralPermission
from beacon.web import navigation

__all__ = ["caseloads", "deciding", "files", "identity", "init_app", "queue", "steps"]


def init_app(app: Flask) -> None:
    """Register the pages and put the queue in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(caseloads.bp)
    leads.by("referral_id", queries.case_of_referral)
    came_by.told_by(queries.feed_of_case(), queries.agency_of_case())
    caseless.told_by(queries.without_case)
    places.log_at("referrals", log_contacts_at)
    navigation.register(
        app, [navigation.Item("Referrals", "referrals.index", ReferralPermission.READ, 20)]
    )


def log_contacts_at(actor: Actor, victim: Victim) -> list[places.Place]:
    """The referrals in the queue on which this person may record the first contact."""
    if not roles.may(actor.roles, ReferralPermission.TRIAGE):
        return []
    return [
        places.Place("referral", url_for("referrals.show", referral_id=found, _anchor="decide"))
        for found in queries.waiting_for(actor, victim.id)
    ]
