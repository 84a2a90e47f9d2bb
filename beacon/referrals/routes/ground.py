"""What the pages of referrals share."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.audit.terms import Pace
from beacon.referrals import queries
from beacon.referrals.models import Referral
from beacon.web.security import SAFE_METHODS

bp = Blueprint("referrals", __name__, url_prefix="/referrals", template_folder="../templates")


def the_referral(referral_id: int) -> Referral:
    """The referral of the address, if this person may see it and not too many."""
    if request.method in SAFE_METHODS:
        audit.keep_pace(current_user.actor, Pace.CASES)
    return queries.get_referral(current_user.actor, referral_id)
