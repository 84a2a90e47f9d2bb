"""What the pages of caseloads share: their blueprints, and how an order is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint
from flask_login import current_user

from beacon.accounts.models import Staff
from beacon.audit import commands as audit
from beacon.caseloads import queries
from beacon.caseloads.terms import CaseloadPermission
from beacon.core.errors import RuleBroken
from beacon.web.forms import BeaconForm

LEAD, OWN = CaseloadPermission.LEAD, CaseloadPermission.OWN
OWN_PANELS = COVER, SUPERVISION = ("Cover", "Supervision")  # on the page of a case
bp = Blueprint("workload", __name__, url_prefix="/caseloads", template_folder="../templates")
handing = Blueprint("hand_over", __name__, url_prefix="/cases", template_folder="../templates")
reviewing = Blueprint("supervision", __name__, url_prefix="/cases", template_folder="../templates")


def carried_out(form: BeaconForm, order: Callable[[], object]) -> bool:
    """Give the order; where a rule says no, put its sentence on the form and keep the answers."""
    try:
        order()
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    return True


def led(staff_id: int) -> Staff:
    """Somebody whom the person at the page leads; anybody else is not there."""
    return queries.get_led(current_user.actor, staff_id)


def told_of_staff(ids: Iterable[int]) -> None:
    """That the working patterns of these colleagues were looked at is written down."""
    audit.shown(current_user.actor, "staff", list(ids), ("name", "leave"), action="caseload.shown")
