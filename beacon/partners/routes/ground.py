"""What the pages of partners share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask_login import current_user

from beacon.audit import commands as audit
from beacon.core.errors import RuleBroken
from beacon.partners.models import AgencyContact
from beacon.web.forms import BeaconForm

TEMPLATES = "../templates"
bp = Blueprint("partners", __name__, url_prefix="/agencies", template_folder=TEMPLATES)
services_bp = Blueprint("services", __name__, url_prefix="/services", template_folder=TEMPLATES)
sending_bp = Blueprint("sending", __name__, url_prefix="/cases", template_folder=TEMPLATES)
own_bp = Blueprint(
    "own_referrals", __name__, url_prefix="/our-referrals", template_folder=TEMPLATES
)
CONTACT_FIELDS = ("name", "mobile", "phone")


def shown_contacts(contacts: list[AgencyContact]) -> None:
    """Write down whose names and numbers a page shows."""
    ids = [contact.id for contact in contacts]
    audit.shown(current_user.actor, "agency_contact", ids, CONTACT_FIELDS)


def carried_out(form: BeaconForm, order: Callable[[], object]) -> bool:
    """Give the order; where a rule says no, keep the answers and say why."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True
