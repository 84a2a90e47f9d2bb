"""The pages of the public form, and the one page for the person on the line."""

from flask import Flask

from beacon.referrals import queries as referrals
from beacon.self_referrals import queries
from beacon.self_referrals.routes import filling, keeping, phone
from beacon.self_referrals.routes.ground import at_the_phone, bp
from beacon.self_referrals.terms import FEED, PHONE_FEED, PhonePermission
from beacon.web import navigation

__all__ = ["filling", "init_app", "keeping", "phone"]


def init_app(app: Flask) -> None:
    """Register the pages, tell triage what was said, and put the telephone in the navigation."""
    app.register_blueprint(bp)
    app.register_blueprint(at_the_phone)
    for feed in (FEED, PHONE_FEED):
        referrals.told_through(feed, queries.told_of)
    navigation.register(
        app, [navigation.Item("Take a call", "phone.take", PhonePermission.TAKE, 21)]
    )
