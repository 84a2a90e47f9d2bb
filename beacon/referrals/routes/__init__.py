"""The pages of referrals: the queue, one referral, and files that come in."""

from flask import Flask

from beacon.feeds import uploads
from beacon.referrals.routes import deciding, files, queue
from beacon.referrals.routes.ground import bp
from beacon.referrals.terms import ReferralPermission
from beacon.web import navigation

__all__ = ["deciding", "files", "init_app", "queue"]


def init_app(app: Flask) -> None:
    """Register the pages and put the queue in the navigation."""
    uploads.configure(app.config["BEACON"].instance / "uploads")
    app.register_blueprint(bp)
    navigation.register(
        app, [navigation.Item("Referrals", "referrals.index", ReferralPermission.READ, 20)]
    )
