"""What the pages of referrals share."""

from __future__ import annotations

from flask import Blueprint
from flask_login import current_user

from beacon.referrals import queries
from beacon.referrals.models import Referral

SHOWN = ("people.name", "people.contact", "people.safe_contact", "people.identity", "feed_row")
bp = Blueprint("referrals", __name__, url_prefix="/referrals", template_folder="../templates")


def the_referral(referral_id: int) -> Referral:
    """The referral of the address, if this person may see it."""
    return queries.get_referral(current_user.actor, referral_id)
