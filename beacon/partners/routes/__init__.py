"""The pages of partners: agencies, the directory, what is sent on, and the agency's own."""

from __future__ import annotations

from flask import Flask

from beacon.cases import ends, panels
from beacon.partners import commands, queries
from beacon.partners.routes import agencies, directory, own, sending  # noqa: F401  # views
from beacon.partners.routes.ground import bp, own_bp, sending_bp, services_bp
from beacon.partners.terms import PartnerPermission
from beacon.people import agreeing
from beacon.web import navigation


def init_app(app: Flask) -> None:
    """Register the pages, and what a case and a consent ask of partners."""
    for one in (bp, services_bp, sending_bp, own_bp):
        app.register_blueprint(one)
    ends.told_by(queries.ends_of)
    agreeing.heeded_by(commands.heed_consent)
    panels.add(
        "Partners",
        order=6,
        permission=PartnerPermission.READ,
        render=sending.partners_panel,
        fields=("partner referrals",),
    )
    navigation.register(
        app,
        [
            navigation.Item("Agencies", "partners.index", PartnerPermission.CONTACTS, 70),
            navigation.Item("Services", "services.index", PartnerPermission.FIND, 69),
            navigation.Item("Referrals to you", "own_referrals.index", PartnerPermission.OWN, 20),
        ],
    )
